// support.hpp - small pipelines that tests of the test engine play with.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/error.hpp>
#include <oche/term/step.hpp>
#include <oche/testing/testing.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <vector>

namespace testing_tests {

using namespace oche;
using namespace oche::testing;
using Paths = std::vector<std::string>;

/// What it would really do must never happen: tests only play it.
inline Result<std::string> never(const std::string& name) {
  return Failure{"really ran " + name, FailureClass::errored};
}
inline const auto work = step("work", [](Job&, const std::string& name) { return never(name); });

/// What a call throws, as people read it; empty if it does not.
template <class Call>
std::string said(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return render(error.failure());
  }
  return {};
}

}  // namespace testing_tests
