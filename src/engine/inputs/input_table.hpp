// input_table.hpp - what the world outside says, read when it is wanted and when it changes.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/core/services.hpp"
#include "engine/inputs/change_line.hpp"
#include "engine/jobs/job_table.hpp"
#include "engine/rounds/jobs_side.hpp"
#include <oche/term/payload.hpp>

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace oche::detail {

/// Every source that somebody wants. Of subscribing, reading and unsubscribing at most one is under
/// way for a source; a change during a read causes exactly one more. On a failed read the last good
/// value stays, stale. Nothing is read while nobody wants it.
///
/// Threads: the engine's.
class InputTable {
 public:
  explicit InputTable(Services& services)
      : services_(services), line_(std::make_shared<ChangeLine>(services.inbox)) {}
  ~InputTable() { line_->close(); }
  InputTable(const InputTable&) = delete;
  InputTable& operator=(const InputTable&) = delete;

  [[nodiscard]] JobAnswer ask(AskerId asker, const AnyTerm& term);
  void leave(AskerId asker);
  /// Nothing is under way.
  [[nodiscard]] bool is_idle() const { return busy_ == 0; }
  /// Ends every subscription, so that no source calls after the engine has gone. What is known
  /// stays known; nothing is read any more.
  void close();

 private:
  struct Input {
    std::shared_ptr<Source> source;
    std::string name;
    std::string where;
    std::vector<AskerId> askers;
    std::function<void()> unsubscribe;
    Value value;
    std::shared_ptr<const Failure> failure;
    bool busy = false;   ///< something is under way on a reader's thread
    bool again = false;  ///< changed since the read began
  };

  [[nodiscard]] static JobAnswer answer(const Input& input);
  void subscribe(Input& input);
  void changed(Source* source);
  void read(Input& input);
  void was_read(Source* source, Result<Value> result);
  void take(Input& input, Result<Value> result);
  void drop(Input& input);
  void was_dropped(Source* source);
  void report(const Input& input, Event::What what, std::string text);

  Services& services_;
  std::shared_ptr<ChangeLine> line_;
  std::unordered_map<Source*, std::unique_ptr<Input>> inputs_;
  std::unordered_map<AskerId, Input*, AskerHash> asked_;
  unsigned busy_ = 0;
  bool closed_ = false;
};

}  // namespace oche::detail
