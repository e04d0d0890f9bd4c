// plan.hpp - what would run, what would be reused, what waits, and why, before anything runs.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/digest.hpp>
#include <oche/base/outcome.hpp>
#include <oche/engine/engine.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oche {

/// What would become of a step or command.
enum class Planned : std::uint8_t {
  run,      ///< its inputs are known, and there is no result for them
  unknown,  ///< behind something that would run: runs if that changes it
  reuse,    ///< there is a stored result, good or bad
  blocked,  ///< behind a failure
  skip,     ///< deliberately not done
  wait,     ///< for a person, or behind what does
};
inline constexpr Planned all_planned[] = {Planned::run,     Planned::unknown, Planned::reuse,
                                          Planned::blocked, Planned::skip,    Planned::wait};
/// `would run`, `may run`, `reused`, `blocked`, `skipped`, `waiting`.
[[nodiscard]] std::string_view to_string(Planned fate);

/// One step or command of a plan.
struct PlannedStep {
  std::string path;
  std::string reason;  ///< one line, for people
  std::string where;   ///< the user's file:line
  std::string key;     ///< in hexadecimal; empty while its inputs are not known
  /// What the key is made of: names and texts, in order.
  std::vector<std::pair<std::string, std::string>> made_of = {};
  bool is_reading = false;  ///< only brings in what an input names: a run does not count it
};

/// Something that waits for a person's word.
struct Question {
  std::string path;
  Digest value;       ///< what the word would be for
  std::string shown;  ///< the value, or what the step would do, for people
};

/// Every step and command of a pipeline, each in one list, in path order.
struct Plan {
  std::vector<PlannedStep> run;
  std::vector<PlannedStep> reuse;
  std::vector<PlannedStep> unknown;
  std::vector<PlannedStep> blocked;
  std::vector<PlannedStep> skip;
  std::vector<PlannedStep> wait;
  std::vector<Question> questions;  ///< what persons are asked

  [[nodiscard]] std::vector<PlannedStep>& list(Planned fate);
  [[nodiscard]] const std::vector<PlannedStep>& list(Planned fate) const;
  /// How many, as a run counts: what only reads is no work, and who would run with one key is run
  /// once.
  [[nodiscard]] std::size_t count(Planned fate) const;
  /// The one at a path. Fails: there is none; names the nearest. Cost: a look at each.
  [[nodiscard]] Result<PlannedStep> step(std::string_view path) const;
};

/// Reads what the pipeline's inputs say now and what the state folder remembers; starts no step and
/// changes no file. The folder may be absent, read-only, or in use by a running engine.
///
/// Of `options` it uses `state`, `isolation`, `ask_from` and `clock`. To know what isolation a
/// command would get it tries the sandbox once.
/// Fails: throws oche::Error where Graph does, or if the state folder is damaged.
[[nodiscard]] Plan plan(const AnyTerm& pipeline, const EngineOptions& options = {});

}  // namespace oche
