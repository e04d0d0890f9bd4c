// trial.cpp - one random pipeline with one random history, compared with evaluation from scratch.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/trial.hpp"

#include <fmt/ranges.h>

namespace oche::tests {
namespace {

/// What is seen of a cell, in words, so that a difference can be read.
std::string tell(const Naive::Seen& seen, const Type& type, bool is_needed) {
  std::string text;
  switch (seen.status) {
    case Status::unborn:
      text = "unborn";
      break;
    case Status::ok:
      text = seen.stale ? "stale " : "ok ";
      if (is_needed || type.shape == Shape::unit) text += print(seen.value);
      break;
    case Status::skipped:
      text = "skipped " + seen.reason;
      break;
    case Status::active:
      text = "active " + std::to_string(static_cast<int>(seen.phase));
      break;
    case Status::failed:
      text = "failed " + render(*seen.failure);
      for (const std::string& cause : seen.causes)
        text += " <- " + cause;
      if (seen.more) text += " and more";
      break;
  }
  return seen.origin.empty() ? text : text + " @" + seen.origin;
}

Naive::Seen seen_of(const Rounds& rounds, CellId cell) {
  const CellOutcome outcome = rounds.outcome(cell);
  Naive::Seen seen;
  seen.status = outcome.status;
  seen.phase = outcome.phase;
  seen.value = outcome.value;
  seen.failure = outcome.failure;
  seen.reason = outcome.reason;
  seen.stale = outcome.stale;
  if (outcome.origin != detail::no_cell) seen.origin = rounds.path_of(outcome.origin);
  for (const CellId cause : rounds.causes(cell))
    seen.causes.push_back(rounds.path_of(cause));
  seen.more = rounds.has_more_causes(cell);
  return seen;
}

}  // namespace

std::string Trial::run() {
  for (int round = 0; round < 14; ++round) {
    if (round > 0) play_.next();
    naive_.advance(is_wanted_);
    ++rounds_;
    if (std::string difference = compare(round % 3 == 0); !difference.empty())
      return fmt::format("round {}: {}", round, difference);
    happen();
  }
  return {};
}

std::string Trial::compare(bool all_cells) {
  if (!play_.rounds.is_quiet()) return "something is left to do";
  if (std::string difference = compare_asking(); !difference.empty()) return difference;
  if (std::string difference = compare_counts(); !difference.empty()) return difference;
  if (std::string difference = compare_folds(); !difference.empty()) return difference;
  std::vector<CellId> once(play_.rounds.evaluated().begin(), play_.rounds.evaluated().end());
  std::sort(once.begin(), once.end());
  if (std::adjacent_find(once.begin(), once.end()) != once.end()) return "evaluated twice";
  if (!all_cells) {
    const bool wanted = play_.rounds.root().wanted;
    if (wanted != (naive_.root() != nullptr)) return "the root is wanted by one only";
    return wanted ? compare_cell(play_.rounds.root_cell(), *naive_.root()) : std::string();
  }
  return compare_wanted();
}

std::string Trial::compare_folds() const {
  for (const auto& [path, fold] : naive_.folded) {
    const auto known = play_.script.folded_states.find(path);
    if (known == play_.script.folded_states.end()) return "not folded: " + path;
    if (print(known->second.last) + " -> " + print(known->second.state) != fold)
      return "folded differently: " + path;
  }
  if (play_.script.folded_states.size() != naive_.folded.size()) return "folded too much";
  return {};
}

std::string Trial::compare_wanted() {
  std::size_t wanted = 0;
  for (const CellId cell : play_.rounds.live()) {
    if (!play_.rounds.outcome(cell).wanted) continue;
    ++wanted;
    const std::string path = play_.rounds.path_of(cell);
    const auto known = naive_.wanted.find(path);
    if (known == naive_.wanted.end()) return "wanted: " + path;
    if (std::string difference = compare_cell(cell, known->second); !difference.empty())
      return difference;
    if (play_.rounds.cell_of(path) != cell) return "not found by its path: " + path;
  }
  if (wanted != naive_.wanted.size())
    return fmt::format("{} cells are wanted, not {}", wanted, naive_.wanted.size());
  return {};
}

std::string Trial::compare_cell(CellId cell, const Naive::Seen& expected) {
  ++cells_;
  const Asker who = play_.rounds.asker(cell);
  const Type& type = *who.graph->term(who.node).type;
  const Naive::Seen seen = seen_of(play_.rounds, cell);
  const bool is_expand = who.graph->kind(who.node) == Kind::expand;
  // What nobody reads is not made; then its value is that of any success.
  const bool is_needed = !is_expand && seen.value && &seen.value.type() != &type_of<Unit>;
  const std::string a = tell(seen, type_of<Unit>, is_needed || type.shape == Shape::unit);
  const std::string b = tell(expected, type_of<Unit>, is_needed || type.shape == Shape::unit);
  const bool is_ok = seen.status == Status::ok && expected.status == Status::ok;
  if (a == b || (is_ok && !is_needed && seen.stale == expected.stale)) return {};
  return fmt::format("{} is {}, not {}", play_.rounds.path_of(cell), a, b);
}

/// Nobody has a job who is not wanted or whose inputs are not ok, and everybody else has one.
std::string Trial::compare_asking() {
  std::map<std::string, Naive::Asking> asking;
  for (const auto& [cell, key] : play_.script.asked)
    if (!play_.rounds.is_alive(cell))
      return "has a job, and is gone: " + key;
    else
      asking[play_.rounds.path_of(cell)] = {key, play_.script.undecided.contains(cell),
                                            play_.script.held.contains(cell)};
  if (asking == naive_.asking) return {};
  std::string text = "asking:";
  for (const auto& [path, one] : asking)
    if (!naive_.asking.contains(path) || !(naive_.asking[path] == one))
      text += fmt::format(" {} {} {} {}", path, one.key, one.undecided, one.held);
  text += ", not";
  for (const auto& [path, one] : naive_.asking)
    if (!asking.contains(path) || !(asking[path] == one))
      text += fmt::format(" {} {} {} {}", path, one.key, one.undecided, one.held);
  return text;
}

/// A viewer that looks only at what is said to have changed sees what is.
std::string Trial::compare_counts() {
  for (const CellId cell : play_.rounds.changed())
    viewer_[cell] = play_.rounds.state(cell);
  std::array<std::uint32_t, state_count> counts = {};
  for (const CellId cell : play_.rounds.steps()) {
    const State state = play_.rounds.state(cell);
    ++counts[static_cast<std::size_t>(state)];
    const auto known = viewer_.find(cell);
    if (state != State::not_wanted && (known == viewer_.end() || known->second != state))
      return "changed unseen: " + play_.rounds.path_of(cell);
  }
  return counts == play_.rounds.counts()
             ? std::string()
             : fmt::format("counts are {}, not {}", play_.rounds.counts(), counts);
}

void Trial::happen() {
  for (std::size_t i = 1 + chance_.below(3); i > 0; --i) {
    switch (chance_.below(10)) {
      case 0:
      case 1:
      case 2:
      case 3:
        tell_jobs();
        break;
      case 4:
        approve_some();
        break;
      case 5:
        if (chance_.one_in(6)) play_.rounds.want(is_wanted_ = !is_wanted_);
        break;
      default:
        pipeline_.change(play_.script);
        break;
    }
  }
}

void Trial::tell_jobs() {
  for (std::size_t i = chance_.one_in(4) ? 40 : 1; i > 0; --i) {
    std::vector<std::string> keys;
    for (const auto& [cell, key] : play_.script.asked)
      keys.push_back(key);
    if (keys.empty()) return;
    const std::string key = chance_.of(keys);
    switch (chance_.below(6)) {
      case 0:
        play_.script.tell(key, fails("boom" + std::to_string(chance_.below(2))));
        break;
      case 1:
        play_.script.tell(key, active(static_cast<Phase>(chance_.below(3))));
        break;
      default:
        play_.script.tell(key, ok(chance_.number(12)));
        break;
    }
  }
}

void Trial::approve_some() {
  for (const CellId cell : play_.rounds.live()) {
    const Asker who = play_.rounds.asker(cell);
    if (who.graph->kind(who.node) != Kind::approve || !chance_.one_in(2)) continue;
    play_.script.approved.insert(play_.rounds.path_of(cell) + "=" +
                                 std::to_string(chance_.number(12)));
    play_.rounds.touch(cell);
  }
}

}  // namespace oche::tests
