// engine_core.hpp - the state of one engine, and the thread that owns it (D7).
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/core/approvals.hpp"
#include "engine/core/evaluation_core.hpp"
#include "engine/core/services.hpp"
#include "engine/core/timers.hpp"
#include "engine/inputs/change_line.hpp"
#include "engine/inputs/input_table.hpp"
#include "engine/jobs/job_table.hpp"
#include "engine/process/descriptor.hpp"

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace oche::detail {

/// Threads: `advance` from one; everything else from any. A lock, held for a round at most, keeps
/// them apart; it is never held while anything waits or does I/O.
class EngineCore {
 public:
  /// With `by_hand`, see ByHand.
  explicit EngineCore(EngineOptions options, std::shared_ptr<ByHand> by_hand = nullptr);
  ~EngineCore();
  EngineCore(const EngineCore&) = delete;
  EngineCore& operator=(const EngineCore&) = delete;

  [[nodiscard]] std::shared_ptr<EvaluationCore> start(const AnyTerm& pipeline);
  [[nodiscard]] int fd() const { return poll_.get(); }
  void advance();
  [[nodiscard]] const std::shared_ptr<EventLog>& events() const { return services_->events; }

  using Names = Result<std::vector<std::string>>;
  [[nodiscard]] Names cancel(std::string_view path);
  [[nodiscard]] Names rebuild(std::string_view path);
  [[nodiscard]] Names rebuild_failed();
  [[nodiscard]] Names approve(std::string_view path, std::string_view who);

  void resize_slots(unsigned slots);
  void resize_pool(std::string_view name, const Needs& has);
  void ask_from(std::optional<Level> level, Duration lasting);

  // ---- by hand ----
  [[nodiscard]] Services& services() { return *services_; }
  /// A round would take something in.
  [[nodiscard]] bool has_messages() const { return services_->inbox.posted() != handled_; }
  /// When the next timer of its own is due, on the steady clock.
  [[nodiscard]] std::optional<std::chrono::nanoseconds> next_due() const {
    return timers_.next_due();
  }
  [[nodiscard]] bool is_idle() const;
  /// The failure that names the nearest paths.
  [[nodiscard]] Names unknown(std::string_view path) const;
  /// The state at a path, if any pipeline has it, and what runs or would run there.
  [[nodiscard]] std::optional<State> state_at(std::string_view path) const;
  [[nodiscard]] std::shared_ptr<const Work> work_at(std::string_view path) const;
  /// Steps, commands and approvals in this state, as paths, sorted.
  [[nodiscard]] std::vector<std::string> paths_in(State state) const;

 private:
  void run();
  void round();
  void tell_settled();
  void arm_timer();
  void learn_durations();
  void look_out(Workers& reading, const std::shared_ptr<EvaluationCore>& evaluation);
  void watch_date();
  void shut_down();
  void end(const std::shared_ptr<EvaluationCore>& evaluation);
  template <class Act>
  [[nodiscard]] Names at(std::string_view path, Act act);

  std::unique_ptr<Services> services_;
  const std::shared_ptr<std::mutex> turn_ = std::make_shared<std::mutex>();
  // The turn guards all that follows, but for the thread.
  Timers timers_;
  Approvals approvals_;
  JobTable jobs_;
  InputTable inputs_;
  std::shared_ptr<ChangeLine> handles_;  ///< tells when nobody has a handle any more
  std::vector<std::shared_ptr<EvaluationCore>> evaluations_;
  std::uint64_t handled_ = 0;  ///< messages
  bool was_settled_ = false;
  std::uint64_t learned_ = 0;  ///< durations that evaluations know of
  std::optional<Timers::Id> learn_timer_;
  Duration learn_due_{};  ///< while there is a timer
  Descriptor timer_;
  Descriptor date_;  ///< readable when the date was set
  Descriptor poll_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace oche::detail
