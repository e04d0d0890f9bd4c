// key_history.hpp - the keys that a path has had, and how two of them differ.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/jobs/key.hpp"
#include "engine/store/store_reader.hpp"
#include <oche/engine/why.hpp>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace oche::detail {

/// A key that a path had at one time.
struct SeenKey {
  Digest key;
  std::string path;
  Time when{};
  std::int64_t attempt = 0;
  AttemptState state = AttemptState::ok;
  bool is_own = true;  ///< the attempt was made at this path
};

/// Newest first; none where nothing is stored.
[[nodiscard]] std::vector<SeenKey> keys_seen_at(StoreReader* reader, const std::string& path);
/// The newest at other paths of steps with this name.
[[nodiscard]] std::vector<SeenKey> keys_of_step(StoreReader* reader, const std::string& step);

/// What a recorded key is made of; nothing if that is not known.
[[nodiscard]] std::optional<std::vector<KeyPart>> recorded_parts(StoreReader* reader,
                                                                 const Digest& key);

/// In the order of `now`; what is gone comes last.
[[nodiscard]] std::vector<KeyChange> differences(std::span<const KeyPart> before,
                                                 std::span<const KeyPart> now);

/// The one that differs in the fewest parts, among equals the newest.
[[nodiscard]] std::optional<KeyComparison> nearest_of(StoreReader* reader,
                                                      std::span<const SeenKey> seen,
                                                      std::span<const KeyPart> now);

/// `argument 2: "a" → "b"; tree: …`.
[[nodiscard]] std::string text_of(std::span<const KeyChange> changes);

}  // namespace oche::detail
