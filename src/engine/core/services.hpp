// services.hpp - what every part of one engine shares.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/core/by_hand.hpp"
#include "engine/core/event_log.hpp"
#include "engine/core/inbox.hpp"
#include "engine/process/processes.hpp"
#include "engine/process/program.hpp"
#include "engine/store/store.hpp"
#include "engine/trees/trees.hpp"
#include "engine/work/work_folders.hpp"
#include "engine/work/workers.hpp"
#include <oche/base/clock.hpp>
#include <oche/engine/engine.hpp>

#include <filesystem>
#include <memory>
#include <string>

namespace oche::detail {

/// Threads beyond one for each slot: for what is to be done after a command has ended.
inline constexpr unsigned spare_workers = 2;

/// Outlives everything that an engine starts: see EngineCore's end.
struct Services {
  /// With `by_hand` no thread is started: it is given what threads would do.
  /// Fails: throws oche::Error if the state folder is unusable.
  explicit Services(EngineOptions given, std::shared_ptr<ByHand> by_hand = nullptr);
  Services(const Services&) = delete;
  Services& operator=(const Services&) = delete;

  // The order matters when they end: whoever calls stands below whom it calls.
  EngineOptions options;
  std::shared_ptr<ByHand> by_hand;  ///< null: threads
  std::shared_ptr<Clock> clock;
  std::uint64_t seed;
  Inbox inbox;
  std::shared_ptr<EventLog> events = std::make_shared<EventLog>();
  std::unique_ptr<Store> store;
  Trees trees;
  WorkFolders work_folders;
  Programs programs;
  Workers lookups;  ///< reads the store, in order, so that a round never does
  Workers readers;  ///< reads inputs from outside, and finds out about programs
  Workers workers;  ///< functions, and what is to be done before and after a command
  Processes processes;
  Subscription clock_moves;

  [[nodiscard]] std::filesystem::path folder() const { return options.state; }
  /// Of an attempt's log, below the folder.
  [[nodiscard]] static std::string log_name(std::int64_t attempt);
};

}  // namespace oche::detail
