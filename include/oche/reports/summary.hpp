// summary.hpp - a report in one sentence, and a red one as a failure.
// Layer: reports.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <oche/base/failure.hpp>
#include <oche/reports/report.hpp>

#include <string>

namespace oche {

/// `12 tests passed`, or `3 of 12 tests failed: test_maximum, test_add, test_sub and 4 more`.
///
/// A name that several suites have is told with its suite.
[[nodiscard]] std::string summary(const TestReport& report);

/// The summary of a report that is not green, with the first tests that did not pass as facts:
/// where, and the first line of why.
///
/// Requires: `!report.is_green()`.
[[nodiscard]] Failure failed_tests(const TestReport& report);

}  // namespace oche
