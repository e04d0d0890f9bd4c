// oracle.cpp - every choice of a small pipeline, tried.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/oracle.hpp"

#include <oche/base/value.hpp>
#include <oche/term/payload.hpp>

#include <algorithm>

namespace oche::tests {

using Can = Oracle::Can;

Oracle::Oracle(const Graph& graph, const std::set<NodeId>& asked, Options options)
    : graph_(graph), asked_(asked), options_(options) {}

/// 0 is always what is wished for.
int Oracle::choose(int count) {
  if (count == 1) return 0;
  if (next_ == answers_.size()) answers_.emplace_back(0, count);
  return answers_[next_++].first;
}

int Oracle::decide(NodeId node, int count, bool is_value) {
  if (is_replay_) {
    if (is_value) return no_.contains(node) ? count - 1 : 0;
    return 0;
  }
  const int answer = choose(count);
  if (is_value && count > 1 && answer == count - 1) ++wrong_;
  return answer;
}

void Oracle::run() {
  next_ = 0;
  wrong_ = 0;
  memo_.clear();
  values_.clear();
  ran_.clear();
  times_.clear();
  eval(nullptr, graph_.root());
}

bool Oracle::explore() {
  answers_.clear();
  for (std::size_t count = 0; count < options_.most_runs; ++count) {
    run();
    if (each_run) each_run(times_);
    for (const NodeId node : ran_) {
      const auto [entry, is_new] = runs.emplace(node, wrong_);
      entry->second = std::min(entry->second, wrong_);
    }
    answers_.resize(next_);
    while (!answers_.empty() && answers_.back().first + 1 == answers_.back().second)
      answers_.pop_back();
    if (answers_.empty()) return true;
    ++answers_.back().first;
  }
  return false;
}

std::set<NodeId> Oracle::replay(const Script& own, const std::set<NodeId>& no) {
  is_replay_ = true;
  script_ = own;
  no_ = no;
  run();
  is_replay_ = false;
  return ran_;
}

const Oracle::Frame* Oracle::frame(const Frame* up, TemplateId of, int number) {
  auto& made = frames_[{{up, of}, number}];
  if (!made) made = std::make_unique<Frame>(Frame{up, of, number});
  return made.get();
}

Oracle::Seen Oracle::eval(const Frame* at, NodeId node) {
  while ((at == nullptr ? 0 : at->of) != graph_.template_of(node))
    at = at->up;
  const Key key{at, node};
  if (const auto found = memo_.find(key); found != memo_.end()) return found->second;
  Seen seen = compute(at, node);
  if (seen.maker.second == no_node) seen.maker = key;
  return memo_[key] = seen;
}

Can Oracle::together(const std::vector<Seen>& inputs) {
  for (const Can worst : {Can::failed, Can::active, Can::skipped})
    for (const Seen& one : inputs)
      if (one.can == worst) return worst;
  return Can::ok;
}

Can Oracle::successes(const std::vector<Seen>& inputs) {
  bool is_ok = inputs.empty();
  for (const Seen& one : inputs)
    is_ok = is_ok || one.can == Can::ok;
  const Can all = together(inputs);
  return all == Can::skipped && is_ok ? Can::ok : all;
}

Oracle::Seen Oracle::own(const Frame*, NodeId node, const std::vector<Seen>& inputs,
                         const std::vector<Can>& choices) {
  if (const Can before = together(inputs); before != Can::ok) return {before};
  ran_.insert(node);
  ++times_[node];
  std::vector<Can> left = choices;
  if (asked_.contains(node)) {
    left.erase(left.begin());
    if (left.empty()) left.push_back(Can::failed);
    if (is_replay_) return {left.front()};
    return {left[static_cast<std::size_t>(choose(static_cast<int>(left.size())))]};
  }
  if (is_replay_) {
    const auto found = script_.find(node);
    return {found == script_.end() ? left.front() : found->second};
  }
  const int answer = decide(node, static_cast<int>(left.size()), false);
  if (answer > 0) ++wrong_;
  return {left[static_cast<std::size_t>(answer)]};
}

bool Oracle::is_true(const Key& maker) {
  if (const auto found = values_.find(maker); found != values_.end()) return found->second == 0;
  if (graph_.kind(maker.second) == Kind::constant)
    return static_cast<const detail::Value*>(graph_.term(maker.second).payload)->as<bool>();
  return (values_[maker] = options_.no_skips ? 0 : decide(maker.second, 2, true)) == 0;
}

int Oracle::size(const Key& maker) {
  if (graph_.kind(maker.second) == Kind::constant) {
    const auto& value = *static_cast<const detail::Value*>(graph_.term(maker.second).payload);
    return static_cast<int>(value.as<std::vector<int>>().size());
  }
  if (const auto found = values_.find(maker); found != values_.end()) return found->second;
  constexpr int sizes[] = {1, 2, 0};
  const int answer = decide(maker.second, options_.no_empties ? 2 : 3, true);
  // Without empty lists the last answer is no deviation.
  if (options_.no_empties && answer == 1 && !is_replay_) --wrong_;
  return values_[maker] = sizes[options_.no_empties && is_replay_ ? 0 : answer];
}

Oracle::Seen Oracle::list(const Frame* at, NodeId node) {
  const TemplateId of = graph_.owned_template(node);
  const Template& made = graph_.templates()[of];
  const Seen whole = eval(at, graph_.inputs(made.expand)[0]);
  if (whole.can != Can::ok) return {whole.can};
  int count = size(whole.maker);
  if (graph_.kind(node) == Kind::option_map) count = std::min(count, 1);
  std::vector<Seen> items;
  for (int i = 0; i < count; ++i)
    items.push_back(eval(frame(at, of, i), made.body));
  const bool is_iter = graph_.kind(node) == Kind::list_iter;
  return {is_iter ? successes(items) : together(items),
          is_iter ? Key{nullptr, no_node} : whole.maker};
}

Oracle::Seen Oracle::compute(const Frame* at, NodeId node) {
  const auto in = graph_.inputs(node);
  const Kind kind = graph_.kind(node);
  std::vector<Seen> inputs;
  const bool is_lazy = kind == Kind::only_if || kind == Kind::or_else || kind == Kind::list_map ||
                       kind == Kind::list_iter || kind == Kind::option_map;
  for (std::size_t i = 0; i < in.size() && !is_lazy; ++i)
    inputs.push_back(eval(at, in[i]));
  switch (kind) {
    case Kind::failed:
      return {Can::failed};
    case Kind::pending:
      return {Can::active};
    case Kind::input:
      if (static_cast<const detail::InputPayload*>(graph_.term(node).payload)
              ->source->is_immediate())
        return {Can::ok};
      return own(at, node, inputs, {Can::ok, Can::failed, Can::active});
    case Kind::map:
    case Kind::fold:
      return own(at, node, inputs, {Can::ok, Can::failed});
    case Kind::step:
    case Kind::command:
      return own(at, node, inputs, {Can::ok, Can::failed, Can::active});
    case Kind::dynamic:
      return own(at, node, inputs, {Can::ok, Can::failed, Can::active, Can::skipped});
    case Kind::approve: {
      Seen seen = own(at, node, inputs, {Can::ok, Can::active});
      seen.maker = inputs[0].maker;
      return seen;
    }
    case Kind::map_error:
      return inputs[0];
    case Kind::zip:
    case Kind::collect:
      return {together(inputs)};
    case Kind::all:
      return {successes(inputs)};
    case Kind::gate: {
      const Can controls = together({inputs.begin() + 1, inputs.end()});
      return controls != Can::ok ? Seen{controls} : inputs[0];
    }
    case Kind::only_if: {
      const Seen condition = eval(at, in[0]);
      if (condition.can != Can::ok) return {condition.can};
      return is_true(condition.maker) ? eval(at, in[1]) : Seen{Can::skipped};
    }
    case Kind::or_else: {
      const Seen first = eval(at, in[0]);
      Seen seen = first.can == Can::failed ? eval(at, in[1]) : first;
      seen.maker = {nullptr, no_node};
      return seen;
    }
    case Kind::attempt:
      return {inputs[0].can == Can::failed ? Can::ok : inputs[0].can};
    case Kind::state_of:
      return {Can::ok};
    case Kind::advisory:
      return {inputs[0].can == Can::active ? Can::active : Can::ok};
    case Kind::list_map:
    case Kind::list_iter:
    case Kind::option_map:
      return list(at, node);
    default:
      return {Can::ok};
  }
}

}  // namespace oche::tests
