// follow.cpp - values that come faster than rounds: the newest counts, but a fold gets each.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/inputs/folds.hpp"
#include "engine/inputs/input_table.hpp"

#include <iterator>
#include <utility>

namespace oche::detail {

/// The present value of an immediate source, and a way to hear of those that come after it.
Result<Value> InputTable::first_of(Input& input, std::function<void()> notify) {
  input.values = input.source->follow(notify);
  if (!input.values) {
    input.unsubscribe = input.source->subscribe(std::move(notify));
    return input.source->read();
  }
  std::vector<Value> came = input.values->take();
  Value first = std::move(came.front());
  // Whatever came since then is told of by a call of `notify`, too; but it has been taken already.
  input.waiting_values.assign(std::make_move_iterator(came.begin() + 1),
                              std::make_move_iterator(came.end()));
  if (!input.waiting_values.empty()) full_.push_back(input.source.get());
  return first;
}

void InputTable::receive(Input& input) {
  std::vector<Value> came = input.values->take();
  if (came.empty()) return;
  if (!input.is_folded && input.waiting_values.empty()) return take(input, std::move(came.back()));
  if (input.waiting_values.empty()) full_.push_back(input.source.get());
  for (Value& value : came)
    input.waiting_values.push_back(std::move(value));
}

bool InputTable::hand_over() {
  if (full_.empty()) return false;
  for (Source* const source : std::exchange(full_, {})) {
    Input& input = *inputs_.at(source);  // dropping it takes it off the list
    Value next = std::move(input.waiting_values.front());
    input.waiting_values.pop_front();
    if (!input.waiting_values.empty()) full_.push_back(source);
    take(input, std::move(next));
  }
  return true;
}

void InputTable::fold(Source* source) {
  if (const auto found = inputs_.find(source); found != inputs_.end()) {
    found->second->is_folded = true;
  }
}

void InputTable::expect(const AnyTerm& term) {
  const bool is_immediate = source_of(*term.node())->is_immediate();
  if (!is_immediate || closed_) return;  // of others only what is read is known
  Input& input = input_of(term);
  input.is_folded = true;
  if (input.askers.empty()) expected_.push_back(input.source.get());
}

void InputTable::end_expecting() {
  for (Source* const source : std::exchange(expected_, {})) {
    const auto found = inputs_.find(source);
    if (found != inputs_.end() && found->second->askers.empty() && !closed_) drop(*found->second);
  }
}

}  // namespace oche::detail
