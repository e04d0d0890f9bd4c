// program.cpp - a program that breaks its policies starts nothing; a refutation happens for real.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "support/folder.hpp"
#include <oche/analysis/check.hpp>
#include <oche/engine/engine.hpp>
#include <oche/oche.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>

using namespace oche;

namespace {

const auto prepared = step("prepared", [](Job&, const std::string& text) { return text; });
const auto passed = step("passed", [](Job&, const std::string& text) -> Result<std::string> {
  if (text == "bad") return Failure{"it is bad"};
  return text;
});
const auto released = step("released", [](Job&, const Latest<std::string>& text) { return *text; });

Program program_of(bool is_right) {
  const auto pipeline = [is_right]() -> Term<> {
    const auto text = prepared("bad");
    const auto good = passed(text);
    if (is_right) return all(released(gate(text, on(good))));
    return all(gate(released(text), on(good)));
  };
  return {.name = "program",
          .pipeline = pipeline,
          .policies = {every(publishes()).needs_success_of(step_named("passed"))}};
}

int call(const Program& program, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "program");
  std::vector<char*> argv;
  for (std::string& one : arguments)
    argv.push_back(one.data());
  return oche::main(static_cast<int>(argv.size()), argv.data(), program);
}

}  // namespace

TEST_CASE("policies: check says 1, and run starts nothing", "[policies][cli]") {
  const tests::Folder folder;
  const std::string state = folder / "state";
  CHECK(call(program_of(true), {"check", "--quiet", "--state", state}) == 0);
  CHECK(call(program_of(false), {"check", "--json", "--state", state}) == 1);
  CHECK(call(program_of(false), {"run", "--quiet", "--state", state}) == 1);
  CHECK(call(program_of(false), {"run", "--quiet", "--only", "passed", "--state", state}) == 1);
  CHECK_FALSE(std::filesystem::exists(state));
  CHECK(call(program_of(true), {"run", "--quiet", "--state", state}) == 1);  // the test fails
  CHECK(std::filesystem::exists(state));
}

TEST_CASE("policies: a budget is not known before the first run, and is kept from then on",
          "[policies][cli]") {
  const tests::Folder folder;
  const std::string state = folder / "state";
  const auto with = [](Duration most) {
    Program program = program_of(true);
    program.pipeline = []() -> Term<> { return all(prepared("good"), passed("good")); };
    program.policies = {whole_run().cost_at_most(most)};
    return program;
  };
  CHECK(call(with(1ns), {"check", "--quiet", "--state", state}) == 0);
  CHECK(call(with(1min), {"check", "--quiet", "--unknown", "31", "--state", state}) == 1);
  CHECK(call(with(1min), {"check", "--quiet", "--unknown", "30", "--state", state}) == 0);
  CHECK_FALSE(std::filesystem::exists(state));
  CHECK(call(with(1ns), {"run", "--quiet", "--state", state}) == 0);
  CHECK(call(with(1ns), {"check", "--quiet", "--state", state}) == 1);
  CHECK(call(with(1ns), {"run", "--quiet", "--state", state}) == 1);
  CHECK(call(with(1h), {"run", "--quiet", "--state", state}) == 0);
}

TEST_CASE("check: an error of the linter is exit status 1, unless it is silenced",
          "[policies][cli]") {
  const auto late = [](std::vector<Silencer> silencers) {
    const auto pipeline = []() -> Term<> {
      const auto text = prepared("good");
      return all(gate(released(text), on(passed(text))));
    };
    return Program{.name = "late", .pipeline = pipeline, .silencers = std::move(silencers)};
  };
  CHECK(call(late({}), {"check", "--quiet"}) == 1);
  CHECK(call(late({}), {"check", "--format", "sarif"}) == 1);
  CHECK(call(late({{"late-gate", "**", "only the end is gated"}}), {"check", "--quiet"}) == 0);
  CHECK(call(late({{"late-gate", "**", ""}}), {"check", "--quiet"}) == 1);  // without a reason
  CHECK(call(late({{"late-gte", "**", "why not"}}), {"check", "--quiet"}) == 1);  // no such remark
}

TEST_CASE("policies: the engine does what the refutation says", "[policies][engine]") {
  for (const bool is_right : {true, false}) {
    const tests::Folder folder;
    const Program program = program_of(is_right);
    const AnyTerm pipeline = program.pipeline(Options({}));
    const CheckReport report = check(Graph(pipeline), program.policies);
    REQUIRE(report.holds() == is_right);
    Engine engine{{.state = folder / "state", .slots = 1}};
    EventReader events = engine.events();
    const Evaluation run = engine.start(pipeline);
    run.wait_until_settled();
    std::vector<std::string> started;
    while (const std::optional<Event> event = events.next())
      if (event->what == Event::What::started) started.push_back(event->path);
    CHECK(run.outcome().is_failed());
    const bool has_run = std::find(started.begin(), started.end(), "released") != started.end();
    CHECK(has_run == !is_right);
  }
}
