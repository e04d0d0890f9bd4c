// shape_of.cpp - tests that what a shape proves while compiling, `check` proves of the graph.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/term/shape_of.hpp>

#include "analysis/random_graph.hpp"
#include <oche/analysis/check.hpp>

#include <catch2/catch.hpp>

using namespace oche;

namespace {

constexpr auto tried = step("tried", [](Job&, int n) { return n; });
constexpr auto built = step("built", [](Job&, int n) { return n; });
constexpr auto sent = step("sent", [](Job&, int n) { return n; });

struct Compared {
  int agree = 0;
  int proved = 0;
  int wrong = 0;  ///< the shape says what is not so
};

template <auto pipeline>
void compare_shape(Compared& counts) {
  const Term<int> number = Var<int>("number", 1).term();
  const Term<bool> flag = Var<bool>("flag", true).term();
  constexpr auto shape = shape_of<pipeline>();
  const bool says = shape.every("sent").needs_success_of("tried");
  const Graph graph(pipeline(number, flag));
  const bool is_so =
      check(graph, {every(step_named("sent")).needs_success_of(step_named("tried"))}).holds();
  counts.agree += says == is_so ? 1 : 0;
  counts.proved += says ? 1 : 0;
  counts.wrong += says && !is_so ? 1 : 0;
}

/// `sent` behind a control made of `x`, a test, and `y`, which nothing tests.
template <auto control>
constexpr auto gated = [](auto number, auto flag) {
  return sent(gate(number, on(control(tried(number), built(number), flag))));
};
/// `sent` with what is made of them.
template <auto value>
constexpr auto given =
    [](auto number, auto flag) { return sent(value(tried(number), built(number), flag)); };

template <auto... f>
void compare_all(Compared& counts) {
  (compare_shape<gated<f>>(counts), ...);
  (compare_shape<given<f>>(counts), ...);
}

constexpr auto same = [](int n) { return n; };

}  // namespace

TEST_CASE("shape_of: what it proves, check proves, and the other way round without shared cases",
          "[analysis][shape]") {
  Compared counts;
  compare_all<[](auto x, auto, auto) { return x; },                             //
              [](auto, auto y, auto) { return y; },                             //
              [](auto x, auto y, auto) { return gate(y, on(x)); },              //
              [](auto x, auto y, auto) { return gate(x, on(y)); },              //
              [](auto x, auto y, auto) { return gate(y, on(advisory(x))); },    //
              [](auto x, auto y, auto) { return gate(y, on(attempt(x))); },     //
              [](auto x, auto y, auto) { return gate(y, on(state_of(x))); },    //
              [](auto x, auto y, auto) { return or_else(x, y); },               //
              [](auto x, auto y, auto) { return or_else(y, x); },               //
              [](auto x, auto y, auto) { return or_else(gate(y, on(x)), x); },  //
              [](auto x, auto, auto f) { return only_if(f, x, "r"); },          //
              [](auto, auto y, auto f) { return only_if(f, y, "r"); },          //
              [](auto x, auto y, auto f) { return gate(y, on(all(only_if(f, x, "r"), y))); },
              [](auto x, auto y, auto) { return gate(y, on(all(x, y))); },  //
              [](auto x, auto y, auto) { return gate(y, on(zip(x, y))); },  //
              [](auto x, auto, auto) { return map(same, map(same, x)); },   //
              [](auto x, auto, auto) { return approve("this", x); },        //
              [](auto x, auto y, auto) { return gate(y, on(collect({x, y}))); }>(counts);
  CHECK(counts.wrong == 0);
  CHECK(counts.agree == 36);
  CHECK(counts.proved == 20);
}

TEST_CASE("shape_of: where one condition is read twice, only check tells the cases apart",
          "[analysis][shape]") {
  constexpr auto twice = [](auto number, auto flag) {
    auto checked = only_if(flag, tried(number), "flag");
    return only_if(flag, sent(gate(number, on(all(checked, built(number))))), "flag");
  };
  Compared counts;
  compare_shape<twice>(counts);
  CHECK(counts.agree == 0);
  CHECK(counts.wrong == 0);
}

TEST_CASE("shape_of: of each alone, as check has it", "[analysis][shape]") {
  constexpr auto both = [](auto number) {
    return sent(gate(number, on(tried(number), tried(built(number)))));
  };
  constexpr auto one = [](auto number) {
    return all(sent(gate(number, on(tried(number)))), tried(built(number)));
  };
  const Policies each = {every(step_named("sent")).needs_success_of_each(step_named("tried"))};
  const Term<int> number = Var<int>("number", 1).term();
  CHECK(check(Graph(both(number)), each).holds());
  STATIC_REQUIRE(shape_of<both>().every("sent").needs_success_of_each("tried"));
  CHECK_FALSE(check(Graph(one(number)), each).holds());
  STATIC_REQUIRE(!shape_of<one>().every("sent").needs_success_of_each("tried"));
}

namespace {

/// The shape that the compiler would have made of a pipeline.
class ShapeOfGraph {
 public:
  explicit ShapeOfGraph(const Graph& graph) : graph_(graph), spot_(graph.size()) {
    for (NodeId node = 0; node < graph.size(); ++node)
      add(node);
  }
  [[nodiscard]] detail::shape::View view() const {
    return {made_.spots, made_.inputs, spot_[graph_.root()]};
  }

 private:
  void add(NodeId node) {
    const Kind kind = graph_.kind(node);
    const auto in = graph_.inputs(node);
    if (kind == Kind::expand) {  // is the graph's affair
      spot_[node] = spot_[in[0]];
      return;
    }
    const Template& own = graph_.templates()[graph_.template_of(node)];
    std::vector<std::uint32_t> inputs;
    for (const NodeId input : kind == Kind::item ? std::span(&own.expand, 1) : in)
      inputs.push_back(spot_[input]);
    const bool is_list =
        kind == Kind::list_map || kind == Kind::list_iter || kind == Kind::option_map;
    if (is_list) {
      inputs.resize(1);
      inputs.push_back(spot_[graph_.templates()[graph_.owned_template(node)].body]);
    }
    std::string_view name = graph_.label(node);
    if (kind == Kind::step)
      name = static_cast<const detail::StepPayload*>(graph_.term(node).payload)->name;
    // What is known while writing is no part: any outcome is more than it can have.
    const bool is_plain = in.empty() && kind != Kind::item;
    made_.spots.push_back({is_plain ? Kind::input : kind,
                           name,
                           {},
                           static_cast<std::uint32_t>(made_.inputs.size()),
                           static_cast<std::uint32_t>(inputs.size())});
    made_.inputs.insert(made_.inputs.end(), inputs.begin(), inputs.end());
    spot_[node] = static_cast<std::uint32_t>(made_.spots.size() - 1);
  }

  const Graph& graph_;
  detail::shape::Builder made_;
  std::vector<std::uint32_t> spot_;  ///< by node
};

bool has_only_parts(const Graph& graph) {
  for (NodeId node = 0; node < graph.size(); ++node)
    if (graph.kind(node) == Kind::dynamic || graph.kind(node) == Kind::fold) return false;
  return true;
}

}  // namespace

TEST_CASE("shape_of: proves nothing that check does not prove, in random pipelines",
          "[analysis][shape][exact]") {
  namespace shape = detail::shape;
  Compared counts;
  int compared = 0;
  for (std::uint32_t seed = 0; compared < 4000; ++seed) {
    REQUIRE(seed < 40'000);
    const tests::RandomGraph random(seed, 4 + static_cast<int>(seed % 12));
    const Graph graph(random.root());
    const ShapeOfGraph made(graph);
    if (!has_only_parts(graph) || !shape::has(made.view(), "test")) continue;
    ++compared;
    const Selector tests = step_named("test");
    const Every deploy = every(step_named("deploy"));
    const CheckReport report =
        check(graph, {deploy.needs_success_of(tests), deploy.needs_success_of_each(tests)});
    const bool says[] = {shape::needs_success(made.view(), "deploy", "test"),
                         shape::needs_success_of_each(made.view(), "deploy", "test")};
    for (std::size_t i = 0; i < 2; ++i) {
      const bool is_so = report.answers[i].verdict == Verdict::holds;
      counts.agree += says[i] == is_so ? 1 : 0;
      counts.proved += says[i] ? 1 : 0;
      counts.wrong += says[i] && !is_so ? 1 : 0;
    }
    INFO("seed " << seed);
    REQUIRE(counts.wrong == 0);
  }
  INFO(counts.proved << " proved, " << counts.agree << " of " << 2 * compared << " agree");
  CHECK(counts.proved > 400);
  CHECK(counts.agree > 2 * compared * 9 / 10);
}
