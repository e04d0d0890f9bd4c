// query_functions.cpp - what each function of a query does.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/query_functions.hpp"

#include "analysis/walk.hpp"
#include "analysis/wildcard.hpp"
#include "base/text.hpp"
#include <oche/schedule/pools.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

namespace oche::detail {
namespace {

using Arguments = std::span<const QueryArgument>;

NodeSet set_of(const Facts& facts, const QueryArgument& argument) {
  return argument.set ? *argument.set : nodes_named(facts, *argument.word);
}

NodeSet all_nodes(const Facts& facts) {
  NodeSet all(facts.size());
  for (NodeId node = 0; node < facts.size(); ++node)
    all.add(node);
  return all;
}

std::optional<std::uint32_t> number_of(const QueryArgument& argument) {
  if (!argument.word || argument.word->kind != QueryWord::Kind::name) return std::nullopt;
  const std::string& text = argument.word->text;
  std::uint32_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::uint32_t distance_of(const QueryArgument& argument) {
  if (const auto number = number_of(argument)) return *number;
  throw QueryMistake{argument.at, "the distance is no number", "write it as deps(x, 2)"};
}

NodeSet find_deps(const Facts& facts, Arguments given) {
  std::optional<std::uint32_t> most;
  if (given.size() == 2) most = distance_of(given[1]);
  return reachable(facts.graph(), set_of(facts, given[0]), Along::needs, most);
}

NodeSet find_rdeps(const Facts& facts, Arguments given) {
  const Graph& graph = facts.graph();
  const bool has_universe = given.size() == 3 || (given.size() == 2 && !number_of(given[1]));
  const Arguments rest = given.subspan(has_universe ? 1 : 0);
  std::optional<std::uint32_t> most;
  if (rest.size() == 2) most = distance_of(rest[1]);
  if (!has_universe) return reachable(graph, set_of(facts, rest[0]), Along::users, most);
  const NodeSet universe = reachable(graph, set_of(facts, given[0]), Along::needs);
  return reachable(graph, set_of(facts, rest[0]), Along::users, most, &universe);
}

NodeSet find_somepath(const Facts& facts, Arguments given) {
  NodeSet path(facts.size());
  for (const NodeId node :
       path_between(facts.graph(), set_of(facts, given[0]), set_of(facts, given[1])))
    path.add(node);
  return path;
}

NodeSet find_allpaths(const Facts& facts, Arguments given) {
  NodeSet between = reachable(facts.graph(), set_of(facts, given[0]), Along::needs);
  between.keep(reachable(facts.graph(), set_of(facts, given[1]), Along::users));
  return between;
}

template <class F>
NodeSet those(const Facts& facts, const NodeSet& from, F fits) {
  NodeSet found(facts.size());
  from.for_each([&](NodeId node) {
    if (fits(node)) found.add(node);
  });
  return found;
}

/// The pattern that stands first, and the nodes that it is held against.
template <class F>
NodeSet fitting(const Facts& facts, Arguments given, F texts) {
  if (!given[0].word)
    throw QueryMistake{given[0].at, "a pattern is a name, not a set",
                       "as in label(\"test*\", deps(release))"};
  const std::string& pattern = given[0].word->text;
  return those(facts, given.size() == 2 ? set_of(facts, given[1]) : all_nodes(facts),
               [&](NodeId node) { return texts(pattern, node); });
}

void check_kind(const QueryArgument& pattern) {
  if (!pattern.word) return;
  std::vector<std::string> known;
  for (unsigned kind = 0; kind <= static_cast<unsigned>(Kind::command); ++kind)
    known.emplace_back(name_of(static_cast<Kind>(kind)));
  for (const std::string& one : known)
    if (text_matches(pattern.word->text, one)) return;
  std::string hint = did_you_mean(pattern.word->text, known);
  if (hint.empty()) hint = fmt::format("there are {}", fmt::join(known, ", "));
  throw QueryMistake{pattern.at, fmt::format("there is no kind \"{}\"", pattern.word->text),
                     std::move(hint)};
}

NodeSet find_kind(const Facts& facts, Arguments given) {
  check_kind(given[0]);
  return fitting(facts, given, [&](std::string_view pattern, NodeId node) {
    return text_matches(pattern, name_of(facts.graph().kind(node)));
  });
}

NodeSet find_label(const Facts& facts, Arguments given) {
  return fitting(facts, given, [&](std::string_view pattern, NodeId node) {
    return facts.graph().is_visible(node) && text_matches(pattern, facts.graph().title(node));
  });
}

NodeSet find_operation(const Facts& facts, Arguments given) {
  return fitting(facts, given, [&](std::string_view pattern, NodeId node) {
    return facts.is_work(node) && text_matches(pattern, facts.operation(node));
  });
}

NodeSet find_where(const Facts& facts, Arguments given) {
  return fitting(facts, given, [&](std::string_view pattern, NodeId node) {
    const auto places = facts.graph().all_wheres(node);
    return std::any_of(places.begin(), places.end(), [&](std::source_location one) {
      return path_matches(pattern, place_of(one));
    });
  });
}

NodeSet find_pool(const Facts& facts, Arguments given) {
  return fitting(facts, given, [&](std::string_view pattern, NodeId node) {
    const auto names = scheduling::pool_names(facts.pool(node));
    return facts.is_work(node) && std::any_of(names.begin(), names.end(), [&](auto name) {
             return text_matches(pattern, name);
           });
  });
}

NodeSet find_secret(const Facts& facts, Arguments given) {
  return fitting(facts, given, [&](std::string_view pattern, NodeId node) {
    const auto secrets = facts.secrets(node);
    return std::any_of(secrets.begin(), secrets.end(), [&](SecretId id) {
      const SecretName& one = facts.all_secrets()[id];
      return text_matches(pattern, one.name) ||
             text_matches(pattern, fmt::format("{}/{}", one.vault, one.name));
    });
  });
}

NodeSet find_work(const Facts& facts, Arguments given) {
  return those(facts, given.empty() ? all_nodes(facts) : set_of(facts, given[0]),
               [&](NodeId node) { return facts.is_work(node); });
}

NodeSet find_publishes(const Facts& facts, Arguments given) {
  return those(facts, given.empty() ? all_nodes(facts) : set_of(facts, given[0]),
               [&](NodeId node) { return facts.publishes(node); });
}

struct Function {
  std::string_view name;
  std::size_t least;
  std::size_t most;
  std::string_view usage;
  NodeSet (*call)(const Facts& facts, Arguments given);
};

constexpr Function functions[] = {
    {"deps", 1, 2, "deps(x) or deps(x, distance)", find_deps},
    {"rdeps", 1, 3, "rdeps(x), rdeps(x, distance) or rdeps(universe, x)", find_rdeps},
    {"somepath", 2, 2, "somepath(from, to)", find_somepath},
    {"allpaths", 2, 2, "allpaths(from, to)", find_allpaths},
    {"kind", 1, 2, "kind(pattern, x)", find_kind},
    {"label", 1, 2, "label(pattern, x)", find_label},
    {"operation", 1, 2, "operation(pattern, x)", find_operation},
    {"where", 1, 2, "where(file:line, x)", find_where},
    {"pool", 1, 2, "pool(pattern, x)", find_pool},
    {"secret", 1, 2, "secret(pattern, x)", find_secret},
    {"work", 0, 1, "work(x)", find_work},
    {"publishes", 0, 1, "publishes(x)", find_publishes},
};

}  // namespace

NodeSet call_query(const Facts& facts, const QueryWord& name, Arguments arguments) {
  std::vector<std::string> known;
  for (const Function& one : functions) {
    known.emplace_back(one.name);
    if (one.name != name.text) continue;
    if (arguments.size() < one.least || arguments.size() > one.most)
      throw QueryMistake{name.at,
                         fmt::format("{} is given {} argument{}", one.name, arguments.size(),
                                     arguments.size() == 1 ? "" : "s"),
                         fmt::format("write {}", one.usage)};
    return one.call(facts, arguments);
  }
  std::string hint = did_you_mean(name.text, known);
  if (hint.empty()) hint = fmt::format("there are {}", fmt::join(known, ", "));
  throw QueryMistake{name.at, fmt::format("there is no function \"{}\"", name.text),
                     std::move(hint)};
}

}  // namespace oche::detail
