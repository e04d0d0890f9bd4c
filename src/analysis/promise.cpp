// promise.cpp - what a hole has promised, in words.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/promise.hpp"

#include <fmt/format.h>

namespace oche::detail {

std::string promise_of(const Facts& facts, NodeId hole) {
  const Contract* const contract = facts.contract(hole);
  if (contract == nullptr) return {};
  std::string text;
  const auto add = [&](std::string part) { text += (text.empty() ? "" : ", ") + std::move(part); };
  if (!contract->may_run.empty())
    add(fmt::format("to run nothing but {}", fmt::join(contract->may_run, ", ")));
  if (!contract->never.empty()) add(fmt::format("never {}", fmt::join(contract->never, ", ")));
  if (contract->at_most)
    add(fmt::format("at most {} step{}", *contract->at_most, *contract->at_most == 1 ? "" : "s"));
  return text;
}

bool runs_nothing(const Facts& facts, NodeId hole) {
  const Contract* const contract = facts.contract(hole);
  return contract != nullptr && contract->at_most == 0u;
}

}  // namespace oche::detail
