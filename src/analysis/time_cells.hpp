// time_cells.hpp - a graph with its templates laid out once for each item, in flat arrays.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/facts.hpp>
#include <oche/analysis/time.hpp>

#include <span>
#include <string>
#include <vector>

namespace oche::detail::forecast {

/// A node, or its copy for one item.
using CellId = std::uint32_t;
/// An item of a list; 0 is what belongs to none.
using ItemId = std::uint32_t;

struct Item {
  TemplateId of = 0;
  std::string named;  ///< the path of its group: `platforms/debian`
};

/// Cells in an order in which inputs come before their readers.
struct Cells {
  std::vector<NodeId> nodes;
  std::vector<ItemId> item_of;
  std::vector<std::uint32_t> starts = {0};
  std::vector<CellId> all_inputs;
  std::vector<Item> items = {{}};
  CellId root = 0;
  std::vector<std::string> guessed;  ///< lists whose items nobody knows

  [[nodiscard]] CellId size() const { return static_cast<CellId>(nodes.size()); }
  /// Of a list: its expand, then the bodies of its items. Of an item: its expand.
  [[nodiscard]] std::span<const CellId> inputs(CellId cell) const {
    return std::span(all_inputs).subspan(starts[cell], starts[cell + 1] - starts[cell]);
  }
  /// The path that the engine gives it.
  [[nodiscard]] std::string path(const Graph& graph, CellId cell) const;
};

/// The names of the items of each list, by the list's path: those that were given, and those that
/// `durations` tell of.
using KnownItems = std::map<std::string, std::set<std::string>>;
[[nodiscard]] KnownItems learn_items(const Graph& graph,
                                     const std::map<std::string, Duration>& durations);

/// The path of a template's list: `platforms` for `platforms/*`.
[[nodiscard]] std::string list_path(const Graph& graph, TemplateId of);

[[nodiscard]] Cells lay_out(const Facts& facts, const Assumptions& assumptions);

[[nodiscard]] inline bool is_list(Kind kind) {
  return kind == Kind::list_map || kind == Kind::list_iter || kind == Kind::option_map;
}

}  // namespace oche::detail::forecast
