// time_items.cpp - which items a list had, as the paths of what ran in it tell.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/plain_paths.hpp"
#include "analysis/time_cells.hpp"

namespace oche::detail::forecast {

PlainPaths::PlainPaths(const Graph& graph) {
  for (const Template& one : graph.templates().subspan(1))
    groups_.insert(graph.groups()[one.group].path);
}

std::string PlainPaths::of(std::string_view path, Names* names) const {
  if (groups_.empty()) return std::string(path);
  std::string plain;
  for (std::size_t from = 0; from <= path.size();) {
    const std::size_t to = std::min(path.find('/', from), path.size());
    if (from > 0) plain += '/';
    plain += '*';
    if (groups_.contains(plain)) {
      if (names != nullptr)
        names->emplace_back(path.substr(0, from == 0 ? 0 : from - 1), path.substr(from, to - from));
    } else {
      plain.pop_back();
      plain.append(path, from, to - from);
    }
    from = to + 1;
  }
  return plain;
}

// A name counts only if the graph has the path that is left when stars stand for the names.
KnownItems learn_items(const Graph& graph, const std::map<std::string, Duration>& durations) {
  KnownItems known;
  if (graph.templates().size() < 2) return known;
  const PlainPaths plain(graph);
  PlainPaths::Names found;
  for (const auto& [path, duration] : durations) {
    found.clear();
    const std::string star = plain.of(path, &found);
    if (found.empty() || !graph.find(star)) continue;
    for (const auto& [list, name] : found) {
      if (name != "*") known[list].insert(name);
    }
  }
  return known;
}

}  // namespace oche::detail::forecast
