// promises.hpp - what the executor promises for a program, found out once and off the round.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/core/services.hpp"
#include "engine/jobs/key.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace oche::detail {

/// Looks a program up, digests it, and says what isolation a command would get. Blocks: on threads
/// of its own only. A program that is not found has no digest: the attempt will say why.
[[nodiscard]] Promise find_promise(Programs& programs, Processes& processes, Isolation wish,
                                   const std::string& program, std::string_view path, bool network);

/// Remembers promises. Threads: the engine's.
class Promises {
 public:
  explicit Promises(Services& services) : services_(services) {}

  /// Tries the sandbox out on another thread if commands of the graph will ask for one, so that it
  /// is known by the time inputs are.
  void expect(const Graph& graph);

  /// The promise, or nothing if it is being found out; then `known` is called on the engine's
  /// thread, once, when it is.
  [[nodiscard]] const Promise* find(const ResolvedCommand& command, bool network,
                                    std::function<void()> known);
  [[nodiscard]] bool is_idle() const { return under_way_ == 0; }
  /// Looks again, since somebody may have installed the program; `seen` is told, on the engine's
  /// thread, whether the promise has changed.
  void renew(const ResolvedCommand& command, bool network, std::function<void(bool)> seen);

 private:
  using Question = std::tuple<std::string, std::string, bool>;
  struct Entry {
    std::optional<Promise> promise;
    std::vector<std::function<void()>> waiting;
  };
  /// Finds the promise out on another thread and calls `known` with it on the engine's.
  void look(const Question& question, std::function<void(Promise)> known);

  Services& services_;
  std::map<Question, Entry> entries_;
  bool is_sandbox_tried_ = false;
  unsigned under_way_ = 0;
};

/// What an engine without threads promises: nothing is looked for on the machine.
[[nodiscard]] Promise promise_by_hand(const std::string& program);

/// The PATH that a command's program is looked up in.
[[nodiscard]] std::string path_of(const ResolvedCommand& command);
/// The isolation that the engine's options and the command together wish for.
[[nodiscard]] Isolation wished_isolation(oche::Isolation option);

}  // namespace oche::detail
