// time.cpp - forecasts beside an engine in miniature, and their texts.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/time.hpp>

#include "analysis/time_model.hpp"
#include "graph/support.hpp"
#include <oche/base/error.hpp>
#include <oche/term/step.hpp>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <array>

namespace time_tests {

using oche::tests::Chance;
using oche::tests::work;

namespace {

/// Labels are literals: they outlive every pipeline.
constexpr std::array<std::string_view, 24> labels = {"a", "b", "c", "d", "e", "f", "g", "h",
                                                     "i", "j", "k", "l", "m", "n", "o", "p",
                                                     "q", "r", "s", "t", "u", "v", "w", "x"};

/// A pipeline over every combinator that needs no list.
class RandomPipeline {
 public:
  explicit RandomPipeline(Chance& chance) : chance_(chance) {
    ints_ = {constant(1), constant(2)};
    for (std::size_t i = 4 + chance_.below(20); i > 0; --i)
      add();
    std::vector<Term<>> ends;
    for (std::size_t i = 0; i < 3; ++i)
      ends.emplace_back(late());
    for (const Term<>& one : units_) {
      if (chance_.one_in(3)) ends.push_back(one);
    }
    root = all(ends);
  }
  AnyTerm root{nullptr};

 private:
  Term<int> late() {
    const std::size_t size = ints_.size();
    return chance_.one_in(2) ? ints_[size - 1 - chance_.below(std::min<std::size_t>(size, 3))]
                             : ints_[chance_.below(size)];
  }
  Term<> unit() {
    if (units_.empty() || chance_.one_in(2)) return late();
    return units_[chance_.below(units_.size())];
  }
  void add() {
    const std::string name = "n" + std::to_string(next_++);
    switch (chance_.below(14)) {
      default: {
        if (steps_ == labels.size()) return;
        std::vector<AnyTerm> inputs;
        for (std::size_t i = 1 + chance_.below(2); i > 0; --i)
          inputs.push_back(chance_.one_in(4) ? AnyTerm(unit()) : AnyTerm(late()));
        const StepOptions options{.label = labels[steps_++]};
        ints_.push_back(detail::typed<int>(detail::make_step(
            Where::current(), oche::tests::some_function, "work", &options, inputs)));
        break;
      }
      case 0:
        ints_.push_back(oche::map([](int x) { return x; }, late()));
        break;
      case 1:
        ints_.push_back(gate(late(), on(unit(), unit())));
        break;
      case 2:
      case 3:
        ints_.push_back(only_if(oche::map([](int) { return true; }, late()), late(), name));
        break;
      case 4:
        ints_.push_back(or_else(late(), late()));
        break;
      case 5:
        units_.push_back(advisory(late()));
        break;
      case 6:
        ints_.push_back(oche::map([](const Result<int>&) { return 1; }, attempt(late())));
        break;
      case 7:
        units_.push_back(all(std::vector<Term<>>{unit(), unit(), unit()}));
        break;
      case 8:
        ints_.push_back(approve(name, late()));
        break;
    }
  }

  Chance& chance_;
  std::vector<Term<int>> ints_;
  std::vector<Term<>> units_;
  std::size_t steps_ = 0;
  int next_ = 0;
};

const TimedStep& step_at(const Forecast& forecast, std::string_view path) {
  for (const TimedStep& step : forecast.steps()) {
    if (step.path == path) return step;
  }
  FAIL("no step " << path);
  return forecast.steps().front();
}

/// fetch (2) -> lint (1), test (8) -> publish (1) of the build (5)
AnyTerm small() {
  const auto source = work("fetch", {});
  const auto lint = work("lint", {source});
  const auto tests = work("test", {source});
  const auto built = work("build", {source});
  return work("publish", {gate(built, on(tests, lint))});
}
const std::map<std::string, Duration> small_times = {
    {"fetch", 2s}, {"lint", 1s}, {"test", 8s}, {"build", 5s}, {"publish", 1s}};

}  // namespace

TEST_CASE("time: critical path, slack and drag of a small pipeline", "[analysis][time]") {
  const Forecast forecast(Facts(Graph(small())), {.durations = small_times});
  CHECK(forecast.span() == 11s);
  CHECK(forecast.work() == 17s);
  CHECK(forecast.outcome() == Fate::succeeds);
  std::vector<std::string> path;
  for (const std::uint32_t i : forecast.critical())
    path.push_back(forecast.steps()[i].path);
  CHECK(path == std::vector<std::string>{"fetch", "test", "publish"});
  CHECK(step_at(forecast, "test").drag == 3s);
  CHECK(step_at(forecast, "fetch").drag == 2s);
  CHECK(step_at(forecast, "build").slack == 3s);
  CHECK(step_at(forecast, "lint").slack == 7s);
  CHECK(step_at(forecast, "publish").begin == 10s);
  CHECK(forecast.finish(1).at == 17s);
  CHECK(forecast.finish(2).at == 11s);
  CHECK(forecast.unseen().empty());
  const auto curve = forecast.curve();
  REQUIRE(curve.size() == 2);
  CHECK(curve[1].at == 11s);
}

TEST_CASE("time: what passes before the first step comes before all", "[analysis][time]") {
  const Facts facts((Graph(small())));
  const Forecast forecast(facts, {.durations = small_times, .start_up = 3s});
  const Finish finish = forecast.finish(2);
  CHECK(finish.start_up == 3s);
  CHECK(finish.at == 14s);
  CHECK((finish.least == 14s && finish.most >= 14s));
  CHECK(finish.begins[finish.started.front()] == 3s);
  CHECK(forecast.curve().size() == 2);
  CHECK(critical_path_text(forecast, 2)
            .find("with 2 slots: 14 s, 3.0 s of it before the first "
                  "step, which no order of the steps can improve\n") != std::string::npos);
  const Forecast nothing(facts, {.durations = small_times,
                                 .start_up = 3s,
                                 .reused = {"fetch", "lint", "test", "build", "publish"}});
  CHECK(nothing.finish(2).at == 0s);
}

TEST_CASE("time: the texts", "[analysis][time]") {
  const Forecast forecast(Facts(Graph(small())), {.durations = small_times});
  CHECK(critical_path_text(forecast, 2) ==
        "critical path: 11 s of 17 s of work\n"
        "  begins  takes  drag   step\n"
        "  0 s     2.0 s  2.0 s  fetch\n"
        "  2.0 s   8.0 s  3.0 s  test\n"
        "  10 s    1.0 s  1.0 s  publish\n"
        "others, and how much longer they could take:\n"
        "  2.0 s  5.0 s  3.0 s  build\n"
        "  2.0 s  1.0 s  7.0 s  lint\n"
        "with 2 slots: 11 s, which no order of the steps can improve\n"
        "  slots       1     2\n"
        "  ends after  17 s  11 s\n"
        "more than 2 slots would not help\n");
  const Forecast fails(Facts(Graph(small())), {.durations = small_times, .failing = {"lint"}});
  CHECK(simulation_text(fails, 1) ==
        "runs, from and until:\n"
        "  0 s    2.0 s  fetch  succeeds\n"
        "  2.0 s  10 s   test   succeeds\n"
        "  10 s   15 s   build  succeeds\n"
        "  15 s   16 s   lint   fails\n"
        "blocked:\n"
        "  publish\n"
        "fails after 16 s with 1 slot; 4 of 5 steps run\n");
  const auto json = nlohmann::json::parse(critical_path_json(forecast, 1));
  CHECK(json["span"] == 11.0);
  CHECK(json["critical"] == nlohmann::json({"fetch", "test", "publish"}));
  CHECK(json["finish"]["at"] == 17.0);
  CHECK(json["steps"].size() == 5);
  CHECK(json["curve"].size() == 2);
  const auto simulated = nlohmann::json::parse(simulation_json(fails, 1));
  CHECK(simulated["outcome"] == "fails");
  CHECK(simulated["runs"].size() == 4);
  CHECK(simulated["others"][0]["fate"] == "blocked");
}

TEST_CASE("time: what is not known is said, and what was taken for it", "[analysis][time]") {
  const Facts facts{Graph(small())};
  CHECK(Forecast(facts).unseen() ==
        std::vector<std::string>{"how long fetch, build, test, lint, publish take is not known: "
                                 "1.0 s was taken, a guess"});
  const Forecast some(facts, {.durations = {{"fetch", 2s}, {"lint", 4s}, {"test", 9s}}});
  CHECK(some.unknown() == 4s);
  CHECK_FALSE(step_at(some, "build").is_known);
  CHECK(some.unseen() == std::vector<std::string>{"how long build, publish take is not known: "
                                                  "4.0 s was taken, the median of the others"});
  CHECK(Forecast(facts, {.unknown = 7s}).span() == 21s);
  CHECK_THROWS_AS(Forecast(facts, {.failing = {"buidl"}}), Error);
  CHECK_THROWS_AS(Forecast(facts, {.untrue = {"build"}}), Error);
  CHECK_THROWS_AS(Forecast(facts, {.unapproved = {"build"}}), Error);
}

TEST_CASE("time: equal to an engine in miniature, over every combinator", "[analysis][time]") {
  Chance chance(11);
  int failed = 0, skipped = 0, late = 0, waits = 0;
  for (int round = 0; round < 4000; ++round) {
    const RandomPipeline pipeline(chance);
    const Graph graph(pipeline.root);
    Miniature model(graph);
    model.slots = static_cast<unsigned>(1 + chance.below(4));
    Assumptions assumptions;
    for (NodeId node = 0; node < graph.size(); ++node) {
      const std::string path(graph.path(node));
      const Kind kind = graph.kind(node);
      if (kind == Kind::step) {
        model.takes[node] = static_cast<std::int64_t>(1 + chance.below(9));
        assumptions.durations[path] = Duration(model.takes[node]);
        if (chance.one_in(6)) {
          model.failing.insert(node);
          assumptions.failing.insert(path);
        }
      } else if (kind == Kind::only_if && chance.one_in(4)) {
        model.untrue.insert(node);
        assumptions.untrue.insert(path);
      } else if (kind == Kind::approve && chance.one_in(4)) {
        model.unapproved.insert(node);
        assumptions.unapproved.insert(path);
      }
    }
    model.remaining = Remaining(graph, assumptions.durations).all();
    model.run();
    const Facts facts(graph);
    const Forecast forecast(facts, assumptions);
    const Finish finish = forecast.finish(model.slots);
    INFO("round " << round << "\n" << simulation_text(forecast, model.slots));
    REQUIRE(finish.at.count() == model.finish);
    REQUIRE(finish.least <= finish.at);
    REQUIRE(finish.at <= finish.most);
    REQUIRE(finish.started.size() == model.begins.size());
    for (std::size_t i = 0; i < forecast.steps().size(); ++i) {
      const TimedStep& step = forecast.steps()[i];
      INFO(step.path);
      REQUIRE(step.runs() == model.begins.contains(step.node));
      if (step.runs()) REQUIRE(finish.begins[i].count() == model.begins[step.node]);
      const bool is_wanted = model.wanted[step.node];
      REQUIRE((step.fate == Fate::not_wanted) == !is_wanted);
      if (!is_wanted || step.runs()) continue;
      const auto before = model.combined(graph.inputs(step.node));
      REQUIRE((step.fate == Fate::blocked) == (before == Miniature::State::failed));
      REQUIRE((step.fate == Fate::skipped) == (before == Miniature::State::skipped));
      REQUIRE((step.fate == Fate::waits) == (before == Miniature::State::active));
      failed += step.fate == Fate::blocked ? 1 : 0;
      skipped += step.fate == Fate::skipped ? 1 : 0;
      waits += step.fate == Fate::waits ? 1 : 0;
    }
    const auto root = model.states[graph.root()];
    REQUIRE((forecast.outcome() == Fate::fails) == (root == Miniature::State::failed));
    REQUIRE((forecast.outcome() == Fate::waits) == (root == Miniature::State::active));
    REQUIRE(forecast.finish(1000).at == forecast.span());
    if (forecast.span() < forecast.work()) ++late;
  }
  CHECK(failed > 500);
  CHECK(skipped > 50);
  CHECK(waits > 50);
  CHECK(late > 1000);
}

TEST_CASE("time: a list's items are taken from history, from the caller, or one is assumed",
          "[analysis][time]") {
  const Var<std::vector<std::string>> names{"platforms", {}};
  const auto pipeline = list_map(names.term(), [](const Term<std::string>& name) {
    return work("test", {work("build", {name})});
  });
  const Graph graph(work("report", {pipeline}));
  const Facts facts(graph);
  const std::string list(graph.groups()[graph.templates()[1].group].path);
  const std::string base = list.substr(0, list.size() - 1);
  const Forecast none(facts, {.unknown = 1s});
  CHECK(none.span() == 3s);
  CHECK(none.steps().size() == 3);
  REQUIRE(none.unseen().size() == 2);
  CHECK(none.unseen()[1] ==
        "which items " + base.substr(0, base.size() - 1) + " has is not known: one was taken");

  const Forecast history(facts, {.durations = {{base + "debian/test", 5s},
                                               {base + "debian/build", 1s},
                                               {base + "alpine/test", 3s},
                                               {base + "alpine/build", 4s},
                                               {"report", 1s}}});
  CHECK(history.unseen().empty());
  CHECK(history.steps().size() == 5);
  CHECK(history.span() == 8s);
  CHECK(history.work() == 14s);
  CHECK(step_at(history, base + "debian/test").slack == 1s);
  CHECK(history.finish(1).at == 14s);

  const Forecast given(facts, {.unknown = 1s,
                               .items = {{base.substr(0, base.size() - 1), {"x", "y", "z"}}},
                               .failing = {base + "y/build"}});
  CHECK(given.steps().size() == 7);
  CHECK(step_at(given, base + "y/test").fate == Fate::blocked);
  CHECK(step_at(given, base + "z/test").fate == Fate::succeeds);
  CHECK(step_at(given, "report").fate == Fate::blocked);
  CHECK(given.outcome() == Fate::fails);
  const Forecast every(facts, {.items = {{base.substr(0, base.size() - 1), {"x", "y"}}},
                               .failing = {base + "*/build"}});
  CHECK(step_at(every, base + "x/build").fate == Fate::fails);
  CHECK(step_at(every, base + "y/build").fate == Fate::fails);
}

TEST_CASE("time: a list inside a list, and nodes of outer templates", "[analysis][time]") {
  const Var<std::vector<std::vector<std::string>>> rows{"rows", {}};
  const auto shared = work("shared", {});
  const auto pipeline = list_map(rows.term(), [&](const Term<std::vector<std::string>>& row) {
    const auto outer = work("outer", {row, shared});
    return list_map(row,
                    [&](const Term<std::string>& name) { return work("inner", {outer, name}); });
  });
  const Graph graph(pipeline);
  const Facts facts(graph);
  const std::string star(graph.path(*[&] {
    std::optional<NodeId> found;
    for (NodeId node = 0; node < graph.size(); ++node) {
      if (graph.title(node) == "inner") found = node;
    }
    return found;
  }()));
  const auto named = [&](const std::string& a, const std::string& b) {
    std::string path = star;
    path.replace(path.rfind('*'), 1, b);
    path.replace(path.find('*'), 1, a);
    return path;
  };
  const Forecast forecast(
      facts, {.durations = {{named("p", "1"), 2s}, {named("p", "2"), 2s}, {named("q", "3"), 2s}}});
  // shared, then outer of p and q, then three inner ones.
  CHECK(forecast.steps().size() == 6);
  CHECK(forecast.span() == 6s);
  CHECK(forecast.finish(1).at == 12s);
  CHECK(step_at(forecast, named("q", "3")).begin == 4s);
}

TEST_CASE("time: stored results take no time, pools hold back, holes are said",
          "[analysis][time]") {
  const Forecast reused(Facts(Graph(small())), {.durations = small_times, .reused = {"test"}});
  CHECK(reused.span() == 8s);
  CHECK(step_at(reused, "test").fate == Fate::reused);
  CHECK(step_at(reused, "test").takes == 0s);

  const StepOptions options{.pool = "lab", .needs = {.cpus = 2}};
  const auto a = work("a", {}, options);
  const auto b = work("b", {}, options);
  const Facts facts(Graph(all(a, b, work("c", {}))));
  CHECK(Forecast(facts, {.unknown = 1s}).finish(3).at == 1s);
  CHECK(Forecast(facts, {.unknown = 1s, .pools = {{"lab", {.cpus = 3}}}}).finish(3).at == 2s);
  CHECK(Forecast(facts, {.unknown = 1s, .pools = {{"lab", {.cpus = 4}}}}).finish(3).at == 1s);

  const auto hole = dynamic("later", [](int) { return constant(1); }, a);
  const Forecast unseen(Facts(Graph(hole)), {.unknown = 1s});
  CHECK(unseen.unseen().back() ==
        "what later builds is not known before it has: nothing was taken");
  const Forecast bounded(Facts(Graph(hole.may_run({"b"}).at_most(5))), {.unknown = 1s});
  CHECK(bounded.unseen().back() ==
        "what later builds is not known before it has: nothing was taken; it promises to run "
        "nothing but b, at most 5 steps: at 1.0 s each up to 5.0 s of work");
}

TEST_CASE("time: a condition holds back only what nobody else asks for", "[analysis][time]") {
  const auto slow = work("slow", {});
  const auto is_main = oche::map([](int) { return true; }, slow);
  const auto shared = work("shared", {});
  const auto push = only_if(is_main, work("push", {shared}), "only on main");
  const std::map<std::string, Duration> times = {{"slow", 5s}, {"shared", 2s}, {"push", 1s}};
  const Forecast alone(Facts(Graph(all(push, slow))), {.durations = times});
  CHECK(step_at(alone, "shared").begin == 5s);
  CHECK(alone.span() == 8s);
  const Forecast both(Facts(Graph(all(push, shared))), {.durations = times});
  CHECK(step_at(both, "shared").begin == 0s);
  CHECK(both.span() == 6s);
  const Forecast untrue(Facts(Graph(all(push, slow))),
                        {.durations = times, .untrue = {"only on main"}});
  CHECK(step_at(untrue, "push").fate == Fate::not_wanted);
  CHECK(untrue.span() == 5s);
}

}  // namespace time_tests
