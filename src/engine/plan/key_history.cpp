// key_history.cpp - the keys that a path has had, and how two of them differ.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/key_history.hpp"

#include <oche/base/error.hpp>

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace oche::detail {

namespace {

/// Older ones tell nobody what has changed lately.
constexpr std::size_t most_seen = 50;
constexpr std::size_t most_elsewhere = 500;

template <class T>
T value_or_throw(Result<T> result) {
  if (!result) throw Error(result.failure());
  return std::move(result).value();
}

const std::string& shown_of(const KeyPart& part) {
  return part.shown.empty() ? part.text : part.shown;
}

const KeyPart* part_named(std::span<const KeyPart> parts, const std::string& name) {
  const auto found = std::find_if(parts.begin(), parts.end(),
                                  [&](const KeyPart& part) { return part.name == name; });
  return found == parts.end() ? nullptr : &*found;
}

/// Two values may look alike in short, and differ: then their digests are shown.
KeyChange change_of(const std::string& name, const KeyPart* before, const KeyPart* now) {
  KeyChange change{name, before == nullptr ? std::string() : shown_of(*before),
                   now == nullptr ? std::string() : shown_of(*now)};
  if (before != nullptr && now != nullptr && change.before == change.now) {
    change.before = fmt::format("{} ({})", change.before, before->text.substr(0, 16));
    change.now = fmt::format("{} ({})", change.now, now->text.substr(0, 16));
  }
  return change;
}

}  // namespace

std::vector<SeenKey> keys_seen_at(StoreReader* reader, const std::string& path) {
  std::vector<SeenKey> seen;
  if (reader == nullptr) return seen;
  std::set<std::int64_t> own;
  for (const Attempt& one : value_or_throw(reader->attempts_of(path, most_seen))) {
    seen.push_back({one.key, path, one.started, one.id, one.state, true});
    own.insert(one.id);
  }
  for (const HistoryEntry& one : value_or_throw(reader->history(path, most_seen)))
    if (!own.contains(one.attempt))
      seen.push_back({one.key, path, one.when, one.attempt, one.state, false});
  std::sort(seen.begin(), seen.end(), [](const SeenKey& a, const SeenKey& b) {
    return std::tie(a.when, a.attempt) > std::tie(b.when, b.attempt);
  });
  return seen;
}

std::vector<SeenKey> keys_of_step(StoreReader* reader, const std::string& step) {
  std::vector<SeenKey> seen;
  if (reader == nullptr) return seen;
  for (const Attempt& one : value_or_throw(reader->recent_attempts(most_elsewhere)))
    if (one.step == step)
      seen.push_back({one.key, one.path, one.started, one.id, one.state, false});
  return seen;
}

std::optional<std::vector<KeyPart>> recorded_parts(StoreReader* reader, const Digest& key) {
  if (reader == nullptr) return std::nullopt;
  const std::optional<std::string> text = value_or_throw(reader->key_parts(key));
  if (!text) return std::nullopt;
  return parts_of(*text);
}

std::vector<KeyChange> differences(std::span<const KeyPart> before, std::span<const KeyPart> now) {
  std::vector<KeyChange> changes;
  for (const KeyPart& part : now) {
    const KeyPart* const old = part_named(before, part.name);
    if (old == nullptr || old->text != part.text)
      changes.push_back(change_of(part.name, old, &part));
  }
  for (const KeyPart& part : before)
    if (part_named(now, part.name) == nullptr)
      changes.push_back(change_of(part.name, &part, nullptr));
  return changes;
}

std::optional<KeyComparison> nearest_of(StoreReader* reader, std::span<const SeenKey> seen,
                                        std::span<const KeyPart> now) {
  std::optional<KeyComparison> nearest;
  std::set<Digest> looked_at;
  for (const SeenKey& one : seen) {
    if (!looked_at.insert(one.key).second) continue;
    const auto before = recorded_parts(reader, one.key);
    if (!before) continue;
    std::vector<KeyChange> changes = differences(*before, now);
    if (nearest && nearest->changes.size() <= changes.size()) continue;
    nearest = KeyComparison{one.path, one.key.hex(), one.when, std::move(changes)};
  }
  return nearest;
}

std::string text_of(std::span<const KeyChange> changes) {
  std::string text;
  for (const KeyChange& one : changes) {
    if (!text.empty()) text += "; ";
    text += one.before.empty() ? fmt::format("{}: new, {}", one.part, one.now)
            : one.now.empty()  ? fmt::format("{}: gone, was {}", one.part, one.before)
                               : fmt::format("{}: {} → {}", one.part, one.before, one.now);
  }
  return text;
}

}  // namespace oche::detail
