// retention.hpp - how much of its past a state folder keeps.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/step_options.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>

namespace oche {

/// What may go: what is beyond any of the limits that are set. Never what the newest run used, what
/// is published, or what the state of a fold names.
struct Retention {
  std::optional<Duration> age = {};          ///< since a run used it
  std::optional<std::size_t> attempts = {};  ///< of each step, with their logs and results
  std::optional<std::uint64_t> bytes = {};   ///< of logs and trees together
};

/// What was removed, or would be.
struct Collected {
  std::size_t results = 0;
  std::size_t attempts = 0;
  std::size_t logs = 0;
  std::size_t objects = 0;  ///< files and folders of trees
  std::uint64_t bytes = 0;  ///< of logs and objects
  std::size_t kept_results = 0;
  std::uint64_t kept_bytes = 0;
};

}  // namespace oche
