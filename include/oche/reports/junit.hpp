// junit.hpp - read a JUnit report, whoever wrote it.
// Layer: reports.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <oche/base/outcome.hpp>
#include <oche/reports/report.hpp>

#include <chrono>
#include <string_view>
#include <vector>

namespace oche {

/// A report, and beside it what belongs to the attempt alone.
struct TimedReport {
  TestReport report;
  std::vector<std::chrono::microseconds> durations;  ///< of `report.cases[i]`; 0 if not told
};

/// What the JUnit XML `text` says; `name` is what errors call it, usually its path.
///
/// Understands what pytest, GoogleTest, Catch2, CTest, Surefire, node and Gradle write. Tests are
/// counted one by one: the counts that a report claims for itself are not believed.
///
/// Fails: not well-formed, not a JUnit report, or without a single test (class *errored*: nothing
/// is known about the tests then, good or bad). Tests that failed are not a failure to read. Cost:
/// linear in `text`.
[[nodiscard]] Result<TimedReport> read_junit(std::string_view text,
                                             std::string_view name = "the report");

}  // namespace oche
