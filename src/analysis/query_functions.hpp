// query_functions.hpp - the functions that a query may call.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "analysis/node_set.hpp"
#include "analysis/query_words.hpp"
#include <oche/analysis/facts.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace oche::detail {

/// One argument as it was written: a set, or a single name that may stand for a number or a
/// pattern. What is a set is looked up only where the function wants one.
struct QueryArgument {
  std::optional<NodeSet> set;
  std::optional<QueryWord> word;  ///< if it is a single name
  std::size_t at = 0;
};

/// The nodes that a word names: a path, or every visible node whose path fits a pattern.
/// Throws QueryMistake if there is none.
[[nodiscard]] NodeSet nodes_named(const Facts& facts, const QueryWord& word);

/// Throws QueryMistake for a wrong name, number or kind of arguments.
[[nodiscard]] NodeSet call_query(const Facts& facts, const QueryWord& name,
                                 std::span<const QueryArgument> arguments);

}  // namespace oche::detail
