// script.hpp - a jobs side in which everything happens when a test says so, and a pipeline on it.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/rounds/rounds.hpp"
#include <oche/base/record.hpp>
#include <oche/term/payload.hpp>
#include <oche/term/step_payload.hpp>
#include <oche/term/term.hpp>

#include <fmt/core.h>

#include <algorithm>
#include <initializer_list>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace oche::tests {

using detail::Asker;
using detail::CellId;
using detail::CellOutcome;
using detail::JobAnswer;
using detail::Rounds;
using detail::Status;
using detail::Value;

inline constexpr const Type* no_parameters[8] = {};
inline constexpr detail::Role all_keyed[8] = {};
inline constexpr detail::StepKind scripted = {.call = nullptr,
                                              .result = &type_of<int>,
                                              .parameters = no_parameters,
                                              .roles = all_keyed,
                                              .count = 0};

/// A step whose results the test gives. `name` must be a literal.
inline Term<int> work(std::string_view name, const std::vector<AnyTerm>& inputs,
                      Where where = Where::current()) {
  std::vector<AnyTerm> list = inputs;
  return detail::typed<int>(detail::make_step(where, scripted, name, nullptr, list));
}

inline std::string print(const Value& value) {
  std::string text;
  if (value) detail::print(value.type(), value.data(), text);
  return text;
}

inline JobAnswer ok(int value) {
  JobAnswer answer;
  answer.kind = JobAnswer::Kind::ok;
  answer.value = Value::make(int{value});
  return answer;
}
inline JobAnswer fails(std::string what) {
  JobAnswer answer;
  answer.kind = JobAnswer::Kind::failed;
  answer.failure = std::make_shared<const Failure>(Failure{std::move(what)});
  return answer;
}
inline JobAnswer active(Phase phase) {
  JobAnswer answer;
  answer.phase = phase;
  return answer;
}

/// Jobs are known by `name(argument,…)`, approvals by `path=value`, folds by their path.
class Script final : public detail::JobsSide {
 public:
  Rounds* rounds = nullptr;
  std::map<std::string, JobAnswer> answers;
  std::map<CellId, std::string> asked;  ///< who has which job
  std::set<CellId> undecided;
  std::set<CellId> held;  ///< active, and asked with may_start false
  std::set<std::string> approved;
  std::map<std::string, Folded> folded_states;
  std::map<CellId, std::function<void()>> inputs;  ///< those read, and how to stop
  std::map<std::string, JobAnswer> input_answers;  ///< by label, instead of the source's
  std::vector<std::string> said;

  static std::string key_of(const Asker& who, std::span<const Value> arguments) {
    const auto* payload =
        static_cast<const detail::StepPayload*>(who.graph->term(who.node).payload);
    std::string key(payload->name);
    key += '(';
    for (std::size_t i = 0; i < arguments.size(); ++i)
      key += (i ? "," : "") + print(arguments[i]);
    return key + ')';
  }

  JobAnswer ask(const Asker& who, std::span<const Value> arguments) override {
    const std::string key = key_of(who, arguments);
    if (asked[who.cell] != key) said.push_back("ask " + key);
    asked[who.cell] = key;
    undecided.erase(who.cell);
    held.erase(who.cell);
    const auto known = answers.find(key);
    JobAnswer answer = known == answers.end() ? active(Phase::ready) : known->second;
    if (!who.may_start && answer.kind == JobAnswer::Kind::active) held.insert(who.cell);
    return answer;
  }
  void leave(const Asker& who, bool is_undecided) override {
    said.push_back((is_undecided ? "suspend " : "leave ") + asked.at(who.cell));
    if (is_undecided) {
      undecided.insert(who.cell);
      return;
    }
    asked.erase(who.cell);
    undecided.erase(who.cell);
    held.erase(who.cell);
  }
  /// The job of `key` is at this point now.
  void tell(const std::string& key, JobAnswer answer) {
    answers[key] = std::move(answer);
    for (const auto& [cell, its] : asked)
      if (its == key) rounds->touch(cell);
  }

  JobAnswer ask_input(const Asker& who) override {
    const auto& payload =
        *static_cast<const detail::InputPayload*>(who.graph->term(who.node).payload);
    if (!inputs.contains(who.cell))
      inputs[who.cell] =
          payload.source->subscribe([this, cell = who.cell] { rounds->touch(cell); });
    const auto scripted_answer = input_answers.find(std::string(who.graph->label(who.node)));
    if (scripted_answer != input_answers.end()) return scripted_answer->second;
    JobAnswer answer;
    answer.kind = JobAnswer::Kind::ok;
    answer.value = payload.source->read().value();
    return answer;
  }
  void leave_input(const Asker& who) override {
    inputs.at(who.cell)();
    inputs.erase(who.cell);
  }
  /// What an input answers instead of its source; nothing: its source again.
  void input_is(const std::string& label, std::optional<JobAnswer> answer) {
    if (answer)
      input_answers[label] = std::move(*answer);
    else
      input_answers.erase(label);
    for (const auto& [cell, stop] : inputs)
      if (const Asker who = rounds->asker(cell); who.graph->label(who.node) == label)
        rounds->touch(cell);
  }

  bool is_approved(const Asker& who, const Value& value) override {
    return approved.contains(rounds->path_of(who.cell) + "=" + print(value));
  }
  std::optional<Folded> folded(const Asker& who) override {
    const auto known = folded_states.find(rounds->path_of(who.cell));
    if (known == folded_states.end()) return std::nullopt;
    return known->second;
  }
  void fold(const Asker& who, const Value& state, const Value& last) override {
    said.push_back("fold " + print(last) + " -> " + print(state));
    folded_states[rounds->path_of(who.cell)] = {state, last};
  }
};

/// A pipeline on a script, wanted, after its first round.
class Play {
 public:
  Graph graph;
  Script script;
  Rounds rounds;

  explicit Play(const AnyTerm& term, detail::RoundsOptions options = {.trace = true})
      : graph(term), rounds(graph, script, options) {
    script.rounds = &rounds;
    rounds.want(true);
    rounds.advance();
  }
  Play(const Play&) = delete;

  /// The next round, then what it said to the script.
  std::vector<std::string> next() {
    script.said.clear();
    rounds.advance();
    return script.said;
  }
  std::vector<std::string> tell(const std::string& key, JobAnswer answer) {
    script.tell(key, std::move(answer));
    return next();
  }
  std::string root() { return show(rounds.root_cell()); }
  std::string at(std::string_view path) {
    const std::optional<CellId> cell = rounds.cell_of(path);
    return cell ? show(*cell) : "nowhere";
  }
  /// `ok 3`, `stale 3`, `failed: no space @build`, `running @build`, `skipped: not main @x`.
  std::string show(CellId cell) {
    const CellOutcome seen = rounds.outcome(cell);
    if (!seen.wanted) return "not wanted";
    const auto from = [&] { return " @" + rounds.path_of(seen.origin); };
    switch (seen.status) {
      case Status::unborn:
        return "unborn";
      case Status::ok:
        return (seen.stale ? "stale " : "ok ") + print(seen.value);
      case Status::skipped:
        return fmt::format("skipped: {}{}", seen.reason, from());
      case Status::failed:
        return fmt::format("{}: {}{}", to_string(seen.failure->kind), seen.failure->what, from());
      case Status::active: {
        static constexpr const char* words[] = {"ready", "running", "awaiting approval"};
        return words[static_cast<std::size_t>(seen.phase)] + from();
      }
    }
    return {};
  }
  std::vector<std::string> causes(CellId cell) {
    std::vector<std::string> paths;
    for (const CellId cause : rounds.causes(cell))
      paths.push_back(rounds.path_of(cause));
    return paths;
  }
  /// The titles of what the last round evaluated, in order; instances by their path.
  std::vector<std::string> evaluated() {
    std::vector<std::string> names;
    for (const CellId cell : rounds.evaluated()) {
      const Asker who = rounds.asker(cell);
      names.push_back(who.graph->template_of(who.node) == 0
                          ? std::string(who.graph->title(who.node))
                          : rounds.path_of(cell));
    }
    return names;
  }
};

using Strings = std::vector<std::string>;

}  // namespace oche::tests
