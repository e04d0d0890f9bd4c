// time_fates.cpp - how each cell would end: docs/semantics.md, with the values left out.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/time_fates.hpp"

#include <algorithm>

namespace oche::detail::forecast {
namespace {

bool has(std::span<const CellId> inputs, const std::vector<End>& ends, End end) {
  return std::any_of(inputs.begin(), inputs.end(),
                     [&](CellId input) { return ends[input] == end; });
}

/// Success of every one; what was skipped is no obstacle unless all were.
End success_of(std::span<const CellId> inputs, const std::vector<End>& ends) {
  if (has(inputs, ends, End::failed)) return End::failed;
  if (has(inputs, ends, End::waits)) return End::waits;
  return inputs.empty() || has(inputs, ends, End::ok) ? End::ok : End::skipped;
}

End end_of_list(std::span<const CellId> inputs, const std::vector<End>& ends, Kind kind) {
  if (ends[inputs[0]] != End::ok) return ends[inputs[0]];
  return kind == Kind::list_iter ? success_of(inputs.subspan(1), ends)
                                 : all_of(inputs.subspan(1), ends);
}

}  // namespace

End all_of(std::span<const CellId> inputs, const std::vector<End>& ends) {
  for (const End end : {End::failed, End::waits, End::skipped}) {
    if (has(inputs, ends, end)) return end;
  }
  return End::ok;
}

bool is_untrue(const Graph& graph, const Cells& cells, CellId cell, const std::vector<Told>& told) {
  const CellId condition = cells.inputs(cell)[0];
  if (told[cell].is_untrue || told[condition].is_untrue) return true;
  const NodeId node = cells.nodes[condition];
  if (graph.kind(node) != Kind::constant) return false;
  const Value& value = *static_cast<const Value*>(graph.term(node).payload);
  return value && &value.type() == &type_of<bool> && !value.as<bool>();
}

std::vector<End> ends_of(const Graph& graph, const Cells& cells, const std::vector<Told>& told) {
  std::vector<End> ends(cells.size());
  for (CellId cell = 0; cell < cells.size(); ++cell) {
    const std::span<const CellId> inputs = cells.inputs(cell);
    const auto first = [&] { return ends[inputs[0]]; };
    End& end = ends[cell];
    switch (const Kind kind = graph.kind(cells.nodes[cell])) {
      case Kind::failed:
        end = End::failed;
        break;
      case Kind::pending:
        end = End::waits;
        break;
      case Kind::all:
        end = success_of(inputs, ends);
        break;
      case Kind::gate:
        end = all_of(inputs.subspan(1), ends);
        if (end == End::ok) end = first();
        break;
      case Kind::only_if:
        end = first();
        if (end == End::ok)
          end = is_untrue(graph, cells, cell, told) ? End::skipped : ends[inputs[1]];
        break;
      case Kind::list_map:
      case Kind::list_iter:
      case Kind::option_map:
        end = end_of_list(inputs, ends, kind);
        break;
      case Kind::attempt:
      case Kind::advisory:
        end = first() == End::failed ? End::ok : first();
        if (kind == Kind::advisory && end == End::skipped) end = End::ok;
        break;
      case Kind::state_of:
        end = End::ok;
        break;
      case Kind::or_else:
        end = first() == End::failed ? ends[inputs[1]] : first();
        break;
      case Kind::approve:
        end = first();
        if (end == End::ok && told[cell].is_unapproved) end = End::waits;
        break;
      default:
        end = all_of(inputs, ends);
    }
    if (end == End::ok && told[cell].fails) end = End::failed;
  }
  return ends;
}

}  // namespace oche::detail::forecast
