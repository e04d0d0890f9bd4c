// evaluation_core.hpp - one pipeline in one engine: its rounds, and what it shows of them.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "analysis/outlook.hpp"
#include "engine/core/approvals.hpp"
#include "engine/inputs/input_table.hpp"
#include "engine/jobs/job_table.hpp"
#include "engine/rounds/rounds.hpp"
#include <oche/engine/engine.hpp>

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace oche::detail {

/// What the rounds of every evaluation of an engine share.
struct Tables {
  Services& services;
  JobTable& jobs;
  InputTable& inputs;
  Approvals& approvals;
  std::shared_ptr<std::mutex> turn;  ///< held during rounds, and by whoever looks at what they made
};

/// Threads: the rounds belong to whoever holds the turn; what is published, to everybody.
class EvaluationCore : public AskerHost, private JobsSide {
 public:
  EvaluationCore(const Tables& tables, const AnyTerm& pipeline);

  // ---- the engine's thread ----
  /// What the store knows of how long its steps take. Reads it: not for a round.
  [[nodiscard]] static std::shared_ptr<const Outlook> look_out(const Graph& graph,
                                                               Services& services);
  /// By which jobs are chosen from now on.
  void set_outlook(std::shared_ptr<const Outlook> outlook) { outlook_ = std::move(outlook); }
  /// Before the first round: from now on no value is missed that a fold takes in.
  void expect_inputs();
  void advance();
  /// Gives up everything that only it wanted. Nothing is asked of it afterwards.
  void end();
  /// Tells of what began to wait for a person in the rounds since the last call.
  void report_questions();
  [[nodiscard]] bool is_dirty() const { return !rounds_.is_quiet(); }
  /// Tells what the rounds since the last call came to. `messages`: how many had been handled.
  void publish(std::uint64_t messages);
  /// Nothing more will happen: keeps what can be seen, and wakes whoever waits.
  void close();
  [[nodiscard]] const Rounds& rounds() const { return rounds_; }
  [[nodiscard]] Rounds& rounds() { return rounds_; }
  [[nodiscard]] bool has_failed() const { return rounds_.root().status == Status::failed; }
  /// The value that waits for a person at this cell; empty if none does.
  [[nodiscard]] Value value_to_approve(CellId cell) const;

  // ---- AskerHost ----
  [[nodiscard]] Duration remaining(CellId cell, std::string_view path) const override;
  void touch(CellId cell) override { rounds_.touch(cell); }
  [[nodiscard]] std::string path_of(CellId cell) const override { return rounds_.path_of(cell); }
  void count_run() override { ++counts_.ran; }
  void count_reused() override { ++counts_.reused; }

  // ---- any thread ----
  [[nodiscard]] const Graph& graph() const { return graph_; }
  [[nodiscard]] std::shared_ptr<const Snapshot> snapshot();
  [[nodiscard]] bool is_settled() const;
  void wait_until_settled() const;
  [[nodiscard]] Outcome<> outcome() const;
  [[nodiscard]] std::vector<Failure> failures() const;
  [[nodiscard]] Counts counts() const;

 private:
  void forget_old_questions();
  JobAnswer ask(const Asker& asker, std::span<const Value> arguments) override;
  void leave(const Asker& asker, bool undecided) override;
  JobAnswer ask_input(const Asker& asker) override;
  void leave_input(const Asker& asker) override;
  bool is_approved(const Asker& asker, const Value& value) override;
  std::optional<Folded> folded(const Asker& asker) override;
  void fold(const Asker& asker, const Value& state, const Value& last) override;

  Tables tables_;
  const Graph graph_;
  std::shared_ptr<const Outlook> outlook_;  ///< null until the store has been read
  Rounds rounds_;
  Counts counts_;
  std::set<const Source*> folded_;      ///< their values go into folds
  std::map<CellId, Value> unapproved_;  ///< what was asked about, by who asked
  std::set<CellId> asking_;             ///< what was asked about is new, to be told
  bool has_news_ = true;                ///< not published yet
  std::uint64_t sequence_ = 0;          ///< counts what was published
  std::size_t room_for_questions_ = 64;
  std::map<std::string, Folded, std::less<>> folds_;  ///< by path; as stored, or about to be

  /// Drawn when somebody looks: that costs the graph's size, which no round is to pay.
  struct Drawn {
    std::shared_ptr<const Snapshot> snapshot;
    std::chrono::steady_clock::time_point until;  ///< good enough, while things move
  };
  [[nodiscard]] std::shared_ptr<const Snapshot> draw();
  Drawn drawn_;
  std::vector<Failure> last_failures_;  ///< once closed

  struct Published {
    bool settled = false;
    bool closed = false;
    std::uint64_t messages = 0;
    [[nodiscard]] bool is_settled_after(std::uint64_t posted) const {
      return settled && messages >= posted;
    }
    Outcome<> outcome;
    Counts counts;
  };
  [[nodiscard]] bool is_closed() const;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  Published published_;
};

}  // namespace oche::detail
