// support.hpp - a real engine in a folder of its own, and steps that a test holds in its hand.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/trees/support.hpp"
#include <oche/base/manual_clock.hpp>
#include <oche/engine/engine.hpp>
#include <oche/term/step.hpp>
#include <oche/term/step_payload.hpp>
#include <oche/term/term.hpp>

#include <catch2/catch.hpp>
#include <poll.h>

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace engine_tests {

using namespace oche;
using state_tests::Folder;

/// What steps, which may capture nothing, share with the test that runs: who has started how often,
/// who is to wait, and how each is to end.
class Board {
 public:
  /// The step's side. Gives the name back, or fails as the test has said.
  Result<std::string> run(const Job& job, const std::string& name) {
    std::unique_lock lock(mutex_);
    ++started_[name];
    changed_.notify_all();
    const auto is_free = [&] {
      return !held_.contains(name) || (job.cancelled() && !stubborn_.contains(name));
    };
    while (!is_free())
      changed_.wait_for(lock, std::chrono::milliseconds(2));
    ++ended_[name];
    changed_.notify_all();
    const bool gives_up = held_.contains(name) || quitters_.contains(name);
    if (gives_up && job.cancelled()) {
      return Failure{"stopped", FailureClass::cancelled};
    }
    if (const auto failure = failures_.find(name); failure != failures_.end()) {
      return failure->second;
    }
    const auto answer = answers_.find(name);
    return answer == answers_.end() ? name : answer->second;
  }

  // The test's side.
  void hold(const std::string& name, bool stubborn = false) {
    const std::lock_guard lock(mutex_);
    held_.insert(name);
    if (stubborn) stubborn_.insert(name);
  }
  /// However it was let go: if it was cancelled, it fails.
  void give_up(const std::string& name) {
    const std::lock_guard lock(mutex_);
    quitters_.insert(name);
  }
  void let_go(const std::string& name) {
    const std::lock_guard lock(mutex_);
    held_.erase(name);
    changed_.notify_all();
  }
  void fail(const std::string& name, Failure failure) {
    const std::lock_guard lock(mutex_);
    failures_[name] = std::move(failure);
  }
  void succeed(const std::string& name) {
    const std::lock_guard lock(mutex_);
    failures_.erase(name);
  }
  void answer(const std::string& name, const std::string& value) {
    const std::lock_guard lock(mutex_);
    answers_[name] = value;
  }
  [[nodiscard]] int started(const std::string& name) const {
    const std::lock_guard lock(mutex_);
    const auto found = started_.find(name);
    return found == started_.end() ? 0 : found->second;
  }
  /// Waits until a step has started `times` times; a test that waits too long has failed.
  void await_start(const std::string& name, int times = 1) { await(started_, name, times); }
  void await_end(const std::string& name, int times = 1) { await(ended_, name, times); }

  static std::shared_ptr<Board>& current() {
    static std::shared_ptr<Board> board;
    return board;
  }

 private:
  void await(const std::map<std::string, int>& counts, const std::string& name, int times) {
    std::unique_lock lock(mutex_);
    const bool in_time = changed_.wait_for(lock, std::chrono::seconds(60), [&] {
      const auto found = counts.find(name);
      return found != counts.end() && found->second >= times;
    });
    INFO(name);
    REQUIRE(in_time);
  }

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, int> started_, ended_;
  std::set<std::string> held_, stubborn_, quitters_;
  std::map<std::string, Failure> failures_;
  std::map<std::string, std::string> answers_;
};

/// A step that does what the test's board says.
inline Result<std::string> play(Job& job, const std::string& name) {
  const std::shared_ptr<Board> board = Board::current();
  return board->run(job, name);
}
inline const auto work =
    step("work", [](Job& job, const std::string& name) { return play(job, name); });

/// A folder, a board and a clock; engines come and go.
class Stage {
 public:
  Stage() { Board::current() = std::make_shared<Board>(); }
  Folder folder;
  std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>();

  [[nodiscard]] Board& board() const { return *Board::current(); }
  [[nodiscard]] EngineOptions options() const {
    EngineOptions made;
    made.state = folder.path() + "/state";
    made.slots = 4;
    made.isolation = Isolation::none;
    made.grace = std::chrono::seconds(5);
    return made;
  }
  [[nodiscard]] EngineOptions timed() const {
    EngineOptions made = options();
    made.clock = clock;
    return made;
  }
};

inline State state_at(const Evaluation& run, std::string_view path) {
  const auto node = run.graph().find(path);
  INFO(path);
  REQUIRE(node);
  return run.snapshot()->nodes[*node].state;
}

/// Reads events until one of this kind at this path comes, or there are no more.
inline std::optional<Event> await(EventReader& events, Event::What what, std::string_view path) {
  while (std::optional<Event> event = events.wait()) {
    if (event->what == what && event->path == path) return event;
  }
  return std::nullopt;
}

/// Goes round, as a host program does, until `is_done` says so.
template <class IsDone>
void drive(Engine& engine, IsDone is_done) {
  engine.advance();
  while (!is_done()) {
    pollfd readable{engine.fd(), POLLIN, 0};
    poll(&readable, 1, 10);
    engine.advance();
  }
}
inline void drive(Engine& engine, const Evaluation& run) {
  drive(engine, [&] { return run.is_settled(); });
}

/// The tree without files, which every store of trees has.
inline Term<Tree> nothing() {
  return constant(Tree{"4b825dc642cb6eb9a060e54bf8d69288fbee4904"}, "nothing");
}

inline bool finish(Job&, const detail::CommandEnd& end, void* result, Failure& failure) {
  if (end.exit_status != 0) {
    failure.what = "exit status " + std::to_string(end.exit_status);
    return false;
  }
  ::new (result) int(end.exit_status);
  return true;
}

/// A command as a plug-in would make it; gives its exit status, which is 0.
inline Term<int> command(std::vector<std::string> argv, detail::CommandSpec spec = {},
                         Where where = Where::current()) {
  spec.operation = "command";
  spec.label = "command";
  for (std::string& word : argv)
    spec.argv.push_back({std::move(word), 0});
  const Term<Tree> tree = nothing();
  const AnyTerm inputs[] = {tree};
  return detail::typed<int>(
      detail::make_command(where, inputs, &type_of<int>, {std::move(spec), finish}));
}

}  // namespace engine_tests
