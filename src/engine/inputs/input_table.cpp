// input_table.cpp - what the world outside says, read when it is wanted and when it changes.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/inputs/input_table.hpp"

#include "engine/inputs/read_source.hpp"

#include <utility>

namespace oche::detail {

JobAnswer InputTable::ask(AskerId asker, const AnyTerm& term) {
  const Node& node = *term.node();
  const auto& payload = *static_cast<const InputPayload*>(node.payload);
  const auto [place_of, is_new] = inputs_.try_emplace(payload.source.get());
  if (is_new) {
    place_of->second = std::make_unique<Input>();
    Input& input = *place_of->second;
    input.source = payload.source;
    input.name = node.label();
    input.where = place(node.where);
    subscribe(input);
  }
  Input& input = *place_of->second;
  if (asked_.emplace(asker, &input).second) input.askers.push_back(asker);
  return answer(input);
}

JobAnswer InputTable::answer(const Input& input) {
  if (input.value) {
    return {.kind = JobAnswer::Kind::ok, .value = input.value, .stale = input.failure != nullptr};
  }
  if (input.failure) return {.kind = JobAnswer::Kind::failed, .failure = input.failure};
  return {.phase = Phase::running};
}

void InputTable::subscribe(Input& input) {
  Source* const source = input.source.get();
  auto notify = [this, source, &inbox = services_.inbox] {
    inbox.post([this, source] { changed(source); });
  };
  if (source->is_immediate()) {
    input.unsubscribe = source->subscribe(std::move(notify));
    return take(input, read_source(*source));
  }
  input.busy = true;
  ++reading_;
  services_.readers.submit("subscribing to " + input.name, [this, held = input.source,
                                                            notify = std::move(notify),
                                                            &inbox = services_.inbox] {
    std::function<void()> unsubscribe;
    Result<Value> result = Failure{};
    try {
      unsubscribe = held->subscribe(notify);
      result = read_source(*held);
    } catch (const std::exception& error) {
      result = Failure{.what = error.what(), .kind = FailureClass::errored};
    }
    inbox.post([this, held, unsubscribe = std::move(unsubscribe), result = std::move(result)] {
      if (const auto found = inputs_.find(held.get()); found != inputs_.end()) {
        found->second->unsubscribe = unsubscribe;
      }
      was_read(held.get(), result);
    });
  });
}

void InputTable::changed(Source* source) {
  const auto found = inputs_.find(source);
  if (found == inputs_.end()) return;
  Input& input = *found->second;
  if (source->is_immediate()) return take(input, read_source(*source));
  if (input.busy) {
    input.again = true;
  } else {
    read(input);
  }
}

void InputTable::read(Input& input) {
  input.busy = true;
  input.again = false;
  ++reading_;
  services_.readers.submit("reading " + input.name,
                           [this, held = input.source, &inbox = services_.inbox] {
                             inbox.post([this, held, result = read_source(*held)] {
                               was_read(held.get(), result);
                             });
                           });
}

void InputTable::was_read(Source* source, Result<Value> result) {
  --reading_;
  const auto found = inputs_.find(source);
  if (found == inputs_.end()) return;
  Input& input = *found->second;
  input.busy = false;
  if (input.askers.empty()) return drop(source);  // nobody wants it any more
  take(input, std::move(result));
  if (input.again) read(input);
}

void InputTable::take(Input& input, Result<Value> result) {
  if (result.is_ok()) {
    input.failure.reset();
    input.value = std::move(result).value();
  } else {
    Failure failure = result.failure();
    if (failure.where.empty()) failure.where = input.where;
    if (input.value) {
      Event warning;
      warning.what = Event::What::warning;
      warning.at = services_.clock->now();
      warning.path = input.name;
      warning.text = failure.what;
      services_.events->add(std::move(warning));
    }
    input.failure = std::make_shared<const Failure>(std::move(failure));
  }
  for (const AskerId& asker : input.askers) asker.host->touch(asker.cell);
}

void InputTable::leave(AskerId asker) {
  const auto found = asked_.find(asker);
  if (found == asked_.end()) return;
  Input& input = *found->second;
  asked_.erase(found);
  std::erase(input.askers, asker);
  if (input.askers.empty() && !input.busy) drop(input.source.get());
}

void InputTable::drop(Source* source) {
  const auto found = inputs_.find(source);
  const std::unique_ptr<Input> input = std::move(found->second);
  inputs_.erase(found);
  if (!input->unsubscribe) return;
  if (source->is_immediate()) return input->unsubscribe();
  services_.readers.submit("unsubscribing from " + input->name,
                           [held = input->source, end = std::move(input->unsubscribe)] { end(); });
}

void InputTable::close() {
  for (const auto& [source, input] : inputs_) {
    if (input->unsubscribe) input->unsubscribe();
  }
  inputs_.clear();
  asked_.clear();
}

}  // namespace oche::detail
