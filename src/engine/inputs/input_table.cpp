// input_table.cpp - what the world outside says, read when it is wanted and when it changes.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/inputs/input_table.hpp"

#include "engine/inputs/folds.hpp"
#include "engine/inputs/read_source.hpp"
#include <oche/base/record.hpp>
#include <oche/term/timetable.hpp>

#include <utility>

namespace oche::detail {

JobAnswer InputTable::ask(AskerId asker, const AnyTerm& term, bool is_folded) {
  if (closed_ && !inputs_.contains(source_of(*term.node()))) return {.phase = Phase::ready};
  Input& input = input_of(term);
  input.is_folded |= is_folded;
  if (asked_.emplace(asker, &input).second) {
    input.askers.push_back(asker);
    if (input.busy) input.waiting.push_back(asker.host->wait());
  }
  return answer(input);
}

InputTable::Input& InputTable::input_of(const AnyTerm& term) {
  const Node& node = *term.node();
  const auto& payload = *static_cast<const InputPayload*>(node.payload);
  const auto [place_of, is_new] = inputs_.try_emplace(payload.source.get());
  if (is_new) {
    place_of->second = std::make_unique<Input>();
    Input& made = *place_of->second;
    made.source = payload.source;
    const auto* timed = dynamic_cast<const TimedSource*>(payload.source.get());
    if (timed != nullptr) made.table = &timed->table();
    made.name = node.label();
    made.where = place(node.where);
    subscribe(made);
  }
  return *place_of->second;
}

std::optional<InputTable::Stale> InputTable::stale(AskerId asker) const {
  const auto found = asked_.find(asker);
  if (found == asked_.end()) return std::nullopt;
  const Input& input = *found->second;
  if (!input.value || !input.failure) return std::nullopt;
  return Stale{input.failing_since, input.failure->what};
}

void InputTable::begin(Input& input) {
  input.busy = true;
  ++busy_;
  input.waiting.clear();
  for (const AskerId& asker : input.askers)
    input.waiting.push_back(asker.host->wait());
}

void InputTable::end(Input& input) {
  input.busy = false;
  --busy_;
  input.waiting.clear();
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
  if (input.table != nullptr) return read_clock(input);
  auto notify = [this, source, line = line_] { line->post([this, source] { changed(source); }); };
  if (source->is_immediate()) {
    return take(input, guarded([&] { return first_of(input, std::move(notify)); }));
  }
  begin(input);
  services_.readers.submit("subscribing to " + input.name,
                           [this, held = input.source, notify = std::move(notify), line = line_] {
                             std::function<void()> unsubscribe;
                             Result<Value> result = guarded([&] {
                               unsubscribe = held->subscribe(notify);
                               return held->read();
                             });
                             if (line->is_closed()) return end_subscription(unsubscribe);
                             line->post([this, held, unsubscribe, result = std::move(result)] {
                               if (closed_) return end_subscription(unsubscribe);
                               inputs_.at(held.get())->unsubscribe = unsubscribe;
                               was_read(held.get(), result);
                             });
                           });
}

void InputTable::changed(Source* source) {
  const auto found = inputs_.find(source);
  if (found == inputs_.end() || closed_) return;
  Input& input = *found->second;
  if (input.values) return receive(input);
  if (source->is_immediate()) return take(input, read_source(*source));
  if (input.busy) {
    input.again = true;
  } else {
    read(input);
  }
}

void InputTable::read(Input& input) {
  begin(input);
  input.again = false;
  services_.readers.submit("reading " + input.name, [this, held = input.source, line = line_] {
    line->post([this, held, result = read_source(*held)] {
      if (!closed_) was_read(held.get(), result);
    });
  });
}

void InputTable::was_read(Source* source, Result<Value> result) {
  Input& input = *inputs_.at(source);  // a busy one is never dropped
  end(input);
  if (input.askers.empty()) return drop(input);  // nobody wants it any more
  take(input, std::move(result));
  if (input.again) read(input);
}

void InputTable::take(Input& input, Result<Value> result) {
  if (result.is_ok()) {
    const bool is_new = input.value && !equal(input.value, result.value());
    input.failure.reset();
    input.value = std::move(result).value();
    if (is_new) report(input, Event::What::changed, {});
  } else {
    Failure failure = result.failure();
    if (failure.where.empty()) failure.where = input.where;
    if (input.value) report(input, Event::What::warning, failure.what);
    if (!input.failure) input.failing_since = services_.clock->now();
    input.failure = std::make_shared<const Failure>(std::move(failure));
  }
  for (const AskerId& asker : input.askers)
    asker.host->touch(asker.cell);
}

void InputTable::leave(AskerId asker) {
  const auto found = asked_.find(asker);
  if (found == asked_.end()) return;
  Input& input = *found->second;
  asked_.erase(found);
  std::erase(input.askers, asker);
  if (input.askers.empty() && !input.busy && !closed_) drop(input, asker.host);
}

/// `last` waits until nobody can call any more.
void InputTable::drop(Input& input, AskerHost* last) {
  Source* const source = input.source.get();
  if (source->is_immediate()) {
    end_timer(input);
    end_subscription(input.unsubscribe);
    std::erase(full_, source);
    inputs_.erase(source);
    return;
  }
  // What it says may change from now on without our knowing.
  input.value = {};
  input.failure.reset();
  begin(input);
  if (last != nullptr) input.waiting.push_back(last->wait());
  services_.readers.submit(
      "unsubscribing from " + input.name,
      [this, held = input.source, line = line_, end = std::exchange(input.unsubscribe, nullptr)] {
        end_subscription(end);
        line->post([this, held] {
          if (!closed_) was_dropped(held.get());
        });
      });
}

void InputTable::was_dropped(Source* source) {
  Input& input = *inputs_.at(source);
  end(input);
  input.again = false;
  if (input.askers.empty()) {
    inputs_.erase(source);
  } else {
    subscribe(input);  // wanted again meanwhile
  }
}

void InputTable::report(const Input& input, Event::What what, std::string text) {
  Event event;
  event.what = what;
  event.at = services_.clock->now();
  event.path = input.name;
  event.text = std::move(text);
  services_.events->add(std::move(event));
}

void InputTable::close() {
  closed_ = true;
  line_->close();
  busy_ = 0;
  full_.clear();
  for (const auto& [source, input] : inputs_) {
    end_timer(*input);
    input->waiting.clear();
    input->values.reset();
    end_subscription(std::exchange(input->unsubscribe, nullptr));
  }
}

}  // namespace oche::detail
