// pack_file.hpp - writes one git pack and its index, in the formats that git documents.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/trees/deflater.hpp"
#include "engine/trees/disk.hpp"
#include "engine/trees/objects.hpp"
#include "engine/trees/sha1.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace oche::detail {

/// A pack that grows object by object, without deltas.
///
/// A thousand small files cost two synced files this way, not a thousand.
class PackFile {
 public:
  /// Writes to a temporary file in `folder`.
  explicit PackFile(const std::string& folder);

  /// Gives the object's bytes piece by piece to the function that it is given.
  using Source = std::function<void(const Sink& take)>;

  /// Adds an object of `size` bytes. `source` must give as many.
  void add(ObjectKind kind, std::uint64_t size, const Source& source);
  /// The id of the object added last, once it is known.
  void name_last(const ObjectId& id) { entries_.back().id = id; }
  /// Takes the object added last away again.
  void drop_last();
  [[nodiscard]] bool is_empty() const { return entries_.empty(); }

  /// Completes and syncs both files; they are not in their place yet.
  void finish();
  /// Moves the pack, then its index, to `folder`. Requires: finished.
  void move_to(const std::string& folder);

 private:
  struct Entry {
    ObjectId id;
    std::uint64_t offset = 0;
    std::uint32_t crc = 0;
  };
  void put(std::string_view bytes);
  void flush();
  [[nodiscard]] ObjectId digest_of_file();
  [[nodiscard]] std::string index(const ObjectId& pack) const;

  std::string folder_;
  TemporaryFile pack_;
  TemporaryFile index_;
  Deflater deflater_;
  std::string buffer_;
  std::uint64_t size_ = 0;  // with what is in the buffer
  std::vector<Entry> entries_;
  ObjectId name_;
};

}  // namespace oche::detail
