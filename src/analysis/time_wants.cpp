// time_wants.cpp - who would ask for each cell, and when.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/time_fates.hpp"

#include <utility>

// Readers stand behind what they read, so one sweep from the end knows all who ask for a cell
// before it comes to it. Wants are numbered: what one condition asks for shares one number. A cell
// that is asked for at once by anybody is asked for at once.

namespace oche::detail::forecast {
namespace {

class Asking {
 public:
  Asking(const Graph& graph, const Cells& cells, const std::vector<End>& ends,
         const std::vector<Told>& told)
      : graph_(graph), cells_(cells), ends_(ends), told_(told) {}

  Wants run() {
    made_.of.assign(cells_.size(), never);
    own_gate_.assign(cells_.size(), never);
    made_.of[cells_.root] = at_once;
    for (CellId cell = cells_.size(); cell-- > 0;) {
      if (made_.of[cell] != never) visit(cell);
    }
    return std::move(made_);
  }

 private:
  void visit(CellId cell) {
    const std::span<const CellId> inputs = cells_.inputs(cell);
    const WantId want = made_.of[cell];
    const Kind kind = graph_.kind(cells_.nodes[cell]);
    const bool chooses = kind == Kind::only_if || kind == Kind::or_else || is_list(kind);
    if (!chooses) {
      for (const CellId input : inputs)
        ask(input, want);
      return;
    }
    ask(inputs[0], want);
    const End first = ends_[inputs[0]];
    const bool asks = kind == Kind::or_else ? first == End::failed
                      : kind == Kind::only_if
                          ? first == End::ok && !is_untrue(graph_, cells_, cell, told_)
                          : first == End::ok;
    if (!asks || inputs.size() < 2) return;
    const WantId inner = once(inputs[0], want);
    for (const CellId input : inputs.subspan(1))
      ask(input, inner);
  }

  /// When `cell` is over and `outer` asks.
  WantId once(CellId cell, WantId outer) {
    const auto [place, is_new] = numbers_.try_emplace((std::uint64_t{outer} << 32) | cell, never);
    if (is_new) place->second = add({outer, cell, {}});
    return place->second;
  }

  void ask(CellId cell, WantId want) {
    WantId& has = made_.of[cell];
    if (has == at_once || has == want) return;
    if (has == never || want == at_once) {
      // The gate of several who ask is not needed any more: it leaves no choice.
      if (own_gate_[cell] != never) made_.gates[own_gate_[cell] - 2].any.resize(1);
      has = want;
      return;
    }
    if (own_gate_[cell] == never) {
      own_gate_[cell] = add({.any = {has}});
      has = own_gate_[cell];
    }
    std::vector<WantId>& any = made_.gates[has - 2].any;
    if (any.back() != want) any.push_back(want);
  }

  WantId add(Gate gate) {
    made_.gates.push_back(std::move(gate));
    return static_cast<WantId>(made_.gates.size() + 1);
  }

  const Graph& graph_;
  const Cells& cells_;
  const std::vector<End>& ends_;
  const std::vector<Told>& told_;
  Wants made_;
  std::vector<WantId> own_gate_;  ///< by cell: of several who ask
  std::unordered_map<std::uint64_t, WantId> numbers_;
};

}  // namespace

Wants wants_of(const Graph& graph, const Cells& cells, const std::vector<End>& ends,
               const std::vector<Told>& told) {
  return Asking(graph, cells, ends, told).run();
}

}  // namespace oche::detail::forecast
