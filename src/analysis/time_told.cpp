// time_told.cpp - finds what the assumptions name.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/time_fates.hpp"
#include "base/text.hpp"
#include <oche/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace oche::detail::forecast {
namespace {

using Field = bool Told::*;

class Finder {
 public:
  Finder(const Graph& graph, const Cells& cells, std::vector<Told>& told)
      : graph_(graph), cells_(cells), told_(told) {}

  /// `fits`: can this be said of the node? Else it is `no_what`.
  template <class F>
  void tell(const std::set<std::string>& paths, Field field, F fits, std::string_view no_what) {
    for (const std::string& path : paths) {
      const auto check = [&](NodeId node) {
        if (!fits(node)) throw Error(Failure{.what = fmt::format("{} is {}", path, no_what)});
      };
      if (const std::optional<NodeId> node = graph_.find(path)) {
        check(*node);
        for (const CellId cell : cells_of(*node))
          told_[cell].*field = true;
      } else if (const auto cell = instances().find(path); cell != instances().end()) {
        check(cells_.nodes[cell->second]);
        told_[cell->second].*field = true;
      } else {
        refuse(path);
      }
    }
  }

 private:
  /// One, unless it stands in a template.
  const std::vector<CellId>& cells_of(NodeId node) {
    if (of_node_.empty()) {
      of_node_.resize(graph_.size());
      for (CellId cell = 0; cell < cells_.size(); ++cell)
        of_node_[cells_.nodes[cell]].push_back(cell);
    }
    return of_node_[node];
  }

  const std::map<std::string, CellId>& instances() {
    if (!has_instances_) {
      has_instances_ = true;
      for (CellId cell = 0; cell < cells_.size(); ++cell) {
        if (cells_.item_of[cell] != 0 && graph_.is_visible(cells_.nodes[cell]))
          instances_.emplace(cells_.path(graph_, cell), cell);
      }
    }
    return instances_;
  }

  [[noreturn]] void refuse(const std::string& path) {
    std::vector<std::string> known;
    for (NodeId node = 0; node < graph_.size(); ++node) {
      if (graph_.is_visible(node)) known.emplace_back(graph_.path(node));
    }
    for (const auto& [instance, cell] : instances())
      known.push_back(instance);
    Failure failure{.what = fmt::format("there is no \"{}\" in the pipeline", path),
                    .hint = did_you_mean(path, known)};
    if (failure.hint.empty()) failure.hint = "`graph` shows what there is";
    throw Error(std::move(failure));
  }

  const Graph& graph_;
  const Cells& cells_;
  std::vector<Told>& told_;
  std::vector<std::vector<CellId>> of_node_;
  std::map<std::string, CellId> instances_;
  bool has_instances_ = false;
};

}  // namespace

std::vector<Told> told_of(const Graph& graph, const Cells& cells, const Assumptions& assumptions) {
  std::vector<Told> told(cells.size());
  Finder finder(graph, cells, told);
  const auto is_condition = [&](NodeId node) {
    if (graph.kind(node) == Kind::only_if) return true;
    const std::span<const Reader> readers = graph.readers(node);
    return std::any_of(readers.begin(), readers.end(), [&](const Reader& reader) {
      return graph.kind(reader.node) == Kind::only_if && reader.position == 0;
    });
  };
  const auto is_approval = [&](NodeId node) { return graph.kind(node) == Kind::approve; };
  const auto is_step = [&](NodeId node) { return is_job(graph.kind(node)); };
  finder.tell(assumptions.failing, &Told::fails, [](NodeId) { return true; }, "");
  finder.tell(assumptions.untrue, &Told::is_untrue, is_condition, "no condition");
  finder.tell(assumptions.unapproved, &Told::is_unapproved, is_approval, "no approval");
  finder.tell(assumptions.reused, &Told::is_reused, is_step, "no step");
  return told;
}

}  // namespace oche::detail::forecast
