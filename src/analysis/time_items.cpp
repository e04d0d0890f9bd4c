// time_items.cpp - which items a list had, as the paths of what ran in it tell.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/time_cells.hpp"

#include <unordered_set>

namespace oche::detail::forecast {

// A path of history is read part by part: where the graph has the group of an item (`platforms/*`)
// at that place, the part is an item's name. It counts only if the graph has the path that is left
// when stars stand for the names.
KnownItems learn_items(const Graph& graph, const std::map<std::string, Duration>& durations) {
  KnownItems known;
  if (graph.templates().size() < 2) return known;
  std::unordered_set<std::string> groups;
  for (const Template& one : graph.templates().subspan(1))
    groups.insert(graph.groups()[one.group].path);

  std::string plain;
  std::vector<std::pair<std::string, std::string>> found;  // list, name
  for (const auto& [path, duration] : durations) {
    plain.clear();
    found.clear();
    for (std::size_t from = 0; from <= path.size();) {
      const std::size_t to = std::min(path.find('/', from), path.size());
      if (from > 0) plain += '/';
      plain += '*';
      if (groups.contains(plain)) {
        found.emplace_back(path.substr(0, from == 0 ? 0 : from - 1), path.substr(from, to - from));
      } else {
        plain.pop_back();
        plain.append(path, from, to - from);
      }
      from = to + 1;
    }
    if (found.empty() || !graph.find(plain)) continue;
    for (const auto& [list, name] : found) {
      if (name != "*") known[list].insert(name);
    }
  }
  return known;
}

}  // namespace oche::detail::forecast
