// records.hpp - what the store keeps, as plain values.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/digest.hpp>
#include <oche/base/time.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace oche::detail {

/// What a key's step came to. Only `ok` and `failed` are ever stored (semantics §3.4).
struct StoredResult {
  Digest key{};
  std::string step{};     ///< its name
  std::string version{};  ///< its version
  bool ok = true;
  std::string value{};    ///< of ok: the canonical encoding
  Digest value_digest{};  ///< of ok
  std::string failure{};  ///< of failed: JSON
  Time finished{};
  std::optional<Time> expires{};
  std::int64_t attempt = 0;          ///< 0: unknown
  std::int64_t build = 1;            ///< build number of the key
  std::vector<std::string> trees{};  ///< ids of the trees that the value names
  Time used{};                       ///< when a run last took it, to within `use_granularity`
  std::string path{};                ///< the attempt's, when read; empty: unknown

  friend bool operator==(const StoredResult&, const StoredResult&) = default;
};

/// How seldom it is written down that a result was used: a restart that reuses everything should
/// write nothing.
inline constexpr std::chrono::hours use_granularity{24};

/// How an attempt ended, or that it has not.
enum class AttemptState : std::uint8_t {
  running,
  ok,
  failed,
  errored,
  timed_out,
  cancelled,
  lost,  ///< was running when its program died
};

/// One run of a step.
struct Attempt {
  std::int64_t id = 0;  ///< from `Store::next_attempt`
  Digest key{};
  std::string path{};  ///< of the node that asked first
  std::string step{};
  AttemptState state = AttemptState::running;
  Time started{};
  std::optional<Time> finished{};
  std::chrono::nanoseconds duration{};  ///< on the steady clock; zero while running
  std::string log{};                    ///< the log file, relative to the state folder
  std::string isolation{};              ///< "bubblewrap", "none", …
  std::optional<std::int64_t> exit_status{};
  std::int64_t build = 1;
  std::string text{};  ///< of a failure: what went wrong, in one line

  friend bool operator==(const Attempt&, const Attempt&) = default;
};

/// What a key is made of, for who asks what has changed since.
struct StoredKey {
  Digest key{};
  std::string parts{};  ///< as `text_of(parts)` writes them

  friend bool operator==(const StoredKey&, const StoredKey&) = default;
};

/// How long a path's step takes: for finish times and for what goes first.
struct PathDuration {
  std::string path{};
  std::string step{};
  std::chrono::nanoseconds last{};
  std::chrono::nanoseconds mean{};  ///< of recent runs: a fifth and later one weighs a quarter
  std::int64_t runs = 0;

  friend bool operator==(const PathDuration&, const PathDuration&) = default;
};

/// Somebody's word that the value with this digest may pass at this path.
struct Approval {
  std::string path{};
  Digest digest{};
  std::string who{};
  Time when{};

  friend bool operator==(const Approval&, const Approval&) = default;
};

/// What a published name was last set to.
struct Published {
  std::string name{};
  bool known = false;   ///< false: a job was setting it, and nobody knows whether it did (D8)
  std::string value{};  ///< the canonical encoding of what it is, or was being, set to
  Digest digest{};
  Time when{};

  friend bool operator==(const Published&, const Published&) = default;
};

/// A fold's state and the last value folded into it: always stored together (semantics §4).
struct StoredFold {
  std::string name{};
  std::string state{};
  std::string last{};

  friend bool operator==(const StoredFold&, const StoredFold&) = default;
};

/// What became of a path at one moment; the newest is what `history` shows first.
struct HistoryEntry {
  std::int64_t sequence = 0;  ///< given by the store, ascending
  std::string path{};
  Time when{};
  Digest key{};
  std::int64_t attempt = 0;  ///< whose; 0: unknown
  AttemptState state = AttemptState::ok;
  bool reused = false;  ///< taken from the store, without running
  std::chrono::nanoseconds duration{};
  std::string text{};

  friend bool operator==(const HistoryEntry&, const HistoryEntry&) = default;
};

}  // namespace oche::detail
