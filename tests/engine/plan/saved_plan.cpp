// saved_plan.cpp - a run that is held to a plan does that and nothing else, or says what has moved.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/engine/saved_plan.hpp>

#include "engine/plan/edited.hpp"
#include "support/cases.hpp"
#include <oche/engine/state_folder.hpp>

using namespace engine_tests;

namespace saved_plan_tests {

namespace {

unsigned cases() { return oche::tests::cases_of(150); }

SavedPlan saved_of(const Stage& stage, const AnyTerm& pipeline) {
  Result<SavedPlan> saved = saved_plan(pipeline, plan(pipeline, stage.options()));
  if (!saved) FAIL(saved.failure().what);
  const Result<SavedPlan> read = saved_plan_from_json(to_json(saved.value()));
  if (!read) FAIL(read.failure().what);
  CHECK(to_json(read.value()) == to_json(saved.value()));
  CHECK(read.value().will == saved.value().will);
  return read.value();
}

struct Held {
  std::set<std::string> started;
  Outcome<> outcome;
  std::vector<Failure> failures;
};

Held run_held(const Stage& stage, const AnyTerm& pipeline, const SavedPlan& saved) {
  EngineOptions options = stage.options();
  options.held_to = std::make_shared<const SavedPlan>(saved);
  Engine engine(options);
  EventReader events = engine.events();
  const Evaluation evaluation = engine.start(pipeline);
  evaluation.wait_until_settled();
  Held held{.started = {}, .outcome = evaluation.outcome(), .failures = evaluation.failures()};
  while (const std::optional<Event> event = events.next())
    if (event->what == Event::What::started) held.started.insert(event->path);
  return held;
}

Term<> two(const std::string& a, const std::string& b) {
  const auto first = section("first", [&] { return work(a); });
  const auto second = section("second", [&] { return work(b); });
  return all(first, second, section("third", [&] { return work(first); }));
}

}  // namespace

TEST_CASE("a kept plan: the same pipeline does what was planned", "[engine][plan][saved]") {
  Stage stage;
  const SavedPlan saved = saved_of(stage, two("a", "b"));
  CHECK(saved.will.size() == 2);
  CHECK(saved.may == std::vector<std::string>{"third/work"});
  CHECK(still_fits(saved, two("a", "b"), stage.options()));
  const Held held = run_held(stage, two("a", "b"), saved);
  CHECK(held.outcome.is_ok());
  // Again, it fits still: there is less to do.
  CHECK(still_fits(saved, two("a", "b"), stage.options()));
}

TEST_CASE("a kept plan: the key that has moved is named, and what in it", "[engine][plan][saved]") {
  Stage stage;
  const SavedPlan saved = saved_of(stage, two("a", "b"));
  const Result<> moved = still_fits(saved, two("a", "c"), stage.options());
  REQUIRE_FALSE(moved);
  CHECK(moved.failure().what == "the key of second/work is not the one that was planned");
  CHECK_THAT(moved.failure().where, Catch::Contains("saved_plan.cpp:"));
  REQUIRE(moved.failure().facts.size() == 3);
  CHECK(moved.failure().facts[2].value == "b → c");
  const Result<> more = still_fits(saved, all(two("a", "b"), work("d")), stage.options());
  REQUIRE_FALSE(more);
  CHECK(more.failure().what == "work would run, and was not planned");
  REQUIRE(StateFolder::open(stage.options().state).is_failed());
}

TEST_CASE("a kept plan: nothing outside it is started, whatever the pipeline wants",
          "[engine][plan][saved]") {
  Stage stage;
  const SavedPlan saved = saved_of(stage, two("a", "b"));
  const Held held = run_held(stage, two("a", "c"), saved);
  CHECK(held.outcome.is_failed());
  CHECK(stage.board().started("a") >= 1);
  CHECK(stage.board().started("c") == 0);
  REQUIRE_FALSE(held.failures.empty());
  CHECK_THAT(held.failures[0].what, Catch::Contains("second/work was not started: its key "));
  CHECK(held.failures[0].kind == FailureClass::errored);
  CHECK_FALSE(held.failures[0].where.empty());
}

TEST_CASE("a kept plan: what was to be reused is not run again", "[engine][plan][saved]") {
  Stage stage;
  {
    Engine engine(stage.options());
    engine.start(two("a", "b")).wait_until_settled();
  }
  const SavedPlan saved = saved_of(stage, two("a", "b"));
  CHECK(saved.will.empty());
  CHECK(saved.reused.size() == 3);
  REQUIRE(StateFolder::rebuild(stage.options().state, {"second/work"}));
  const Result<> fits = still_fits(saved, two("a", "b"), stage.options());
  REQUIRE_FALSE(fits);
  CHECK_THAT(fits.failure().what, Catch::Contains("second/work would run again"));
  const Held held = run_held(stage, two("a", "b"), saved);
  CHECK(held.started.empty());
  CHECK(held.outcome.is_failed());
}

TEST_CASE("a kept plan: a hole must promise something, and is held to it",
          "[engine][plan][saved]") {
  Stage stage;
  const auto build = [](const std::string& name) { return work(name + "!"); };
  const auto open = dynamic("hole", build, work("a"));
  const Result<SavedPlan> refused = saved_plan(open, plan(open, stage.options()));
  REQUIRE_FALSE(refused);
  CHECK(refused.failure().what == "the hole hole promises nothing, so no plan can be kept of it");
  CHECK_THAT(refused.failure().where, Catch::Contains("saved_plan.cpp:"));
  const auto bounded = [&](std::uint32_t most) {
    return dynamic("hole", build, work("a")).at_most(most);
  };
  const SavedPlan saved = saved_of(stage, bounded(1));
  REQUIRE(saved.holes.size() == 1);
  const Result<> more = still_fits(saved, bounded(2), stage.options());
  REQUIRE_FALSE(more);
  CHECK_THAT(more.failure().what, Catch::Contains("promises something else"));
  const Held held = run_held(stage, bounded(1), saved);
  CHECK(held.outcome.is_ok());
  CHECK(stage.board().started("a!") == 1);
}

TEST_CASE("a kept plan: what waits for a person is part of it", "[engine][plan][saved]") {
  Stage stage;
  const auto pipeline = work(approve("may it go out", constant(std::string("v1"), "image")));
  const SavedPlan saved = saved_of(stage, pipeline);
  REQUIRE(saved.questions.size() == 1);
  REQUIRE(StateFolder::approve(stage.options().state, saved.questions.front(), "ann"));
  CHECK(still_fits(saved, pipeline, stage.options()));
  CHECK(run_held(stage, pipeline, saved).outcome.is_ok());
}

TEST_CASE("a kept plan: held to it, edited pipelines start nothing else", "[engine][plan][saved]") {
  unsigned fitted = 0, refused = 0;
  for (std::uint32_t seed = 1; seed <= cases(); ++seed) {
    Stage stage;
    EditedPipeline pipeline(seed);
    if (seed % 2 == 0) {
      Engine engine(stage.options());
      engine.start(pipeline.make()).wait_until_settled();
    }
    pipeline.edit();
    const SavedPlan saved = saved_of(stage, pipeline.make());
    if (seed % 3 != 0) pipeline.edit();
    const AnyTerm term = pipeline.make();
    const bool fits = still_fits(saved, term, stage.options()).is_ok();
    const Plan now = plan(term, stage.options());
    const Held held = run_held(stage, term, saved);
    INFO("seed " << seed);
    for (const std::string& path : held.started) {
      INFO(path);
      const auto step = std::find_if(now.run.begin(), now.run.end(),
                                     [&](const PlannedStep& one) { return one.path == path; });
      // Of what may run no key is known: any will do.
      const bool is_may = saved.refusal(path, "") == std::nullopt;
      REQUIRE((is_may || (step != now.run.end() && !saved.refusal(path, step->key)) ||
               std::any_of(saved.will.begin(), saved.will.end(),
                           [&](const SavedStep& one) { return one.path == path; })));
    }
    if (fits)
      for (const Failure& failure : held.failures)
        REQUIRE(failure.what.find("was not started") == std::string::npos);
    (fits ? fitted : refused) += 1;
  }
  CHECK(fitted > 0);
  CHECK(refused > 0);
}

TEST_CASE("a kept plan: what is none is refused", "[engine][plan][saved]") {
  Stage stage;
  const std::string good = to_json(saved_of(stage, two("a", "b")));
  for (const std::string& wrong :
       {std::string(), std::string("{}"), std::string("[]"), good.substr(0, good.size() - 9),
        std::string(R"({"format": "oche-plan", "version": 2})")})
    CHECK_FALSE(saved_plan_from_json(wrong));
}

}  // namespace saved_plan_tests
