// hands.hpp - what an engine leaves to others, kept until it is its turn.
// Layer: testing.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/core/by_hand.hpp"
#include "engine/work/running_attempt.hpp"
#include "testing/chance.hpp"
#include "testing/scripts.hpp"

#include <array>
#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace oche::testing {

/// For one life of an engine. Threads: one.
class Hands : public detail::ByHand {
 public:
  Hands(Scripts& scripts, Chance& chance, const ManualClock& clock, bool has_folder_alone)
      : scripts_(scripts), chance_(chance), clock_(clock), has_folder_alone_(has_folder_alone) {}

  // ---- the engine's side ----
  [[nodiscard]] bool has_folder_alone() const override { return has_folder_alone_; }
  void later(Line line, std::string name, std::function<void()> work) override;
  void begun(std::shared_ptr<detail::RunningAttempt> attempt) override;
  void cancelled(const detail::RunningAttempt& attempt) override;
  void end_all() override;

  // ---- the driver's side; nothing of the engine's is under way ----
  /// Asks the scripts about what has begun.
  void ask_scripts();
  /// Does what waits for a line; false if nothing does.
  [[nodiscard]] bool work(Line line);
  /// Ends what is due: all of it, or one at random. False if nothing is.
  [[nodiscard]] bool end_due();
  /// When the next one ends by itself, on the steady clock.
  [[nodiscard]] std::optional<std::chrono::nanoseconds> next_due() const;
  /// What has begun and not ended, wherever it was asked for first.
  [[nodiscard]] std::vector<std::string> paths() const;
  /// Ends what works for this key; false if nothing does.
  [[nodiscard]] bool end(const Digest& key, const End& how);

 private:
  struct Playing {
    std::shared_ptr<detail::RunningAttempt> attempt;
    std::chrono::nanoseconds began{};
    std::optional<End> end;  ///< none: its script has not been asked yet
    std::optional<std::chrono::nanoseconds> cancelled;
    std::optional<std::chrono::nanoseconds> due;
    bool is_stopped = false;  ///< when it is due, it ends because it was cancelled
  };
  using Due = std::pair<std::chrono::nanoseconds, std::int64_t>;

  void decide(Playing& playing);
  void end(std::int64_t id, const std::optional<End>& how);

  Scripts& scripts_;
  Chance& chance_;
  const ManualClock& clock_;
  const bool has_folder_alone_;
  std::array<std::deque<std::function<void()>>, 3> lines_;
  std::vector<std::int64_t> new_;
  std::map<std::int64_t, Playing> playing_;  ///< by the attempt's number
  std::set<Due> due_;
  bool is_closed_ = false;
};

/// Ends an attempt. Fails: throws Error, and it goes on, if it cannot end like this.
void play(detail::RunningAttempt& attempt, const End& end);

}  // namespace oche::testing
