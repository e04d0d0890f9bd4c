// state_folder.hpp - what a state folder remembers, also while a program is running on it.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/outcome.hpp>
#include <oche/engine/plan.hpp>
#include <oche/engine/retention.hpp>
#include <oche/graph/snapshot.hpp>
#include <oche/term/step_options.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oche {

/// One run of a step or command.
struct AttemptInfo {
  std::string path;
  State state = State::running;
  bool is_lost = false;  ///< its program died with it
  Time started = {};
  Duration duration = {};  ///< zero while it runs
  std::string log;         ///< the log file
  std::string isolation;
  std::string text;  ///< of a failure
};

/// Reads without a lock. Threads: any; calls take turns.
class StateFolder {
 public:
  /// Fails: there is none, or it is damaged or of another version.
  [[nodiscard]] static Result<StateFolder> open(const std::string& folder);
  StateFolder(StateFolder&&) noexcept;
  StateFolder& operator=(StateFolder&&) noexcept;
  ~StateFolder();

  [[nodiscard]] Result<std::vector<AttemptInfo>> running() const;
  /// The newest attempts, newest first.
  [[nodiscard]] Result<std::vector<AttemptInfo>> recent(std::size_t limit) const;
  /// Fails: nothing ran there; names the nearest path that did.
  [[nodiscard]] Result<AttemptInfo> newest(std::string_view path) const;
  [[nodiscard]] std::map<std::string, Duration> usual_durations() const;
  /// How long it takes until the first step of a run begins: meanwhile inputs are read.
  [[nodiscard]] Duration usual_start_up() const;
  /// Copies the files of the newest result at `path` into `to`, made if absent.
  /// Fails: no result with files; something stands in the way.
  [[nodiscard]] Result<> copy_outputs(std::string_view path, const std::string& to) const;

  // ---- for when no program is running on it ----
  /// The results behind `paths` are results no more: the next run makes them again. Gives the
  /// paths.
  /// Fails: a path that never ran; the folder is in use.
  [[nodiscard]] static Result<std::vector<std::string>> rebuild(
      const std::string& folder, const std::vector<std::string>& paths);
  /// The same for everything whose newest attempt did not succeed.
  [[nodiscard]] static Result<std::vector<std::string>> rebuild_failed(const std::string& folder);
  /// Removes what is beyond the limits: results, attempts with their logs, and what only their
  /// trees named. A dry run removes nothing and needs no lock.
  /// Fails: nothing is stored there; the folder is in use.
  [[nodiscard]] static Result<Collected> collect(const std::string& folder,
                                                 const Retention& retention, bool is_dry = false);
  /// Keeps a person's word for the next run. Fails: the folder is in use.
  [[nodiscard]] static Result<> approve(const std::string& folder, const Question& question,
                                        const std::string& who);

 private:
  struct Opened;
  explicit StateFolder(std::unique_ptr<Opened> opened);
  std::unique_ptr<Opened> opened_;
};

}  // namespace oche
