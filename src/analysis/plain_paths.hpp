// plain_paths.hpp - from a path of history to the path of the graph that it is an instance of.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/graph/graph.hpp>

#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace oche::detail::forecast {

/// Puts stars where names of items stand. Where the graph has the group of an item (`platforms/*`)
/// at a place of a path, that part is an item's name.
class PlainPaths {
 public:
  using Names = std::vector<std::pair<std::string, std::string>>;  ///< list, name

  explicit PlainPaths(const Graph& graph);
  /// `platforms/*/test` of `platforms/debian/test`. Adds the names that it replaces to `names`.
  [[nodiscard]] std::string of(std::string_view path, Names* names = nullptr) const;

 private:
  std::unordered_set<std::string> groups_;
};

}  // namespace oche::detail::forecast
