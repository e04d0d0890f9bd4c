// necessary.hpp - the steps that must have succeeded before a step can begin.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/rounds/rounds.hpp"

#include <unordered_map>
#include <vector>

namespace oche::detail {

/// Answers from rounds that have settled. Only the nearest ones: what those need is their matter.
class Necessary {
 public:
  /// `rounds` must outlive it.
  explicit Necessary(const Rounds& rounds) : rounds_(rounds) {}

  /// Steps and commands, in no order. Never too many; too few behind `or_else` and holes.
  /// Cost: what lies between it and them.
  [[nodiscard]] std::vector<CellId> of(CellId step);

 private:
  [[nodiscard]] std::vector<CellId> before(CellId cell) const;
  [[nodiscard]] bool can_be_skipped(CellId cell);

  const Rounds& rounds_;
  std::unordered_map<CellId, bool> skipped_;
};

}  // namespace oche::detail
