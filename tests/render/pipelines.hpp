// pipelines.hpp - pipelines to draw.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "graph/support.hpp"

#include <string>
#include <utility>
#include <vector>

namespace oche::tests {

/// Fetch, build, test; the tested image is deployed.
inline AnyTerm gated_deploy() {
  const Var<int> head{"main", 1};
  const auto source = work("fetch", {head.term()});
  const auto image = work("build", {source});
  const auto tested = work("test", {image});
  return work("deploy", {gate(image, on(tested))});
}

/// The example of the README.
inline AnyTerm calculator() {
  const Var<int> head{"calculator.git main", 1};
  const auto source = work("fetch", {head.term()});
  const auto lint = program("exec", {"flake8", "."}, {source});
  const auto tests = program(
      "test", {"python3", "-m", "pytest", "--junitxml=junit.xml", "--cov=calculator"}, {source});
  const auto wheel =
      program("build", {"python3", "setup.py", "-q", "bdist_wheel"}, {source}, "wheel");
  const auto covered = map([](int x) { return x; }, tests);
  return all({{"lint", lint},
              {"tests", tests},
              {"coverage", covered},
              {"publish", work("publish", {gate(wheel, on(tests, lint))})}});
}

/// A template in a section, one inside it, and a hole after it.
inline AnyTerm platforms() {
  const Var<std::vector<int>> list{"platforms", {}};
  const Var<std::vector<int>> variants{"variants", {}};
  const auto source = work("fetch", {});
  const auto tested = section("compilers", [&] {
    return list_map(list.term(), [&](Term<int> platform) {
      const auto built = work("build", {source, platform});
      const auto checks = list_iter(
          variants.term(), [&](Term<int> variant) { return work("test", {built, variant}); });
      return work("report", {built, checks});
    });
  });
  const auto plan = dynamic("release", [](int x) { return constant(x); }, work("plan", {tested}));
  return approve("ship it", plan);
}

/// `tests` tests, each of which has to pass before any of `deploys` deploys.
inline AnyTerm many_to_many(int tests, int deploys, bool one_image) {
  const auto image = work("build", {});
  std::vector<Term<int>> controls;
  for (int i = 0; i < tests; ++i)
    controls.push_back(
        program("test", {"run", std::to_string(i)}, {image}, "test " + std::to_string(i)));
  std::vector<Term<>> deployed;
  for (int i = 0; i < deploys; ++i) {
    const auto what = one_image ? image
                                : program("build", {"pack", std::to_string(i)}, {image},
                                          "pack " + std::to_string(i));
    deployed.push_back(program("deploy", {"to", std::to_string(i)}, {gate(what, on(all(controls)))},
                               "deploy " + std::to_string(i)));
  }
  return all(deployed);
}

/// Two sections that follow each other, one with another inside, and a context.
inline AnyTerm groups() {
  const auto source = work("fetch", {});
  const auto linux_tests = section("linux", [&] {
    const auto built = work("build", {source});
    return section("checks",
                   [&] { return all(work("unit tests", {built}), work("system tests", {built})); });
  });
  const auto deployed = section("deploy", [&] {
    return with_context(linux_tests, [&] {
      const auto staged = work("stage", {source});
      return work("live", {approve("release manager", staged)});
    });
  });
  return deployed;
}

}  // namespace oche::tests
