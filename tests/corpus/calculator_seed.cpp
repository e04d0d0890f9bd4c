// calculator_seed.cpp - seed S0, a Python project: style, tests with coverage, a wheel, a feed.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "corpus/seeds.hpp"
#include <oche/oche.hpp>

namespace oche::tests {
namespace {

Term<TestReport> tested(const Term<Tree>& source) {
  return test(source, {.argv = {"python3", "-m", "pytest", "--junitxml=junit.xml",
                                "--cov=calculator", "--cov-report=xml"},
                       .junit = "junit.xml",
                       .cobertura = "coverage.xml",
                       .label = "tests"});
}

Term<Executed> styled(const Term<Tree>& source, const char* label) {
  return exec(source, {.argv = {"python3", "-m", "flake8"}, .label = label});
}

Term<Tree> packed(const Term<Tree>& source, bool downloads) {
  return build(source, {.argv = downloads ? std::vector<Word>{"pip", "install", "wheel"}
                                          : std::vector<Word>{"python3", "setup.py", "bdist_wheel"},
                        .outputs = {"dist/*.whl"},
                        .label = "wheel"});
}

/// The same words, on another line.
Term<Tree> packed_again(const Term<Tree>& source) {
  return build(source, {.argv = {"python3", "setup.py", "bdist_wheel"},
                        .outputs = {"dist/*.whl"},
                        .label = "wheel"});
}

}  // namespace

Seed calculator_seed(std::string_view planted) {
  const auto commit = git::head("calculator.git", "main");
  const auto source = fetch(commit);
  const auto lint = styled(source, "lint");
  const auto tests = tested(source);
  const auto wheel = packed(source, planted == "downloads unseen");
  const auto covered = at_least(tests, 80.0);

  On controls = on(lint, tests, covered);
  if (planted == "moved gate") controls = on(lint);
  if (planted == "caught test") controls = on(lint, advisory(tests));
  if (planted == "test as a value") controls = on(lint, attempt(tests));
  if (planted == "any state will do") controls = on(lint, state_of(tests));
  if (planted == "one of two will do") controls = on(or_else(all(lint), all(tests, covered)));
  if (planted == "tests sometimes") {
    const auto is_main = map([](const Commit& c) { return c.ref == "main"; }, commit);
    // Alone, what is skipped would keep the gate shut; beside others it counts as done.
    controls = on(all(lint, only_if(is_main, all(tests, covered), "only on main")));
  }
  if (planted == "gate on nothing") controls = on(lint, covered, constant(true));

  std::vector<Term<>> ends;
  if (planted == "ships the source") {
    ends.push_back(publish("feed", gate(source, on(lint, tests, covered, wheel))));
  } else if (planted == "gate after the deed") {
    ends.push_back(gate(publish("feed", gate(wheel, on(lint))), on(tests, covered)));
  } else {
    ends.push_back(publish("feed", gate(wheel, controls)));
  }
  ends.push_back(all(lint, tests, covered));
  if (planted == "published twice") ends.push_back(publish("feed", gate(source, on(lint, tests))));
  if (planted == "wheel built twice")
    ends.push_back(publish("other", gate(packed_again(source), on(tests))));
  if (planted == "same check twice") ends.push_back(styled(source, "style"));
  if (planted == "dead step")
    ends.push_back(only_if(constant(false), styled(wheel, "wheel style"), "never"));
  if (planted == "nobody reads it")
    ends.push_back(advisory(
        build(source,
              {.argv = {"sphinx-build", ".", "html"}, .outputs = {"html/**"}, .label = "manual"})));
  return {all(ends),
          {every(publishes()).needs_success_of_each(choose::tests() | step_named("lint")),
           every(publishes()).data_passes_through(step_named("wheel"))}};
}

}  // namespace oche::tests
