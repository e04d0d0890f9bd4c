// query_words.hpp - the words of a query, and where each stands.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/failure.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oche::detail {

/// What went wrong at one place of a query. Caught within this room.
struct QueryMistake {
  std::size_t at = 0;  ///< the byte at which it is wrong
  std::string what;
  std::string hint = {};
};
[[nodiscard]] Failure failure_of(const QueryMistake& mistake, std::string_view query);

/// One word: `(`, `)`, `,`, an operator, or a name. A quoted name is always one.
struct QueryWord {
  enum class Kind { name, quoted, open, close, comma, join, cut, lessen, end };
  Kind kind = Kind::end;
  std::string text;
  std::size_t at = 0;
};

/// The words of a query, with an `end` as the last. Throws QueryMistake.
///
/// `+`, `^` and `-` are operators only where they stand alone, since paths may hold them.
[[nodiscard]] std::vector<QueryWord> words_of_query(std::string_view query);

}  // namespace oche::detail
