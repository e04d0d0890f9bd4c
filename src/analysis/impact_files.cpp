// impact_files.cpp - which files of a tree have changed, followed through what cuts trees up.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/impact_walk.hpp"
#include "base/pattern.hpp"
#include <oche/base/tree.hpp>
#include <oche/base/value.hpp>

#include <algorithm>
#include <optional>
#include <unordered_map>

// Goal: the nodes whose value stays the same although a tree that they read has changed.
//
// In the order of the graph each node gets: nothing changed, these files of it changed, or anything
// may have changed. Files are known for what was fetched and for what passes a tree on, cuts a
// folder out of it or joins trees; everything else that a change reaches may be anything. A subtree
// or glob none of whose files changed gives what it gave before, and there the walk stops.

namespace oche {
namespace detail {
namespace {

using Files = std::vector<std::string>;

/// The text of a constant, or nothing if it is known only later.
const std::string* known_text(const Graph& graph, NodeId node) {
  if (graph.kind(node) != Kind::constant) return nullptr;
  const auto& value = *static_cast<const Value*>(graph.term(node).payload);
  return value && &value.type() == &type_of<std::string> ? &value.as<std::string>() : nullptr;
}

std::string normal(std::string path) {
  while (path.starts_with("./"))
    path.erase(0, 2);
  while (path.ends_with('/'))
    path.pop_back();
  return path;
}

bool is_below(std::string_view path, std::string_view folder) {
  return folder.empty() ||
         (path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/');
}

/// Whether one of the files can be among what the pattern names. Of a pattern that is none, nobody
/// can say.
bool may_match(const std::string& text, const Files& files) try {
  const Pattern pattern(text);
  return std::any_of(files.begin(), files.end(), [&](const std::string& file) {
    return pattern.matches(file) || is_below(text, file);  // a folder that the pattern looks into
  });
} catch (const Error&) {
  return true;
}

class FileSweep {
 public:
  FileSweep(const Facts& facts, Files files)
      : facts_(facts), graph_(facts.graph()), files_(std::move(files)), any_(facts.size()) {}

  void run(ImpactWalk& walk) {
    for (NodeId node = 0; node < graph_.size(); ++node) {
      if (brings_in_a_tree(node)) {
        known_[node] = files_;
        walk.begin(node);
      } else if (is_touched(node) && !follow(node)) {
        any_.add(node);
      } else if (stays_) {
        walk.stop_at(node);
        stays_ = false;
      }
    }
  }

 private:
  [[nodiscard]] bool brings_in_a_tree(NodeId node) const {
    if (graph_.term(node).type != &type_of<Tree>) return false;
    if (graph_.kind(node) == Kind::input) return true;
    const std::string_view name = facts_.operation(node);
    return facts_.is_reading(node) && name != "subtree" && name != "merge";
  }

  [[nodiscard]] bool is_touched(NodeId node) const {
    const auto inputs = graph_.inputs(node);
    for (std::uint32_t i = 0; i < inputs.size(); ++i)
      if (carries_bytes(facts_, node, i) && (known_.contains(inputs[i]) || any_.has(inputs[i])))
        return true;
    if (graph_.kind(node) != Kind::item || graph_.template_of(node) == 0) return false;
    return any_.has(graph_.templates()[graph_.template_of(node)].expand);
  }

  /// False if anything may have changed in its value.
  bool follow(NodeId node) {
    const auto inputs = graph_.inputs(node);
    switch (graph_.kind(node)) {
      case Kind::gate:
      case Kind::approve:
      case Kind::map_error:
        return join(node, inputs.first(1));
      case Kind::only_if:
        return join(node, inputs.subspan(1));
      case Kind::or_else:
      case Kind::collect:
        return join(node, inputs);
      case Kind::step:
        return facts_.is_reading(node) && look(node, facts_.operation(node));
      default:
        return false;
    }
  }

  bool join(NodeId node, std::span<const NodeId> inputs) {
    Files joined;
    for (const NodeId input : inputs) {
      if (any_.has(input)) return false;
      if (const auto one = known_.find(input); one != known_.end())
        joined.insert(joined.end(), one->second.begin(), one->second.end());
    }
    known_[node] = std::move(joined);
    return true;
  }

  bool look(NodeId node, std::string_view operation) {
    const auto inputs = graph_.inputs(node);
    if (operation == "merge") return join(node, inputs);
    const auto from = inputs.empty() ? known_.end() : known_.find(inputs[0]);
    const std::string* text = inputs.size() == 2 ? known_text(graph_, inputs[1]) : nullptr;
    if (from == known_.end() || text == nullptr) return false;
    if (operation == "glob") {
      stays_ = !may_match(*text, from->second);
      return stays_;
    }
    return operation == "subtree" && cut(node, normal(*text), from->second);
  }

  bool cut(NodeId node, const std::string& folder, const Files& files) {
    Files inside;
    for (const std::string& file : files) {
      // The folder itself, or one that holds it, was named: any file in it may have changed.
      if (file == folder || file.empty() || is_below(folder, file)) return false;
      if (is_below(file, folder)) inside.push_back(file.substr(folder.size() + 1));
    }
    stays_ = inside.empty();
    if (!stays_) known_[node] = std::move(inside);
    return true;
  }

  const Facts& facts_;
  const Graph& graph_;
  Files files_;
  std::unordered_map<NodeId, Files> known_;
  NodeSet any_;
  bool stays_ = false;  ///< of the node that was followed last
};

}  // namespace
}  // namespace detail

Impact impact_of_files(const Facts& facts, const std::vector<std::string>& files) {
  std::vector<std::string> paths;
  for (const std::string& file : files)
    paths.push_back(detail::normal(file));
  detail::ImpactWalk walk(facts);
  detail::FileSweep(facts, std::move(paths)).run(walk);
  Impact impact = walk.take();
  if (impact.begins.empty())
    impact.notes.emplace_back("nothing in the pipeline brings in a tree of files");
  if (impact.begins.size() > 1)
    impact.notes.push_back("several trees are brought in; the files may be of any of them");
  return impact;
}

}  // namespace oche
