// newest_results.hpp - results for many keys, the newest read together and the rest one by one.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/store/store_reader.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace oche::detail {

/// Goal: a plan that asks for nearly all that is stored should cost one walk through it, and a plan
/// that asks for little of a large store should not read the store.
///
/// To read a result together with its neighbours costs a tenth of looking it up. So the newest are
/// read, page by page, while a key is not among them; at most `for_each_asked` for each key that is
/// or will be asked for, which at worst costs as much again as looking each of them up. What is not
/// among them then is looked up.
///
/// Requires: the reader stands still. Threads: one.
class NewestResults {
 public:
  /// `hoped`: how many keys may be asked for.
  NewestResults(StoreReader& reader, std::size_t hoped);

  /// As `StoreReader::find`, but only with what the result gives: see ResultPage. Null if there is
  /// none; lives until the next call.
  [[nodiscard]] Result<const StoredResult*> find(const Digest& key);
  /// How many were read together.
  [[nodiscard]] std::size_t read() const { return read_; }

 private:
  /// False if nothing more is to be read together.
  [[nodiscard]] bool read_more();
  void add(const std::vector<StoredResult>& page);
  /// The key's, or the empty one where it would be.
  [[nodiscard]] std::size_t slot_of(const Digest& key) const;

  StoreReader& reader_;
  const std::size_t hoped_;
  std::size_t asked_ = 0;
  std::size_t read_ = 0;
  std::int64_t before_ = std::numeric_limits<std::int64_t>::max();
  bool is_at_end_ = false;   ///< nothing older is stored
  bool leaves_out_ = false;  ///< something was too large, or something damaged
  std::vector<std::vector<StoredResult>> pages_;
  std::optional<StoredResult> single_;      ///< looked up last
  std::vector<const StoredResult*> slots_;  ///< by key; a power of two, at most half of them used
  std::size_t used_ = 0;
};

}  // namespace oche::detail
