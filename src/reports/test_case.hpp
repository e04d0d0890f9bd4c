// test_case.hpp - read one <testcase>.
// Layer: reports.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <oche/reports/report.hpp>

#include <pugixml.hpp>

namespace oche::detail {

/// What a `<testcase>` says.
[[nodiscard]] TestCase read_case(pugi::xml_node element);

/// What a `<failure>` or `<error>` directly under a suite says: something outside every test went
/// wrong, which must not be lost. It is told as a test that has the suite's name.
[[nodiscard]] TestCase read_suite_failure(pugi::xml_node element);

}  // namespace oche::detail
