// plan.cpp - what a plan says before, between and after runs; it changes nothing.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/engine/plan.hpp>

#include "engine/core/support.hpp"
#include <oche/engine/state_folder.hpp>

using namespace engine_tests;

namespace {
std::vector<std::string> paths(const std::vector<PlannedStep>& steps) {
  std::vector<std::string> all;
  for (const PlannedStep& step : steps)
    all.push_back(step.path);
  return all;
}
using Paths = std::vector<std::string>;
}  // namespace

TEST_CASE("a plan runs nothing, needs no state folder, and makes none") {
  Stage stage;
  const auto inner = work("a");
  const Plan made = plan(section("outer", [&] { return work(inner); }), stage.options());
  CHECK(paths(made.run) == Paths{"work"});
  CHECK(made.run.front().where.find("plan.cpp:") != std::string::npos);
  CHECK(made.run.front().reason == "it never ran");
  CHECK(paths(made.unknown) == Paths{"outer/work"});
  CHECK(stage.board().started("a") == 0);
  CHECK_FALSE(std::filesystem::exists(stage.options().state));
}

TEST_CASE("a plan agrees with the run that follows it") {
  Stage stage;
  const auto pipeline = [](const char* second) {
    return all(section("first", [] { return work("a"); }),
               section("second", [&] { return work(second); }));
  };
  {
    Engine(stage.options()).start(pipeline("b")).wait_until_settled();
  }
  const Plan same = plan(pipeline("b"), stage.options());
  CHECK(same.run.empty());
  CHECK(paths(same.reuse) == Paths{"first/work", "second/work"});
  const Plan changed = plan(pipeline("c"), stage.options());
  CHECK(paths(changed.reuse) == Paths{"first/work"});
  REQUIRE(paths(changed.run) == Paths{"second/work"});
  CHECK(changed.run.front().reason == "something that its key is made of has changed");
}

TEST_CASE("a plan counts as the run does: no readers, and one attempt for one key") {
  Stage stage;
  static const auto reading =
      step("reading", [](Job&, const std::string& name) { return name; }, {.is_reading = true});
  const auto pipeline = [] {
    const auto a = section("first", [] { return work(reading("a")); });
    const auto b = section("second", [] { return work("b"); });
    const auto same = section("third", [] { return work("b"); });
    return all(a, b, same);
  };
  const Plan before = plan(pipeline(), stage.options());
  CHECK(paths(before.run) == Paths{"first/reading", "second/work", "third/work"});
  CHECK(before.count(Planned::run) == 1);
  CHECK(before.count(Planned::unknown) == 1);
  {
    Engine engine(stage.options());
    const Evaluation run = engine.start(pipeline());
    run.wait_until_settled();
    CHECK(run.counts().ran == before.count(Planned::run) + before.count(Planned::unknown));
  }
  const Plan after = plan(pipeline(), stage.options());
  CHECK(after.reuse.size() == 4);
  Engine engine(stage.options());
  const Evaluation run = engine.start(pipeline());
  run.wait_until_settled();
  CHECK(run.counts().reused == after.count(Planned::reuse));
  CHECK(run.counts().ran == 0);
}

TEST_CASE("what waits for a person is planned as a question, and the answer counts for the run") {
  Stage stage;
  const auto pipeline = work(approve("may it go out", constant(std::string("v1"), "image")));
  const Plan made = plan(pipeline, stage.options());
  REQUIRE(made.questions.size() == 1);
  CHECK(made.questions.front().shown.find("v1") != std::string::npos);
  CHECK(paths(made.wait) == Paths{"work"});
  REQUIRE(StateFolder::approve(stage.options().state, made.questions.front(), "ann"));
  Engine engine(stage.options());
  const Evaluation run = engine.start(pipeline);
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
  CHECK(stage.board().started("v1") == 1);
}

TEST_CASE("a plan can be made while an engine runs on the folder") {
  Stage stage;
  stage.board().hold("a");
  Engine engine(stage.options());
  const Evaluation run = engine.start(work("a"));
  stage.board().await_start("a");
  const Plan made = plan(work("a"), stage.options());
  CHECK(paths(made.run) == Paths{"work"});
  stage.board().let_go("a");
  run.wait_until_settled();
  CHECK(paths(plan(work("a"), stage.options()).reuse) == Paths{"work"});
}

TEST_CASE("a plan lists the steps of lists inside lists, also while the outer one is not known") {
  Stage stage;
  using Names = std::vector<std::string>;
  static const auto variants_of =
      step("variants", [](Job&, const std::string& platform) { return Names{platform}; });
  const auto pipeline = [](const Term<Names>& platforms) {
    return list_iter(platforms, [](const Term<std::string>& platform) {
      return list_iter(variants_of(platform), [](const Term<std::string>& variant) {
        return section("checks", [&] { return work(variant); });
      });
    });
  };
  const Plan inner =
      plan(pipeline(constant(Names{"debian", "fedora"}, "platforms")), stage.options());
  CHECK(paths(inner.run) == Paths{"platforms/debian/variants", "platforms/fedora/variants"});
  CHECK(paths(inner.unknown) == Paths{"platforms/debian/variants/*/checks/work",
                                      "platforms/fedora/variants/*/checks/work"});
  const Plan outer = plan(pipeline(variants_of("all")), stage.options());
  CHECK(paths(outer.run) == Paths{"variants"});
  CHECK(paths(outer.unknown) == Paths{"variants/*/variants", "variants/*/variants/*/checks/work"});
}
