// secrets.cpp - secrets spread along data edges, 64 at a time.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/secrets.hpp>

#include "analysis/flow.hpp"
#include "base/dump_json.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace oche {

namespace {

using Json = nlohmann::ordered_json;
using detail::DataEdges;

bool reads(const Facts& facts, NodeId node, SecretId secret) {
  const auto own = facts.secrets(node);
  return std::find(own.begin(), own.end(), secret) != own.end();
}

std::vector<std::uint64_t> seen(const Facts& facts, const DataEdges& edges, SecretId first) {
  std::vector<std::uint64_t> marks(facts.size(), 0);
  for (const NodeId node : facts.readers_of_secrets()) {
    for (const SecretId one : facts.secrets(node))
      if (one >= first && one - first < 64) marks[node] |= std::uint64_t{1} << (one - first);
  }
  edges.spread(marks, [](NodeId) { return false; });
  return marks;
}

/// Back along inputs that see the secret; ids fall, so this ends, at a reader.
std::vector<NodeId> way_of(const Facts& facts, const DataEdges& edges,
                           const std::vector<std::uint64_t>& marks, NodeId node, SecretId secret) {
  std::vector<NodeId> path = {node};
  while (!reads(facts, path.back(), secret)) {
    NodeId next = no_node;
    edges.each_input(path.back(), [&](NodeId input) {
      if (next == no_node && (marks[input] >> (secret % 64) & 1) != 0) next = input;
    });
    path.push_back(next);
  }
  return path;
}

bool is_worker(const Facts& facts, NodeId node) {
  return facts.is_work(node) || facts.graph().kind(node) == Kind::dynamic;
}

std::string shown(const Graph& graph, NodeId node) {
  return fmt::format("{} ({})", graph.path(node), place_of(graph.where(node)));
}

}  // namespace

std::vector<std::uint64_t> detail::secrets_seen(const Facts& facts, SecretId first) {
  return seen(facts, DataEdges(facts.graph()), first);
}

std::vector<SecretSights> who_sees(const Facts& facts) {
  const DataEdges edges(facts.graph());
  std::vector<SecretSights> all;
  const auto names = facts.all_secrets();
  std::vector<std::uint64_t> marks;
  for (SecretId secret = 0; secret < names.size(); ++secret) {
    if (secret % 64 == 0) marks = seen(facts, edges, secret);
    SecretSights& one = all.emplace_back(SecretSights{names[secret], {}});
    for (NodeId node = 0; node < facts.size(); ++node) {
      if ((marks[node] >> (secret % 64) & 1) == 0 || !is_worker(facts, node)) continue;
      one.sights.push_back(
          {node, reads(facts, node, secret), way_of(facts, edges, marks, node, secret)});
    }
  }
  return all;
}

std::vector<SecretSights> seen_by(const Facts& facts, NodeId node) {
  const DataEdges edges(facts.graph());
  std::vector<SecretSights> all;
  const auto names = facts.all_secrets();
  std::vector<std::uint64_t> marks;
  for (SecretId secret = 0; secret < names.size(); ++secret) {
    if (secret % 64 == 0) marks = seen(facts, edges, secret);
    if ((marks[node] >> (secret % 64) & 1) == 0) continue;
    all.push_back(
        {names[secret],
         {{node, reads(facts, node, secret), way_of(facts, edges, marks, node, secret)}}});
  }
  return all;
}

std::string to_text(const std::vector<SecretSights>& secrets, const Graph& graph) {
  if (secrets.empty()) return "no secret is seen\n";
  std::string text;
  for (const SecretSights& secret : secrets) {
    text += fmt::format("{}/{}\n", secret.name.vault, secret.name.name);
    for (const Sight& sight : secret.sights) {
      text += fmt::format("  {} {}\n", sight.reads ? "is read by" : "gets to",
                          shown(graph, sight.node));
      // What only passes it on says little; the steps on the way do.
      for (std::size_t i = 1; i < sight.path.size(); ++i)
        if (graph.is_visible(sight.path[i]))
          text += fmt::format("    from {}\n", shown(graph, sight.path[i]));
    }
  }
  return text;
}

std::string to_json(const std::vector<SecretSights>& secrets, const Graph& graph) {
  Json all = Json::array();
  for (const SecretSights& secret : secrets) {
    Json one{{"vault", secret.name.vault}, {"name", secret.name.name}, {"seen_by", Json::array()}};
    for (const Sight& sight : secret.sights) {
      Json entry{{"path", graph.path(sight.node)},
                 {"where", place_of(graph.where(sight.node))},
                 {"reads", sight.reads},
                 {"by_way_of", Json::array()}};
      for (std::size_t i = 1; i < sight.path.size(); ++i)
        entry["by_way_of"].push_back(graph.path(sight.path[i]));
      one["seen_by"].push_back(std::move(entry));
    }
    all.push_back(std::move(one));
  }
  return detail::json_page(all);
}

}  // namespace oche
