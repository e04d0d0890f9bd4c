// sarif.hpp - broken policies and the linter's remarks as SARIF, for editors and code reviews.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/check.hpp>
#include <oche/analysis/lint.hpp>

#include <span>
#include <string>

namespace oche {

/// Both as one SARIF 2.1.0 log: a policy that does not hold is an error of the rule `policy` where
/// its subject was written; a silenced remark is a suppressed result with its reason.
[[nodiscard]] std::string to_sarif(const Facts& facts, const CheckReport& report,
                                   std::span<const Remark> remarks);

}  // namespace oche
