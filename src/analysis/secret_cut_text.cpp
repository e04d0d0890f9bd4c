// secret_cut_text.cpp - where to cut a secret off, for people and as JSON.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "base/dump_json.hpp"
#include <oche/analysis/secret_cut.hpp>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace oche {
namespace {

using CutJson = nlohmann::ordered_json;

std::string place_text(const Graph& graph, NodeId node) {
  return fmt::format("{} ({})", graph.is_visible(node) ? graph.path(node) : graph.title(node),
                     place_of(graph.where(node)));
}

CutJson place_json(const Graph& graph, NodeId node) {
  return {{"path", graph.path(node)}, {"where", place_of(graph.where(node))}};
}

CutJson places_json(const Graph& graph, const std::vector<NodeId>& nodes) {
  CutJson list = CutJson::array();
  for (const NodeId node : nodes)
    list.push_back(place_json(graph, node));
  return list;
}

}  // namespace

std::string to_text(const SecretCut& cut, const Graph& graph, std::size_t indent) {
  const std::string before(indent, ' ');
  std::string text;
  if (cut.is_needless()) return before + "nothing to cut: it does not get there\n";
  for (const NodeId node : cut.readers)
    text += fmt::format("{}take it from {}, which reads it\n", before, place_text(graph, node));
  for (const SecretCut::Straight& one : cut.straight)
    text += fmt::format("{}do not give {} what {} made\n", before, place_text(graph, one.given_to),
                        place_text(graph, one.reader));
  for (const NodeId node : cut.places)
    text += fmt::format("{}leave it out of what {} makes\n", before, place_text(graph, node));
  if (!cut.is_complete)
    text += fmt::format("{}it gets there on more ways than were followed\n", before);
  return text;
}

std::string to_json(const SecretCut& cut, const Graph& graph) {
  CutJson straight = CutJson::array();
  for (const SecretCut::Straight& one : cut.straight)
    straight.push_back(
        {{"reader", place_json(graph, one.reader)}, {"given_to", place_json(graph, one.given_to)}});
  const CutJson json{{"at", places_json(graph, cut.places)},
                     {"straight", std::move(straight)},
                     {"readers", places_json(graph, cut.readers)},
                     {"complete", cut.is_complete}};
  return detail::json_page(json);
}

}  // namespace oche
