// stage.hpp - what a test engine is made of.
// Layer: testing.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/core/engine_core.hpp"
#include "testing/hands.hpp"
#include "testing/scratch_folder.hpp"
#include <oche/testing/test_engine.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace oche::testing {

/// Split by verb: drive.cpp lets things happen, look.cpp tells of them, test_engine.cpp is what
/// tests call.
struct TestEngine::Stage {
  explicit Stage(TestOptions options);
  ~Stage() { close(); }

  // drive.cpp
  /// One thing that needs no time happens; false if there is none.
  bool happen();
  void happen_all();
  /// When something happens by itself next, on the steady clock.
  [[nodiscard]] std::optional<std::chrono::nanoseconds> next_due() const;
  void move_to(std::chrono::nanoseconds then);
  [[noreturn]] void refuse_to_wait() const;

  // look.cpp
  void tell();
  [[nodiscard]] Digest key_at(std::string_view path) const;

  [[nodiscard]] EngineOptions engine_options() const;
  void open();
  void make_trouble();
  void close();

  TestOptions options;
  std::optional<ScratchFolder> folder;
  std::shared_ptr<ManualClock> clock;
  Chance chance;
  Scripts scripts;
  std::shared_ptr<Hands> hands;
  std::unique_ptr<detail::EngineCore> core;
  std::vector<Evaluation> runs;  ///< of this life of the engine
  std::optional<EventReader> events;
  std::string story;
  StoreFault fault = StoreFault::none;  ///< the folder's, whatever engine is on it
};

}  // namespace oche::testing
