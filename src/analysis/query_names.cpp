// query_names.cpp - which nodes a word of a query names.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/query_functions.hpp"
#include "analysis/wildcard.hpp"
#include "base/text.hpp"

#include <fmt/core.h>

#include <string>
#include <vector>

namespace oche::detail {

NodeSet nodes_named(const Facts& facts, const QueryWord& word) {
  const Graph& graph = facts.graph();
  NodeSet found(graph.size());
  // In a template's path the item is a star, so a path may look like a pattern.
  if (const auto node = graph.find(word.text)) {
    found.add(*node);
    return found;
  }
  if (has_wildcard(word.text)) {
    for (NodeId node = 0; node < graph.size(); ++node)
      if (graph.is_visible(node) && path_matches(word.text, graph.path(node))) found.add(node);
    if (!found.is_empty()) return found;
    throw QueryMistake{word.at, fmt::format("nothing in the pipeline fits \"{}\"", word.text),
                       "`*` stays within a level of a path, `**` does not"};
  }
  std::vector<std::string> known;
  for (NodeId node = 0; node < graph.size(); ++node)
    if (graph.is_visible(node)) known.emplace_back(graph.path(node));
  std::string hint = did_you_mean(word.text, known);
  if (hint.empty()) hint = "`graph` draws what there is; `**` means everything";
  throw QueryMistake{word.at, fmt::format("there is no \"{}\" in the pipeline", word.text),
                     std::move(hint)};
}

}  // namespace oche::detail
