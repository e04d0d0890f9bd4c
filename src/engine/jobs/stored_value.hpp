// stored_value.hpp - a step's value as the store keeps it, and back.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/rounds/jobs_side.hpp"
#include "engine/store/store_reader.hpp"
#include "engine/trees/trees.hpp"
#include <oche/base/outcome.hpp>
#include <oche/base/value.hpp>

#include <memory>
#include <string>
#include <vector>

namespace oche::detail {

/// The ids of every Tree in a value, each once, in order of appearance.
[[nodiscard]] std::vector<std::string> trees_in(const Value& value);

/// What a stored result says. Neither a value nor a failure: it is no result any more, because it
/// no longer parses as `type` or a tree that it names is gone (S1); `trouble` then says which.
struct Recalled {
  Value value;
  std::shared_ptr<const Failure> failure;
  std::string trouble;

  [[nodiscard]] bool is_result() const { return static_cast<bool>(value) || failure; }
};
[[nodiscard]] Recalled recall(const StoredResult& stored, const Type& type, const Trees& trees);

/// A fold's state and last value; nothing if there is none, or its type is not what it was.
[[nodiscard]] std::optional<JobsSide::Folded> stored_fold(StoreReader& reader,
                                                          std::string_view path,
                                                          const Asker& asker);

[[nodiscard]] Result<Value> decode_value(const Type& type, std::string_view bytes);
[[nodiscard]] std::string encode_value(const Value& value);

}  // namespace oche::detail
