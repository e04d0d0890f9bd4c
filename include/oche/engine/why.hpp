// why.hpp - why a step would run, ran, or does not: what differs, and what caused it.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/outcome.hpp>
#include <oche/base/time.hpp>
#include <oche/engine/plan.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oche {

/// One part of a key that is not what it was; empty where there was, or is, none.
struct KeyChange {
  std::string part;  ///< `argument 2`, `tree`, `env CC`, `program's digest`, …
  std::string before;
  std::string now;
};

/// A key against the recorded one that differs from it in the fewest parts.
struct KeyComparison {
  std::string path;  ///< where that one was seen last
  std::string key;   ///< in hexadecimal
  Time when = {};
  std::vector<KeyChange> changes = {};  ///< none: it is the same key
};

/// One line on the way back from a step to what is behind it.
struct Cause {
  unsigned depth = 0;  ///< of what stands above it with one less, it is a cause
  std::string path;    ///< of what people can name, else what it is: `map`
  std::string where;   ///< the user's file:line
  std::string text;
};

/// The newest attempt at a path, and why it was made.
struct LastAttempt {
  Time when = {};
  std::string state;                         ///< `ok`, `failed`, …
  std::string reason;                        ///< one line
  std::optional<KeyComparison> before = {};  ///< its key against those that were there before it
};

struct Why {
  Planned fate = Planned::run;
  PlannedStep step;
  std::optional<KeyComparison> nearest = {};  ///< of the key that it has now
  std::vector<Cause> causes = {};             ///< most `most_causes`
  bool has_more = false;
  std::optional<LastAttempt> last = {};
};
inline constexpr std::size_t most_causes = 60;

/// Why the step or command at `path` would run, may run, does not run, or ran last.
///
/// A changed argument is followed back through functions to the inputs and constants that gave it,
/// through steps by their own keys: one whose key is what it was then is no cause. What an input
/// said before is not recorded. Nothing runs and nothing is written, as for `plan`.
/// Fails: no such step; names the nearest.
[[nodiscard]] Result<Why> why(const AnyTerm& pipeline, std::string_view path,
                              const EngineOptions& options = {});

[[nodiscard]] std::string to_text(const Why& why);
[[nodiscard]] std::string to_json(const Why& why);

}  // namespace oche
