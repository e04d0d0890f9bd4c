// necessary.cpp - the steps that must have succeeded before a step can begin.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/necessary.hpp"

#include <algorithm>
#include <set>
#include <utility>

// An `all` is content with what was skipped, as long as one of its inputs was not: of what stands
// in one, only what cannot be skipped is necessary. Everything else needs all its inputs.

namespace oche::detail {

namespace {

Kind kind_of(const Rounds& rounds, CellId cell) {
  const Asker asker = rounds.asker(cell);
  return asker.graph->kind(asker.node);
}

}  // namespace

/// What its outcome needs the success of.
std::vector<CellId> Necessary::before(CellId cell) const {
  switch (kind_of(rounds_, cell)) {
    case Kind::attempt:
    case Kind::advisory:
    case Kind::state_of:
    case Kind::or_else:
    case Kind::dynamic:
      return {};
    case Kind::item:
      return rounds_.reads(cell);
    case Kind::expand: {
      // Beside the list stands what its items read.
      std::vector<CellId> inputs = rounds_.inputs(cell);
      inputs.resize(std::min<std::size_t>(inputs.size(), 1));
      return inputs;
    }
    case Kind::list_map:
    case Kind::list_iter:
    case Kind::option_map:
      return rounds_.reads(cell);
    default:
      return rounds_.inputs(cell);
  }
}

bool Necessary::can_be_skipped(CellId cell) {
  // Inputs first: a cell is looked at again once all that stands before it is known.
  std::vector<CellId> open{cell};
  while (!open.empty()) {
    const CellId one = open.back();
    if (skipped_.contains(one)) {
      open.pop_back();
      continue;
    }
    const Kind kind = kind_of(rounds_, one);
    if (kind == Kind::only_if || kind == Kind::or_else || kind == Kind::dynamic ||
        kind == Kind::attempt || kind == Kind::option_map) {
      skipped_[one] = true;
      open.pop_back();
      continue;
    }
    const std::vector<CellId> inputs = before(one);
    const std::size_t size = open.size();
    for (const CellId input : inputs)
      if (!skipped_.contains(input)) open.push_back(input);
    if (open.size() > size) continue;
    const auto is_skipped = [&](CellId input) { return skipped_.at(input); };
    const bool needs_one = kind == Kind::all || kind == Kind::list_iter;
    skipped_[one] = needs_one
                        ? !inputs.empty() && std::all_of(inputs.begin(), inputs.end(), is_skipped)
                        : std::any_of(inputs.begin(), inputs.end(), is_skipped);
    open.pop_back();
  }
  return skipped_.at(cell);
}

std::vector<CellId> Necessary::of(CellId step) {
  std::vector<CellId> found;
  std::set<CellId> seen;
  std::vector<CellId> open = rounds_.inputs(step);
  while (!open.empty()) {
    const CellId cell = open.back();
    open.pop_back();
    if (!seen.insert(cell).second) continue;
    const Kind kind = kind_of(rounds_, cell);
    if (is_job(kind)) {
      found.push_back(cell);
      continue;
    }
    const bool is_content = kind == Kind::all || kind == Kind::list_iter;
    for (const CellId input : before(cell))
      if (!is_content || !can_be_skipped(input)) open.push_back(input);
  }
  return found;
}

}  // namespace oche::detail
