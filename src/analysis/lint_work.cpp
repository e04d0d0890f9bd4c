// lint_work.cpp - work that is done for nobody, or is written down in several places.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/lint_sink.hpp"
#include "analysis/work_ahead.hpp"
#include "graph/equal_table.hpp"
#include <oche/base/tree.hpp>

#include <fmt/core.h>

#include <algorithm>
#include <functional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

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

/// A number for what `work_of` tells: equal where that is, and hardly ever where it is not.
class WorkHash {
 public:
  WorkHash(const Facts& facts, NodeId node) : inputs_(facts.graph().inputs(node)) {
    add(facts.operation(node));
    add(facts.timeout(node).count());
    add(static_cast<std::int64_t>(facts.level(node)));
    add(facts.retry(node).attempts);
    if (const CommandSpec* spec = facts.command(node)) {
      add_command(*spec);
      return;
    }
    for (const NodeId input : inputs_)
      add(input);
    const StepOptions& options = facts.step(node)->options;
    add(options.version);
    add(options.priority);
    add(options.pool);
    add(options.valid_for.value_or(Duration{}).count());
    for (const SecretNames::Entry& one : options.secrets)
      add(one.name);
  }
  [[nodiscard]] std::uint32_t get() const {
    return static_cast<std::uint32_t>(hash_ ^ hash_ >> 29);
  }

 private:
  void add(std::int64_t number) { hash_ = mix(hash_, static_cast<std::uint64_t>(number)); }
  void add(std::string_view text) { hash_ = mix(hash_, std::hash<std::string_view>()(text)); }
  void add(const WordSpec& word) {
    if (word.input != 0)
      add(inputs_[word.input]);
    else
      add(word.text);
  }
  void add_command(const CommandSpec& spec) {
    if (!inputs_.empty()) add(inputs_[0]);
    for (const WordSpec& word : spec.argv)
      add(word);
    for (const auto& [name, word] : spec.env) {
      add(name);
      add(word);
    }
    if (spec.image) add(*spec.image);
    for (const std::string& pattern : spec.outputs)
      add(pattern);
    for (const auto& [name, value] : spec.settings) {
      add(name);
      add(value);
    }
    for (const ServiceSpec& service : spec.services)
      add(service.image);
    for (const auto& [name, from] : spec.secrets)
      add(from.name);
  }

  std::span<const NodeId> inputs_;
  std::uint64_t hash_ = 0;
};

/// By node.
std::vector<std::uint32_t> work_hashes(const Facts& facts) {
  std::vector<std::uint32_t> hashes(facts.size());
  const WorkAhead ask_ahead(facts);
  for (NodeId node = 0; node < facts.size(); ++node) {
    ask_ahead(node);
    if (facts.is_work(node)) hashes[node] = WorkHash(facts, node).get();
  }
  return hashes;
}

void lint_alike(const Facts& facts, LintSink& sink) {
  const std::vector<std::uint32_t> hashes = work_hashes(facts);
  EqualTable first;
  first.reserve(facts.size());
  for (NodeId node = 0; node < facts.size(); ++node) {
    first.prefetch(hashes[std::min(node + 16, facts.size() - 1)]);
    if (!facts.is_work(node) || facts.is_reading(node)) continue;
    const NodeId before = first.find(
        hashes[node], [&](NodeId other) { return work_of(facts, node) == work_of(facts, other); });
    if (before == no_node)
      first.put(hashes[node], node);
    else
      sink.add("near-duplicate", node,
               fmt::format("does what {} does: only its label or its place differs",
                           called(facts, before)),
               "use one term in both places; or give it the argument that was meant to differ",
               before);
  }
}

void lint_same(const Facts& facts, LintSink& sink) {
  const Graph& graph = facts.graph();
  NodeId last = no_node;
  for (const auto& [node, term] : graph.arrays().merged) {
    if (std::exchange(last, node) == node || !facts.is_work(node) || facts.is_reading(node))
      continue;
    if (const std::size_t places = graph.all_wheres(node).size(); places > 1)
      sink.add("same-work", node,
               fmt::format("is written in {} places and runs once for all of them", places),
               "write it once and use the term; or give it the argument that was meant to differ");
  }
}

void lint_unread(const Facts& facts, LintSink& sink) {
  const Graph& graph = facts.graph();
  for (NodeId node = 0; node < graph.size(); ++node)
    if (facts.is_work(node) && is_unread(graph, node) && graph.term(node).type == &type_of<Tree>)
      sink.add("unread-result", node, "nobody reads the files that it gives",
               "give them to who needs them, or use exec, which keeps none");
}

}  // namespace

void lint_work(const Facts& facts, LintSink& sink) {
  lint_unread(facts, sink);
  lint_same(facts, sink);
  lint_alike(facts, sink);
}

}  // namespace oche::detail
