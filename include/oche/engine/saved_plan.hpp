// saved_plan.hpp - a plan that is kept, and that a run may be held to.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/outcome.hpp>
#include <oche/engine/plan.hpp>
#include <oche/term/payload.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oche {

/// A step whose key is known: only with this key may it run, or be reused.
struct SavedStep {
  std::string path;
  std::string key;  ///< in hexadecimal
  std::vector<std::pair<std::string, std::string>> made_of = {};
  friend bool operator==(const SavedStep&, const SavedStep&) = default;
};

/// A hole that nobody can look into yet, and what it promised when the plan was made.
struct SavedHole {
  std::string path;
  std::vector<std::string> may_run = {};
  std::vector<std::string> never = {};
  std::optional<std::uint32_t> at_most = {};
  friend bool operator==(const SavedHole&, const SavedHole&) = default;
};

/// Exact keys of what will run, paths of what may, promises of holes. A star in a path is any
/// item. Lists with paths are in their order.
struct SavedPlan {
  std::vector<SavedStep> will;
  std::vector<SavedStep> reused;
  std::vector<std::string> may;
  std::vector<SavedHole> holes;
  std::vector<Question> questions;
  friend bool operator==(const SavedPlan&, const SavedPlan&) = default;

  /// Nothing if a step with this path and key is part of the plan; else why not, in one line.
  /// Cost: a search in `will` and `reused`; `may` and `holes` are gone through for what is in
  /// neither.
  [[nodiscard]] std::optional<std::string> refusal(std::string_view path,
                                                   std::string_view key) const;
};

/// What `plan` has said of a pipeline, to be kept.
/// Fails: a hole without `may_run` or `at_most`, since it could do anything.
[[nodiscard]] Result<SavedPlan> saved_plan(const AnyTerm& pipeline, const Plan& made);

/// Whether the pipeline would still do what was planned, and nothing else.
/// Fails: names the step whose key has moved, and what it is made of has changed; a step that would
/// run and was not planned; a hole that promises something else.
[[nodiscard]] Result<> still_fits(const SavedPlan& saved, const AnyTerm& pipeline,
                                  const EngineOptions& options = {});

/// As docs/saved-plans.md describes it.
[[nodiscard]] std::string to_json(const SavedPlan& plan);
[[nodiscard]] Result<SavedPlan> saved_plan_from_json(std::string_view text);

}  // namespace oche
