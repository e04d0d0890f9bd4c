// rounds_world.hpp - what the benchmarks of rounds share: jobs that end at once.
// Layer: bench.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/rounds/rounds.hpp"
#include "report.hpp"
#include <oche/term/payload.hpp>
#include <oche/term/step_payload.hpp>
#include <oche/term/term.hpp>

#include <fmt/core.h>

#include <algorithm>
#include <ctime>
#include <limits>
#include <string_view>

namespace bench {

using namespace oche;

using detail::Asker;
using detail::CellId;
using detail::JobAnswer;
using detail::Rounds;
using detail::Value;

inline constexpr int million = 1'000'000;

inline constexpr const Type* no_parameters[1] = {};
inline constexpr detail::Role keyed[2] = {};
inline constexpr detail::StepKind some_step = {.call = nullptr,
                                               .result = &type_of<int>,
                                               .parameters = no_parameters,
                                               .roles = keyed,
                                               .count = 1};

inline Term<int> work(const Term<int>& x, Where where = Where::current()) {
  AnyTerm inputs[] = {x};
  return detail::typed<int>(detail::make_step(where, some_step, "work", nullptr, inputs));
}
inline int next_number(int x) { return x + 1; }

inline JobAnswer ok(int value) {
  JobAnswer answer;
  answer.kind = JobAnswer::Kind::ok;
  answer.value = Value::make(int{value});
  return answer;
}
inline JobAnswer broken() {
  JobAnswer answer;
  answer.kind = JobAnswer::Kind::failed;
  answer.failure = std::make_shared<const Failure>(Failure{"broken"});
  return answer;
}
inline JobAnswer running() {
  JobAnswer answer;
  answer.phase = Phase::running;
  return answer;
}

/// Every job is done at once, its result is its argument; or all are running. One may differ.
class Jobs final : public detail::JobsSide {
 public:
  bool are_done = true;
  CellId changed_cell = detail::no_cell;
  JobAnswer changed;
  std::optional<JobAnswer> input;  ///< instead of what the source says
  std::size_t left = 0;

  JobAnswer ask(const Asker& who, std::span<const Value> arguments) override {
    if (who.cell == changed_cell) return changed;
    if (!are_done) return running();
    JobAnswer answer;
    answer.kind = JobAnswer::Kind::ok;
    answer.value = arguments[0];
    return answer;
  }
  void leave(const Asker&, bool) override { ++left; }
  JobAnswer ask_input(const Asker& who) override {
    if (input) return *input;
    JobAnswer answer;
    answer.kind = JobAnswer::Kind::ok;
    answer.value = static_cast<const detail::InputPayload*>(who.graph->term(who.node).payload)
                       ->source->read()
                       .value();
    return answer;
  }
  void leave_input(const Asker&) override {}
  bool is_approved(const Asker&, const Value&) override { return true; }
  std::optional<Folded> folded(const Asker&) override { return std::nullopt; }
  void fold(const Asker&, const Value&, const Value&) override {}
};

}  // namespace bench
