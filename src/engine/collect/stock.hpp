// stock.hpp - what the database of a state folder holds, as far as its removal is concerned.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/store/connection.hpp"
#include "engine/store/records.hpp"
#include "engine/trees/object_id.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace oche::detail {

struct StockedResult {
  Digest key;
  std::int64_t attempt = 0;
  Time used;
  std::vector<ObjectId> trees;
  bool is_needed = false;  ///< used by the newest run, or published
  bool is_kept = false;
};

struct StockedAttempt {
  std::int64_t id = 0;
  std::string path;
  Time started;
  std::string log;
  bool is_running = false;
  std::size_t newer = 0;  ///< how many attempts of its path are newer
  bool is_kept = false;
};

struct Stock {
  std::vector<StockedResult> results;
  std::vector<StockedAttempt> attempts;  ///< ascending by id
  std::vector<ObjectId> roots;           ///< named by published values and by states of folds
};

/// Throws what SQLite throws.
[[nodiscard]] Stock take_stock(Connection& connection);

/// Removes from the database what is not kept, in one transaction, and what names only that.
void remove_rows(Connection& connection, const Stock& stock);

}  // namespace oche::detail
