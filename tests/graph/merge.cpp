// merge.cpp - tests of making equal nodes one.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "graph/support.hpp"
#include <oche/graph/graph.hpp>

#include <catch2/catch.hpp>

#include <map>
#include <unordered_map>

using namespace oche;
using oche::tests::Chance;
using oche::tests::program;
using oche::tests::work;

namespace {

const auto one_more = [](int x) { return x + 1; };

NodeId size_of(const AnyTerm& a, const AnyTerm& b) {
  return Graph(all(Term<>(detail::Key{}, a), Term<>(detail::Key{}, b))).size();
}

}  // namespace

TEST_CASE("merge: what is equal, and what is not", "[graph]") {
  const Var<int> head{"head", 0};
  const auto x = head.term();
  const auto other = work("other", {x});
  // Sizes: the `all`, the input where it is read, and one or two nodes.
  SECTION("steps: name, function, options, label, arguments") {
    CHECK(size_of(work("s", {x}), work("s", {x})) == 3);
    CHECK(size_of(work("s", {x}), work("t", {x})) == 4);
    CHECK(size_of(work("s", {x}, {.version = 2}), work("s", {x})) == 4);
    CHECK(size_of(work("s", {x}, {.label = "l"}), work("s", {x})) == 4);
    CHECK(size_of(work("s", {x}, {.timeout = 1s}), work("s", {x})) == 4);
    CHECK(size_of(work("s", {x, x}), work("s", {x})) == 4);
    CHECK(size_of(work("s", {x, other}), work("s", {other, x})) == 5);
  }
  SECTION("commands: everything in them") {
    CHECK(size_of(program("exec", {"ls", "-l"}, {x}), program("exec", {"ls", "-l"}, {x})) == 3);
    CHECK(size_of(program("exec", {"ls", "-l"}, {x}), program("exec", {"ls", "-a"}, {x})) == 4);
    CHECK(size_of(program("exec", {"ls"}, {x}), program("test", {"ls"}, {x})) == 4);
    CHECK(size_of(program("exec", {"ls"}, {x}), program("exec", {"ls"}, {x}, "label")) == 4);
  }
  SECTION("constants: type, value and label") {
    CHECK(size_of(constant(1), constant(1)) == 2);
    CHECK(size_of(constant(1), constant(2)) == 3);
    CHECK(size_of(constant(1), constant(1L)) == 3);
    CHECK(size_of(constant(std::string("a")), constant("a")) == 2);
    CHECK(size_of(constant(1, "label"), constant(1)) == 3);
  }
  SECTION("structure") {
    CHECK(size_of(gate(x, on(other)), gate(x, on(other))) == 4);
    CHECK(size_of(zip(x, other), zip(x, other)) == 4);
    CHECK(size_of(zip(x, other), zip(other, x)) == 5);
    CHECK(size_of(all({{"a", x}}), all({{"a", x}})) == 3);
    CHECK(size_of(all({{"a", x}}), all({{"b", x}})) == 4);
    CHECK(size_of(approve("ship it", x), approve("ship it", x)) == 3);
    CHECK(size_of(approve("ship it", x), approve("stop it", x)) == 4);
    CHECK(size_of(attempt(x), attempt(x)) == 3);
    CHECK(size_of(attempt(x), state_of(x)) == 4);
    CHECK(size_of(advisory(x), advisory(x)) == 3);
    CHECK(size_of(or_else(x, constant(1)), or_else(x, constant(1))) == 4);
  }
  SECTION("functions never: they may have captured different things") {
    CHECK(size_of(map(one_more, x), map(one_more, x)) == 4);
    const auto f = [](int sum, int one) { return sum + one; };
    CHECK(size_of(fold("total", 0, f, x), fold("total", 0, f, x)) == 4);
  }
  SECTION("inputs: only the same one") {
    const Var<int> twin{"head", 0};
    CHECK(size_of(x, head.term()) == 2);
    CHECK(size_of(x, twin.term()) == 3);
  }
  SECTION("sections and contexts keep things apart; two sections of one name do not") {
    const auto in = [](const char* name) { return section(name, [] { return work("s", {}); }); };
    CHECK(size_of(in("a"), in("a")) == 2);
    CHECK(size_of(in("a"), in("b")) == 3);
    const auto after = [](const AnyTerm& c) {
      return with_context(Term<>(detail::Key{}, c), [] { return work("s", {}); });
    };
    CHECK(size_of(after(x), after(x)) == 3);
    CHECK(size_of(after(x), after(other)) == 5);
    // Contexts that are one themselves.
    CHECK(size_of(after(work("c", {})), after(work("c", {}))) == 3);
  }
  SECTION("templates keep things apart") {
    const Var<std::vector<int>> list{"list", {}};
    const auto inside = list_iter(list.term(), [](Term<int>) { return work("s", {}); });
    CHECK(Graph(all(inside, work("s", {}))).size() == 7);
  }
}

TEST_CASE("merge: all lines are kept, the first one first", "[graph]") {
  const auto a = work("s", {});
  const auto b = work("s", {});
  const auto same_line = [] { return work("s", {}); };
  const Graph graph(all(a, b, same_line(), same_line()));
  REQUIRE(graph.size() == 2);
  const auto lines = graph.all_wheres(0);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].line() == __LINE__ - 7);
  CHECK(lines[1].line() == __LINE__ - 7);
  CHECK(lines[2].line() == __LINE__ - 7);
  CHECK(graph.all_wheres(graph.root()).size() == 1);
}

TEST_CASE("merge: whole equal pipelines become one, from the bottom up", "[graph]") {
  const auto pipeline = [](int n) {
    auto x = work("fetch", {constant(1)});
    for (int i = 0; i < n; ++i)
      x = work("step", {x, constant(i)});
    return gate(x, on(work("check", {x})));
  };
  std::vector<Term<int>> many;
  for (int i = 0; i < 50; ++i)
    many.push_back(pipeline(20));
  CHECK(Graph(all(many)).size() == Graph(all(pipeline(20))).size());
}

namespace {

/// A naive model: a class for each meaning, found by recursion over texts.
class Model {
 public:
  std::string class_of(const detail::Node* node) {
    if (const auto known = classes_.find(node); known != classes_.end()) return known->second;
    std::string text =
        std::string(name_of(node->kind)) + "(" + own(node) + ";" + scope(node->scope);
    for (const detail::Node* input : node->inputs())
      text += "," + class_of(input);
    text += ")";
    const auto [at, is_new] = numbers_.try_emplace(text, numbers_.size());
    return classes_[node] = std::to_string(at->second);
  }
  [[nodiscard]] std::size_t terms() const { return classes_.size(); }
  /// The expand is a graph's own, hence one more for each list.
  [[nodiscard]] std::size_t size() const { return numbers_.size() + lists_; }

 private:
  std::string own(const detail::Node* node) {
    const auto pointer = [&] { return std::to_string(reinterpret_cast<std::uintptr_t>(node)); };
    switch (node->kind) {
      case Kind::list_map:
      case Kind::list_iter:
        ++lists_;
        return pointer();
      case Kind::map:
      case Kind::item:
      case Kind::input:
        return pointer();
      case Kind::constant:
        return std::to_string(static_cast<detail::Value*>(node->payload)->as<int>());
      case Kind::step:
        return std::string(static_cast<detail::StepPayload*>(node->payload)->name);
      default:
        return std::string(node->label());
    }
  }
  std::string scope(const detail::Scope* scope) {
    if (scope == nullptr) return "";
    const std::string own = scope->kind == detail::ScopeKind::section
                                ? "s:" + scope->name
                                : "n:" + class_of(scope->node);
    return this->scope(scope->parent) + "/" + own;
  }

  std::unordered_map<const detail::Node*, std::string> classes_;
  std::map<std::string, std::size_t> numbers_;
  std::size_t lists_ = 0;
};

Term<int> random_term(Chance& chance, std::vector<Term<int>> pool, int depth);

/// One more term on those of `pool`; may enter a scope.
Term<int> random_node(Chance& chance, const std::vector<Term<int>>& pool, int depth) {
  static constexpr std::string_view names[] = {"a", "b", "c"};
  const Term<int>& x = chance.of(pool);
  const Term<int>& y = chance.of(pool);
  switch (chance.below(depth > 0 ? 14 : 10)) {
    case 0:
      return constant(static_cast<int>(chance.below(3)));
    case 1:
    case 2:
      return work(names[chance.below(3)], {x});
    case 3:
    case 4:
      return work(names[chance.below(3)], {x, y});
    case 5:
      return gate(x, on(y));
    case 6:
      return or_else(x, y);
    case 7:
      return approve(names[chance.below(2)], x);
    case 8:
      return chance.one_in(3) ? map(one_more, x) : work("a", {});
    case 9:
      return work("joined", {all(x, y)});
    case 10:
      return section(chance.one_in(2) ? "one" : "two",
                     [&] { return random_term(chance, pool, depth - 1); });
    case 11:
      return with_context(y, [&] { return random_term(chance, pool, depth - 1); });
    case 12: {
      const auto list =
          list_map(map([](int n) { return std::vector<int>{n}; }, x), [&](Term<int> i) {
            std::vector<Term<int>> inner = pool;
            inner.push_back(i);
            return random_term(chance, inner, depth - 1);
          });
      return work("listed", {list});
    }
    default:
      return work("viewed", {attempt(x), state_of(y), advisory(x)});
  }
}

Term<int> random_term(Chance& chance, std::vector<Term<int>> pool, int depth) {
  const std::size_t steps = 1 + chance.below(8);
  for (std::size_t i = 0; i < steps; ++i) {
    auto next = random_node(chance, pool, depth);
    pool.push_back(next);
  }
  return pool.back();
}

}  // namespace

TEST_CASE("merge: as many nodes as a naive model has meanings", "[graph]") {
  std::size_t smaller = 0;
  for (std::uint32_t seed = 0; seed < 3000; ++seed) {
    Chance chance(seed);
    const Var<int> head{"head", 0};
    std::vector<Term<int>> pool = {head.term(), constant(7)};
    std::vector<Term<int>> roots;
    for (int i = 0; i < 3; ++i)
      roots.push_back(random_term(chance, pool, 3));
    const auto whole = all(roots);
    const Graph graph(whole);
    Model model;
    (void)model.class_of(whole.node());
    INFO("seed " << seed);
    REQUIRE(graph.size() == model.size());
    // The same classes, read in the same way.
    for (NodeId node = 0; node < graph.size(); ++node) {
      if (graph.kind(node) == Kind::expand) continue;
      const auto inputs = graph.inputs(node);
      const auto terms = graph.term(node).inputs();
      for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (graph.kind(inputs[i]) == Kind::expand) continue;
        const std::size_t place = inputs.size() == terms.size() ? i : i + 1;
        REQUIRE(model.class_of(&graph.term(inputs[i])) == model.class_of(terms[place]));
      }
    }
    smaller += model.terms() > model.size() ? 1u : 0u;
  }
  CHECK(smaller > 100);
}
