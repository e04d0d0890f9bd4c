// cobertura.hpp - read a Cobertura coverage report.
// Layer: reports.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <oche/base/outcome.hpp>
#include <oche/reports/report.hpp>

#include <string_view>

namespace oche {

/// What the Cobertura XML `text` says; `name` is what errors call it, usually its path.
///
/// Counted from the lines themselves: a line that several classes or methods share counts once, and
/// is covered if any of them saw it run. Only a report without lines is believed about its rate.
///
/// Fails: not well-formed, not a Cobertura report, or with neither a line nor a rate.
[[nodiscard]] Result<CoverageReport> read_cobertura(std::string_view text,
                                                    std::string_view name = "the report");

}  // namespace oche
