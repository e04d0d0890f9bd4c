// query_words.cpp - cutting a query into words.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/query_words.hpp"

#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace oche::detail {
namespace {

using WordKind = QueryWord::Kind;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

WordKind kind_of_name(std::string_view text) {
  if (text == "+" || text == "union") return WordKind::join;
  if (text == "^" || text == "intersect") return WordKind::cut;
  if (text == "-" || text == "except") return WordKind::lessen;
  return WordKind::name;
}

QueryWord quoted(std::string_view query, std::size_t at) {
  const std::size_t end = query.find(query[at], at + 1);
  if (end == query.npos)
    throw QueryMistake{at, fmt::format("the quote {} is never closed", query[at])};
  return {WordKind::quoted, std::string(query.substr(at + 1, end - at - 1)), at};
}

}  // namespace

Failure failure_of(const QueryMistake& mistake, std::string_view query) {
  const std::size_t character = display_width(query.substr(0, mistake.at)) + 1;
  return {.what = mistake.what,
          .facts = {{"at", mistake.at >= query.size() ? "the end"
                                                      : fmt::format("character {}", character)},
                    {"query", std::string(query)}},
          .hint = mistake.hint};
}

std::vector<QueryWord> words_of_query(std::string_view query) {
  std::vector<QueryWord> words;
  std::size_t at = 0;
  while (at < query.size()) {
    const char c = query[at];
    if (is_space(c)) {
      ++at;
    } else if (c == '(' || c == ')' || c == ',') {
      words.push_back({c == '('   ? WordKind::open
                       : c == ')' ? WordKind::close
                                  : WordKind::comma,
                       std::string(1, c), at});
      ++at;
    } else if (c == '"' || c == '\'') {
      words.push_back(quoted(query, at));
      at += words.back().text.size() + 2;
    } else {
      std::size_t end = at;
      while (end < query.size() && !is_space(query[end]) &&
             std::string_view("(),\"'").find(query[end]) == std::string_view::npos)
        ++end;
      std::string text(query.substr(at, end - at));
      words.push_back({kind_of_name(text), text, at});
      at = end;
    }
  }
  words.push_back({WordKind::end, {}, query.size()});
  return words;
}

}  // namespace oche::detail
