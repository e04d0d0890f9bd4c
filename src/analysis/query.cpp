// query.cpp - reads a query from left to right and answers it on the way.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/query.hpp>

#include "analysis/query_functions.hpp"

#include <fmt/core.h>

#include <utility>

namespace oche {
namespace {

using detail::NodeSet;
using detail::QueryArgument;
using detail::QueryMistake;
using detail::QueryWord;
using WordKind = QueryWord::Kind;

// set      = operand { operator operand }
// operand  = "(" set ")" | name "(" [ argument { "," argument } ] ")" | name
// argument = set
//
// Only parentheses recurse, and how deep is bounded, so no query is too long for the stack.
class QueryReader {
 public:
  QueryReader(const Facts& facts, std::string_view text)
      : facts_(facts), words_(detail::words_of_query(text)) {}

  NodeSet whole() {
    if (is(WordKind::end)) throw QueryMistake{0, "the query is empty", "as in deps(release)"};
    NodeSet set = take_set();
    if (!is(WordKind::end)) throw unexpected("after the end of the query");
    return set;
  }

 private:
  static constexpr int deepest = 200;

  [[nodiscard]] const QueryWord& word() const { return words_[next_]; }
  [[nodiscard]] bool is(WordKind kind) const { return word().kind == kind; }
  [[nodiscard]] bool is_operator() const {
    return is(WordKind::join) || is(WordKind::cut) || is(WordKind::lessen);
  }
  [[nodiscard]] QueryMistake unexpected(std::string_view place) const {
    if (is(WordKind::end))
      return {word().at, fmt::format("the query ends {}", place), "is a parenthesis missing?"};
    return {word().at, fmt::format("\"{}\" stands {}", word().text, place),
            is(WordKind::name) || is(WordKind::quoted) || is(WordKind::open)
                ? "join two sets by + (union), ^ (intersect) or - (except)"
                : "a path that holds such characters can be quoted"};
  }

  NodeSet take_set() {
    NodeSet set = resolve(take_operand());
    while (is_operator())
      apply(set);
    return set;
  }

  void apply(NodeSet& set) {
    const WordKind kind = words_[next_++].kind;
    const NodeSet other = resolve(take_operand());
    if (kind == WordKind::join) set.add(other);
    if (kind == WordKind::cut) set.keep(other);
    if (kind == WordKind::lessen) set.remove(other);
  }

  NodeSet resolve(QueryArgument operand) {
    return operand.set ? std::move(*operand.set) : nodes_named(facts_, *operand.word);
  }

  QueryArgument take_operand() {
    const QueryWord first = word();
    if (is(WordKind::open)) {
      ++next_;
      enter();
      QueryArgument inner{take_set(), {}, first.at};
      --depth_;
      close("where ) was expected");
      return inner;
    }
    if (!is(WordKind::name) && !is(WordKind::quoted)) throw unexpected("where a set was expected");
    ++next_;
    if (first.kind == WordKind::name && is(WordKind::open)) return take_call(first);
    return {{}, first, first.at};
  }

  QueryArgument take_call(const QueryWord& name) {
    ++next_;
    std::vector<QueryArgument> arguments;
    enter();
    if (!is(WordKind::close)) {
      arguments.push_back(take_argument());
      while (is(WordKind::comma)) {
        ++next_;
        arguments.push_back(take_argument());
      }
    }
    --depth_;
    close("where , or ) was expected");
    return {call_query(facts_, name, arguments), {}, name.at};
  }

  /// A single name stays one: only the function knows whether it is a set.
  QueryArgument take_argument() {
    QueryArgument first = take_operand();
    if (!is_operator()) return first;
    const std::size_t at = first.at;
    NodeSet set = resolve(std::move(first));
    while (is_operator())
      apply(set);
    return {std::move(set), {}, at};
  }

  void close(std::string_view place) {
    if (!is(WordKind::close)) throw unexpected(place);
    ++next_;
  }

  void enter() {
    if (++depth_ > deepest)
      throw QueryMistake{word().at,
                         fmt::format("parentheses are nested more than {} deep", deepest),
                         "a chain of + needs no parentheses"};
  }

  const Facts& facts_;
  std::vector<QueryWord> words_;
  std::size_t next_ = 0;
  int depth_ = 0;
};

}  // namespace

Result<std::vector<NodeId>> query(const Facts& facts, std::string_view expression) {
  try {
    return QueryReader(facts, expression).whole().list();
  } catch (const QueryMistake& mistake) {
    return detail::failure_of(mistake, expression);
  }
}

}  // namespace oche
