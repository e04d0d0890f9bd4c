// hands.cpp - what an engine leaves to others, kept until it is its turn.
// Layer: testing.
// SPDX-License-Identifier: Apache-2.0
#include "testing/hands.hpp"

#include <algorithm>
#include <iterator>

namespace oche::testing {

using detail::RunningAttempt;

void Hands::later(Line line, std::string /*name*/, std::function<void()> work) {
  if (!is_closed_) lines_[static_cast<std::size_t>(line)].push_back(std::move(work));
}

void Hands::begun(std::shared_ptr<RunningAttempt> attempt) {
  const std::int64_t id = attempt->id();
  playing_[id] = {.attempt = std::move(attempt), .began = clock_.steady()};
  new_.push_back(id);
}

void Hands::cancelled(const RunningAttempt& attempt) {
  const auto found = playing_.find(attempt.id());
  if (found == playing_.end() || found->second.cancelled) return;
  found->second.cancelled = clock_.steady();
  decide(found->second);
}

void Hands::end_all() {
  is_closed_ = true;
  lines_ = {};
  new_.clear();
  while (!playing_.empty())
    end(playing_.begin()->first, std::nullopt);
}

void Hands::ask_scripts() {
  while (!new_.empty()) {
    const std::int64_t id = new_.front();
    new_.erase(new_.begin());
    const auto found = playing_.find(id);
    if (found == playing_.end()) continue;
    const detail::Work& work = found->second.attempt->work();
    const std::string label(work.term.node()->label());
    const End end = scripts_.next(work.path, label, work.name(), clock_.now());
    found->second.end = end;
    decide(found->second);
  }
}

/// When and why it ends, as things are now.
void Hands::decide(Playing& playing) {
  const std::int64_t id = playing.attempt->id();
  if (playing.due) due_.erase({*playing.due, id});
  playing.due.reset();
  playing.is_stopped = false;
  if (playing.end && playing.end->how() != End::How::never) {
    playing.due = playing.began + playing.end->duration();
  }
  if (playing.cancelled) {
    const bool obeys = !playing.end || !playing.end->ignores_cancel();
    const bool is_command = playing.attempt->work().command != nullptr;
    const auto grace = playing.attempt->services().options.grace;
    const auto stopped = *playing.cancelled + (obeys ? Duration{} : grace);
    // Nobody can stop a function that does not look.
    if ((obeys || is_command) && (obeys || !playing.due || stopped < *playing.due)) {
      playing.due = stopped;
      playing.is_stopped = true;
    }
  }
  if (playing.due) due_.emplace(*playing.due, id);
}

bool Hands::work(Line line) {
  auto& waiting = lines_[static_cast<std::size_t>(line)];
  if (waiting.empty()) return false;
  const bool in_order = line == Line::lookups;  // there, one thread does one after the other
  const std::size_t which = in_order ? 0 : chance_.of(waiting.size());
  const auto place = waiting.begin() + static_cast<std::ptrdiff_t>(which);
  const std::function<void()> work = std::move(*place);
  waiting.erase(place);
  work();
  return true;
}

bool Hands::end_due() {
  const auto now = clock_.steady();
  std::vector<std::int64_t> ids;
  for (auto due = due_.begin(); due != due_.end() && due->first <= now; ++due)
    ids.push_back(due->second);
  if (ids.empty()) return false;
  if (chance_.is_random()) ids = {ids[chance_.of(ids.size())]};
  for (const std::int64_t id : ids) {
    const auto found = playing_.find(id);
    if (found == playing_.end()) continue;
    const Playing& playing = found->second;
    end(id, playing.is_stopped ? std::nullopt : playing.end);
  }
  return true;
}

std::optional<std::chrono::nanoseconds> Hands::next_due() const {
  if (due_.empty()) return std::nullopt;
  return due_.begin()->first;
}

std::vector<std::string> Hands::paths() const {
  std::vector<std::string> all;
  for (const auto& [id, playing] : playing_)
    all.push_back(playing.attempt->work().path);
  return all;
}

bool Hands::end(const Digest& key, const End& how) {
  for (const auto& [id, playing] : playing_) {
    if (playing.attempt->work().key != key) continue;
    end(id, how);
    return true;
  }
  return false;
}

/// Without `how`: it was cancelled. What cannot end as it is told goes on until `finish`.
void Hands::end(std::int64_t id, const std::optional<End>& how) {
  Playing& playing = playing_.at(id);
  if (playing.due) due_.erase({*playing.due, id});
  playing.due.reset();
  const std::shared_ptr<RunningAttempt> attempt = playing.attempt;
  if (how) {
    play(*attempt, *how);
  } else {
    attempt->end({.failure = Failure{.what = "cancelled", .kind = FailureClass::cancelled}});
  }
  playing_.erase(id);
}

}  // namespace oche::testing
