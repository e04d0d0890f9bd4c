// shown.hpp - pipelines, runs and plans as texts that are the same on every machine.
// Layer: testing.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/engine/engine.hpp>
#include <oche/engine/plan.hpp>

#include <string>

namespace oche::testing {

/// The picture of a pipeline, or of a run as it is now, in DOT: for `golden`. Without the lines of
/// the program that wrote it, so that a comment more changes no picture.
[[nodiscard]] std::string picture(const AnyTerm& pipeline);
[[nodiscard]] std::string picture(const Evaluation& run);

/// A plan, a line a step: what becomes of it, its path, and why. Without keys.
[[nodiscard]] std::string shown(const Plan& plan);

}  // namespace oche::testing
