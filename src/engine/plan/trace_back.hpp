// trace_back.hpp - from a step back to the inputs, constants and people that are behind it.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/plan/key_history.hpp"
#include "engine/plan/planning.hpp"
#include <oche/engine/why.hpp>

#include <set>
#include <span>
#include <string>
#include <vector>

namespace oche::detail {

/// Goal: the ways from a step back to what is behind its state, as lines. Depth first without
/// recursion, each cell once; a way that ends at nothing leaves no lines. Cost: linear in what is
/// before the step, plus the keys that its steps have had.
class TraceBack {
 public:
  explicit TraceBack(const Planning& planning) : planning_(planning) {}

  /// Who gave these parts of a step's key, which are new since `since`.
  void changed(CellId step, std::span<const KeyChange> changes, Time since);
  /// What it is behind: would run, has failed, or waits for a person.
  void behind(CellId step);
  /// Why nobody asks for it, or an `only_if` has left it out.
  void left_out(CellId step);

  [[nodiscard]] std::vector<Cause>& causes() { return causes_; }
  [[nodiscard]] bool has_more() const { return has_more_; }

 private:
  struct Stop {
    CellId cell;
    unsigned depth;
    Time since;
    bool is_end = false;     // of a cell whose causes have been visited
    std::size_t before = 0;  // how many lines there were before its own
  };
  void run();
  void visit(const Stop& at);
  void visit_step(const Stop& at);
  /// The inputs that give these parts of a step's key.
  [[nodiscard]] std::vector<CellId> givers_of(CellId step,
                                              std::span<const KeyChange> changes) const;
  void push_inputs(const Stop& at, std::span<const CellId> inputs);
  void say(CellId cell, unsigned depth, std::string text);
  [[nodiscard]] std::vector<CellId> data_of(CellId cell) const;
  [[nodiscard]] std::string value_text(CellId cell) const;

  const Planning& planning_;
  std::vector<Cause> causes_;
  std::vector<Stop> stops_;
  std::set<CellId> seen_;
  bool has_more_ = false;
};

/// The inputs of a step or command that give a part of its key; none if the program writes it down.
[[nodiscard]] std::vector<std::size_t> inputs_of_part(const Graph& graph, NodeId node,
                                                      std::string_view part);

}  // namespace oche::detail
