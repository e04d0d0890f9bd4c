// lint_work.cpp - work that is done for nobody, or is written down in several places.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/lint_sink.hpp"
#include <oche/base/tree.hpp>

#include <fmt/core.h>

#include <algorithm>
#include <unordered_map>

namespace oche::detail {
namespace {

/// Is the value of this node in nobody's arguments, though somebody waits for its success?
bool is_unread(const Graph& graph, NodeId node) {
  if (node == graph.root()) return false;
  const auto readers = graph.readers(node);
  return std::all_of(readers.begin(), readers.end(), [&](const Reader& reader) {
    return graph.edge(reader.node, reader.position) == Edge::control &&
           (graph.kind(reader.node) == Kind::gate || graph.kind(reader.node) == Kind::advisory);
  });
}

/// Everything about a node's work but what it is called and where it stands.
std::string work_of(const Facts& facts, NodeId node) {
  std::string text(facts.operation(node));
  const auto add = [&](const Argument& one) {
    text += one.input == no_node ? fmt::format("\n{}={}", one.name, one.text)
                                 : fmt::format("\n{}=<{}>", one.name, one.input);
  };
  for (const Argument& one : facts.arguments(node))
    add(one);
  text += '\n';
  for (const Argument& one : facts.options(node))
    add(one);
  return text;
}

void lint_alike(const Facts& facts, LintSink& sink) {
  std::unordered_map<std::string, NodeId> first;
  for (NodeId node = 0; node < facts.size(); ++node) {
    if (!facts.is_work(node) || facts.is_reading(node)) continue;
    const auto [place, is_new] = first.try_emplace(work_of(facts, node), node);
    if (!is_new)
      sink.add("near-duplicate", node,
               fmt::format("does what {} does: only its label or its place differs",
                           called(facts, place->second)),
               "use one term in both places; or give it the argument that was meant to differ",
               place->second);
  }
}

}  // namespace

void lint_work(const Facts& facts, LintSink& sink) {
  const Graph& graph = facts.graph();
  for (NodeId node = 0; node < graph.size(); ++node) {
    if (!facts.is_work(node)) continue;
    if (graph.term(node).type == &type_of<Tree> && is_unread(graph, node))
      sink.add("unread-result", node, "nobody reads the files that it gives",
               "give them to who needs them, or use exec, which keeps none");
    if (facts.is_reading(node)) continue;
    if (const std::size_t places = graph.all_wheres(node).size(); places > 1)
      sink.add("same-work", node,
               fmt::format("is written in {} places and runs once for all of them", places),
               "write it once and use the term; or give it the argument that was meant to differ");
  }
  lint_alike(facts, sink);
}

}  // namespace oche::detail
