// environment_seed.cpp - seed S2: a locked environment, made once and used by everything.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "corpus/seeds.hpp"
#include <oche/oche.hpp>

namespace oche::tests {
namespace {

using Text = std::string;

const auto lay = step("lay", [](Job&, const Text&, const Tree& under) { return under; });
const auto diagnose = step("diagnose", [](Job&, const Tree&) {});
const auto keep = step("keep", [](Job&, const Text&, const Latest<Tree>&) {});

Term<Tree> environment_of(const Term<Tree>& lock, const char* label) {
  return build(lock, {.argv = {"conda", "create", "--offline", "--file", "lock.txt"},
                      .outputs = {"env/**"},
                      .label = label});
}

Term<Tree> environment_again(const Term<Tree>& lock) {
  return build(lock, {.argv = {"conda", "create", "--offline", "--file", "lock.txt"},
                      .outputs = {"env/**"},
                      .label = "environment"});
}

Command tests_with(const Text& label) {
  return {.argv = {"env/bin/pytest", "--junitxml=junit.xml"}, .junit = "junit.xml", .label = label};
}

}  // namespace

Seed environment_seed(std::string_view planted) {
  const auto source = fetch(git::head("project.git", "main"));
  // What strangers propose: a lock file of theirs.
  const auto proposed = fetch(git::head("proposals.git", "main"));
  const bool is_poisoned = planted == "poisoned cache";
  const auto lock = subtree(is_poisoned ? proposed : source, "environment");
  auto environment = environment_of(lock, "environment");
  const auto tried = exec(environment_of(subtree(proposed, "environment"), "proposed environment"),
                          {.argv = {"env/bin/python", "-c", "pass"}, .label = "proposal works"});

  const auto project = lay("project", merge({environment, source}));
  auto tests = test(planted == "tests outside it" ? source : project, tests_with("tests"));
  const auto lint = exec(project, {.argv = {"env/bin/flake8"}, .label = "lint"});
  auto scan = exec(environment, {.argv = {"grype", "dir:env"}, .label = "scan"});
  const auto report =
      build(project,
            {.argv = {"env/bin/coverage", "html"}, .outputs = {"htmlcov/**"}, .label = "coverage"});
  const auto told = diagnose(environment);
  const auto weekly =
      map([](const Commit& c) { return c.ref.empty(); }, git::head("schedule.git", "weekly"));

  On controls = on(tests, lint, scan);
  if (planted == "scanned on Sundays")
    controls = on(all(tests, lint, only_if(weekly, scan, "weekly")));
  if (planted == "scan only looked at") controls = on(tests, lint, advisory(scan));
  if (planted == "lint left out") controls = on(tests, scan);
  std::vector<Term<>> ends = {tests, lint, scan, told, tried};
  if (planted == "kept before the tests")
    ends.push_back(gate(keep("coverage", gate(report, on(lint, scan))), on(tests)));
  else if (planted == "keeps the environment of a proposal")
    ends.push_back(keep("coverage", gate(merge({proposed, report}), controls)));
  else
    ends.push_back(keep("coverage", gate(report, controls)));
  if (planted == "environment made twice")
    ends.push_back(diagnose(merge({environment_again(lock), source})));
  if (planted == "another environment just like it")
    ends.push_back(diagnose(merge({environment_of(lock, "environment 2"), source})));
  if (planted == "downloads unseen")
    ends.push_back(exec(project, {.argv = {"env/bin/python", "-m", "pip", "install", "x"},
                                  .label = "late package"}));
  if (planted == "a gate on what cannot fail")
    ends.push_back(diagnose(gate(project, on(state_of(lint)))));
  if (planted == "behind what never is")
    ends.push_back(diagnose(gate(project, on(failed<int>(Failure{"not yet"})))));
  return {
      all(ends),
      {every(publishes())
           .needs_success_of_each(step_named("tests") | step_named("lint") | step_named("scan")),
       every(step_named("tests") | step_named("lint")).data_passes_through(step_named("lay")),
       distrust(inputs("proposals.git#main"))}};
}

}  // namespace oche::tests
