// promise.hpp - what a hole has promised, in words.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/facts.hpp>

#include <string>

namespace oche::detail {

/// `to run nothing but build, test, never deploy, and at most 9 steps`; empty if it promises
/// nothing.
[[nodiscard]] std::string promise_of(const Facts& facts, NodeId hole);

/// It has promised to build no step at all.
[[nodiscard]] bool runs_nothing(const Facts& facts, NodeId hole);

}  // namespace oche::detail
