// evaluate_fold.cpp - state over successive values.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/world.hpp"

namespace oche::detail::rounds {

// A value is folded once: the state is stored together with the last value that went into it, when
// the round ends and only if the fold is wanted then.
Verdict World::evaluate_fold(InstanceId in, NodeId node, CellId id) {
  FoldSide& fold = *folds[cells[id].side];
  const Graph& of = *region_of(in).graph;
  const CellId input = source(in, of.inputs(node)[0]);
  fold.is_pending = false;
  Verdict verdict = copy(input);
  if (verdict.status != Status::ok) return verdict;
  const Node& term = of.term(node);
  const auto& payload = *static_cast<const FoldPayload*>(term.payload);
  if (!fold.is_loaded) {
    fold.is_loaded = true;
    fold.state = payload.initial;
    if (std::optional<JobsSide::Folded> stored = jobs.folded(asker(id))) {
      fold.state = std::move(stored->state);
      fold.last = std::move(stored->last);
    }
  }
  if (fold.last && equal(fold.last, verdict.value)) return Verdict::ok(fold.state);
  const void* const arguments[2] = {fold.state.data(), address(input)};
  try {
    fold.next_state = Value::make_in_place(*term.type, [&](void* at) {
      term.operation->call(payload.closure, arguments, 2, at);
      return true;
    });
  } catch (...) {
    return fail_by_throw(id, node);
  }
  fold.next_last = std::move(verdict.value);
  fold.is_pending = true;
  folding_.push_back(id);
  return Verdict::ok(fold.next_state);
}

void World::store_folds() {
  for (const CellId id : folding_) {
    if (!is_alive(id) || cells[id].wants == 0) continue;
    FoldSide& fold = *folds[cells[id].side];
    if (!fold.is_pending) continue;
    fold.is_pending = false;
    fold.state = fold.next_state;
    fold.last = std::move(fold.next_last);
    jobs.fold(asker(id), fold.state, fold.last);
  }
  folding_.clear();
}

}  // namespace oche::detail::rounds
