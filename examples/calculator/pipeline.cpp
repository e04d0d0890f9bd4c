// pipeline.cpp - lint, test, measure and package a Python project; publish what passed (seed S0).
// Layer: examples.
// SPDX-License-Identifier: Apache-2.0
#include <oche/oche.hpp>

using namespace oche;

struct Wheel {  // a record: keyed, stored, printed without more code
  std::string package;
  std::vector<std::string> files;
};
BOOST_HANA_ADAPT_STRUCT(Wheel, package, files);

// A function step: captureless, keyed by its arguments, run on a worker thread.
const auto describe =
    step("describe",
         [](Job& job, const std::string& package,
            const std::vector<std::string>& files) -> Result<Wheel> {
           if (files.size() != 1)
             return Failure{fmt::format("{} wheels instead of one", files.size())};
           job.log("{} is packaged as {}", package, files.front());
           return Wheel{package, files};
         });

Term<> calculator(Term<Commit> commit) {
  auto source = fetch(commit);
  auto lint = exec(source, {.argv = {"python3", "-m", "flake8", "--exclude=venv*", "--statistics"},
                            .label = "lint"});
  auto tests =
      test(source, {.argv = {"python3", "-m", "pytest", "--verbose", "--junitxml=junit.xml",
                             "--cov=calculator", "--cov-report=xml"},
                    .junit = "junit.xml",
                    .cobertura = "coverage.xml",
                    .label = "tests"});
  auto wheel = build(source, {.argv = {"python3", "setup.py", "-q", "bdist_wheel"},
                              .env = {{"SOURCE_DATE_EPOCH", "1700000000"}},
                              .outputs = {"dist/*.whl"},
                              .label = "wheel"});
  auto ready = gate(wheel, on(lint, tests, at_least(tests, 80.0)));
  return all({{"package", describe("calculator", glob(wheel, "dist/*.whl"))},
              {"publish", publish("feed", ready)}});
}
