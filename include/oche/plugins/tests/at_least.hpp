// at_least.hpp - a threshold for the coverage of tests.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/reports/report.hpp>
#include <oche/term/term.hpp>

namespace oche {

/// Success if the tests covered at least that many percent of the lines; both ends count.
///
/// Fails: with the coverage measured; *errored* if `Command::cobertura` named no report.
[[nodiscard]] Term<> at_least(const Term<TestReport>& tests, double percent,
                              Where where = Where::current());

}  // namespace oche
