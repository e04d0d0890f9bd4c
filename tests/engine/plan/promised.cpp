// promised.cpp - what a plan promises, the run keeps: over random edits of random pipelines.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/edited.hpp"
#include "support/cases.hpp"
#include <oche/base/digest.hpp>
#include <oche/engine/plan.hpp>

#include <fstream>
#include <iterator>

using namespace engine_tests;

namespace promised_tests {

namespace {

unsigned cases() { return oche::tests::cases_of(600); }

std::uint32_t first_seed() { return oche::tests::seed_of(1); }

/// Level by level, where a star stands for one item.
bool matches(std::string_view pattern, std::string_view path) {
  while (!pattern.empty() && !path.empty()) {
    const std::string_view a = pattern.substr(0, pattern.find('/'));
    const std::string_view b = path.substr(0, path.find('/'));
    if (a != "*" && a != b) return false;
    pattern.remove_prefix(std::min(pattern.size(), a.size() + 1));
    path.remove_prefix(std::min(path.size(), b.size() + 1));
  }
  return pattern.empty() && path.empty();
}

bool is_in(const std::vector<PlannedStep>& list, const std::string& path) {
  return std::any_of(list.begin(), list.end(),
                     [&](const PlannedStep& step) { return matches(step.path, path); });
}

struct Ran {
  std::set<std::string> paths;
  bool has_failed = false;  ///< one of those
};

Ran run(Engine& engine, const AnyTerm& pipeline) {
  EventReader events = engine.events();
  const Evaluation evaluation = engine.start(pipeline);
  evaluation.wait_until_settled();
  Ran ran;
  while (const std::optional<Event> event = events.next()) {
    if (event->what == Event::What::started) ran.paths.insert(event->path);
    if (event->what == Event::What::finished && event->state != State::ok) ran.has_failed = true;
    if (event->what == Event::What::gap) FAIL("events were lost");
  }
  return ran;
}

/// Names and bytes of everything in a folder, but for what SQLite's readers share in memory.
std::string all_of(const std::string& folder) {
  std::map<std::string, std::string> files;
  if (std::filesystem::exists(folder))
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (entry.path().extension() == ".db-shm") continue;
      std::string& bytes = files[entry.path().string()];
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      bytes = sha256(std::string(std::istreambuf_iterator<char>(file), {})).hex();
    }
  std::string text;
  for (const auto& [name, bytes] : files)
    text += name + " " + bytes + "\n";
  return text;
}

std::string text_of(const Plan& plan) {
  std::string text;
  for (const Planned fate : all_planned)
    for (const PlannedStep& step : plan.list(fate))
      text += std::string(to_string(fate)) + " " + step.path + ": " + step.reason + "\n";
  return text;
}

/// The path itself, or another one with the same key, which has one attempt with it.
bool has_run(const Ran& ran, const Plan& plan, const PlannedStep& step) {
  return std::any_of(plan.run.begin(), plan.run.end(), [&](const PlannedStep& other) {
    return other.key == step.key && ran.paths.contains(other.path);
  });
}

}  // namespace

TEST_CASE("a plan promises what the run keeps: ran within will and may, will within ran",
          "[engine][plan][promised]") {
  constexpr unsigned edits_each = 20;
  unsigned has_waited = 0, has_run_something = 0, left_out = 0;
  for (unsigned done = 0; done < cases();) {
    Stage stage;
    const std::uint32_t seed = first_seed() + done;
    EditedPipeline pipeline(seed);
    Engine engine(stage.options());
    for (unsigned edit = 0; edit < edits_each && done < cases(); ++edit, ++done) {
      const AnyTerm term = pipeline.make();
      const Plan before = plan(term, stage.options());
      REQUIRE(text_of(before) == text_of(plan(term, stage.options())));
      const Ran ran = run(engine, term);
      INFO("seed " << seed << ", edit " << edit << "\n" << text_of(before));
      for (const std::string& path : ran.paths) {
        INFO("it ran " << path);
        REQUIRE((is_in(before.run, path) || is_in(before.unknown, path)));
      }
      for (const PlannedStep& step : before.run) {
        INFO("it did not run " << step.path);
        REQUIRE((has_run(ran, before, step) || ran.has_failed));
      }
      has_waited += before.unknown.empty() ? 0u : 1u;
      has_run_something += ran.paths.empty() ? 0u : 1u;
      left_out += before.unknown.size() + before.run.size() > ran.paths.size() ? 1u : 0u;
      // After a run there is nothing to do but what failed otherwise than by its own word.
      const Plan after = plan(term, stage.options());
      REQUIRE(after.run.empty());
      pipeline.edit();
    }
  }
  CHECK(has_waited > cases() / 10);
  CHECK(has_run_something > cases() / 4);
  CHECK(left_out > 0);  // equal results cancel some of what may run
}

TEST_CASE("planning leaves the state folder and all files as they are", "[engine][plan]") {
  for (std::uint32_t seed = 1; seed <= 10; ++seed) {
    Stage stage;
    EditedPipeline pipeline(seed);
    CHECK(all_of(stage.folder.path()).empty());
    (void)plan(pipeline.make(), stage.options());
    CHECK(all_of(stage.folder.path()).empty());
    {
      Engine engine(stage.options());
      (void)run(engine, pipeline.make());
    }
    const std::string before = all_of(stage.folder.path());
    CHECK_FALSE(before.empty());
    pipeline.edit();
    (void)plan(pipeline.make(), stage.options());
    CHECK(all_of(stage.folder.path()) == before);
  }
}

TEST_CASE("a plan does not leave out what a condition or a fallback may ask for",
          "[engine][plan]") {
  Stage stage;
  const auto open = map([](const std::string& s) { return s == "yes"; }, work("yes"));
  const auto chosen = section("chosen", [] { return work("a"); });
  const auto fallback = section("fallback", [] { return work("b"); });
  const Plan made =
      plan(all(only_if(open, chosen, "closed"), or_else(work("maybe"), fallback)), stage.options());
  std::vector<std::string> unknown;
  for (const PlannedStep& step : made.unknown)
    unknown.push_back(step.path);
  CHECK(unknown == std::vector<std::string>{"chosen/work", "fallback/work"});
  CHECK(made.unknown.front().reason.find("says so") != std::string::npos);
  CHECK(made.skip.empty());
}

}  // namespace promised_tests
