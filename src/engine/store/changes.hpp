// changes.hpp - what is written to the store in one go.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/store/records.hpp"

#include <variant>
#include <vector>

namespace oche::detail {

/// The key's result is no longer one: it is to run again, or a tree that it names was collected.
struct DropResult {
  Digest key;
};

/// A run took the stored result.
struct UseResult {
  Digest key;
  Time when{};
};

/// A run of `path` took this long. The second takes the place of the first, which found nothing in
/// any cache; from then on it is a mean.
struct AddDuration {
  std::string path;
  std::string step;
  std::chrono::nanoseconds duration{};
};

struct SetBuildNumber {
  Digest key;
  std::int64_t number = 1;
};

/// A name is no longer published.
struct DropPublished {
  std::string name;
};

/// Attempts that still count as running are set to `lost`: those of a program that died.
struct LoseRunning {
  Time when{};
};

/// One write. A record is inserted, or replaces the one with the same key, id or name, but for what
/// an Attempt is of, which stays; a HistoryEntry is always added.
using Change =
    std::variant<StoredResult, DropResult, UseResult, Attempt, StoredKey, AddDuration, Approval,
                 Published, DropPublished, StoredFold, SetBuildNumber, HistoryEntry, LoseRunning>;

/// Stored all together or not at all.
using Changes = std::vector<Change>;

}  // namespace oche::detail
