// time_tasks.cpp - a pipeline as tasks of the scheduler.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/time_tasks.hpp"

#include "base/make_set.hpp"

// Every wanted cell that comes to an end is a task, which works only if it is a step that runs.
// What a cell waits for follows from how it ends: a failure is known with the first input that has
// failed, everything else with the last. Gates follow behind the cells; a step needs that of its
// want, while what is no work can be over before anybody asks for it.

namespace oche::detail::forecast {

using scheduling::no_task;
using scheduling::Task;
using scheduling::TaskId;

namespace {

class Naming {
 public:
  Naming(const Facts& facts, const Cells& cells, const std::vector<End>& ends,
         const std::vector<Told>& told, const Wants& wants)
      : facts_(facts),
        graph_(facts.graph()),
        cells_(cells),
        ends_(ends),
        told_(told),
        wants_(wants) {}

  Named run(const std::vector<Duration>& takes, const scheduling::Pools& pools) {
    made_.of_cell.assign(cells_.size(), no_task);
    TaskId count = 0;
    for (CellId cell = 0; cell < cells_.size(); ++cell) {
      if (wants_.of[cell] != never && ends_[cell] != End::waits) made_.of_cell[cell] = count++;
    }
    first_gate_ = count;
    made_.tasks.reserve(count + wants_.gates.size(), cells_.all_inputs.size() + count);
    for (CellId cell = 0; cell < cells_.size(); ++cell) {
      if (made_.of_cell[cell] != no_task) add(cell, takes[cell], pools);
    }
    for (const Gate& gate : wants_.gates)
      add(gate);
    return std::move(made_);
  }

 private:
  void add(CellId cell, Duration takes, const scheduling::Pools& pools) {
    Task task;
    needs_.clear();
    if (runs(facts_, cells_, cell, ends_, told_, wants_)) {
      const NodeId node = cells_.nodes[cell];
      task.works = true;
      task.duration = takes;
      if (const StepPayload* step = facts_.step(node)) task.priority = step->options.priority;
      if (!pools.sizes().empty())
        task.claim = made_.tasks.claims().add(pools.claim(facts_.pool(node), facts_.needs(node)));
      need_all(cells_.inputs(cell));
      if (const WantId want = wants_.of[cell]; want != at_once) needs_.push_back(of_want(want));
    } else {
      task.begin = find_needs(cell);
    }
    made_.tasks.add(task, needs_);
  }

  void add(const Gate& gate) {
    needs_.clear();
    Task task;
    if (gate.any.empty()) {
      needs_.push_back(made_.of_cell[gate.cell]);
      if (gate.outer != at_once) needs_.push_back(of_want(gate.outer));
    } else {
      task.begin = scheduling::Begin::after_any;
      for (const WantId want : gate.any)
        needs_.push_back(of_want(want));
      make_set(needs_);
    }
    made_.tasks.add(task, needs_);
  }

  TaskId of_want(WantId want) const { return first_gate_ + want - 2; }

  void need(CellId cell) { needs_.push_back(made_.of_cell[cell]); }
  scheduling::Begin need_all(std::span<const CellId> inputs) {
    for (const CellId input : inputs)
      need(input);
    return scheduling::Begin::after_all;
  }
  scheduling::Begin need_first_failed(std::span<const CellId> inputs) {
    for (const CellId input : inputs) {
      if (ends_[input] == End::failed) need(input);
    }
    return scheduling::Begin::after_any;
  }
  /// The outcome of all of them is `end`.
  scheduling::Begin need_what_decides(std::span<const CellId> inputs, End end) {
    return end == End::failed ? need_first_failed(inputs) : need_all(inputs);
  }

  /// What a cell that does not run waits for.
  scheduling::Begin find_needs(CellId cell) {
    const std::span<const CellId> inputs = cells_.inputs(cell);
    if (inputs.empty()) return scheduling::Begin::after_all;
    const End first = ends_[inputs[0]];
    switch (graph_.kind(cells_.nodes[cell])) {
      case Kind::gate: {
        const End controls = all_of(inputs.subspan(1), ends_);
        return controls == End::ok ? need_all(inputs)
                                   : need_what_decides(inputs.subspan(1), controls);
      }
      case Kind::only_if:
        if (first != End::ok || is_untrue(graph_, cells_, cell, told_))
          return need_all(inputs.first(1));
        return need_all(inputs);
      case Kind::or_else:
        return need_all(first == End::failed ? inputs : inputs.first(1));
      case Kind::state_of:
        return first == End::waits ? scheduling::Begin::after_all : need_all(inputs);
      case Kind::list_map:
      case Kind::list_iter:
      case Kind::option_map:
        if (first != End::ok) return need_all(inputs.first(1));
        return all_of(inputs.subspan(1), ends_) == End::failed
                   ? need_first_failed(inputs.subspan(1))
                   : need_all(inputs);
      case Kind::attempt:
      case Kind::advisory:
      case Kind::approve:
        return need_all(inputs);
      default:
        // Its own failure comes when its inputs are there.
        return need_what_decides(inputs, all_of(inputs, ends_));
    }
  }

  const Facts& facts_;
  const Graph& graph_;
  const Cells& cells_;
  const std::vector<End>& ends_;
  const std::vector<Told>& told_;
  const Wants& wants_;
  TaskId first_gate_ = 0;
  std::vector<TaskId> needs_;
  Named made_;
};

}  // namespace

bool runs(const Facts& facts, const Cells& cells, CellId cell, const std::vector<End>& ends,
          const std::vector<Told>& told, const Wants& wants) {
  return wants.of[cell] != never && facts.is_work(cells.nodes[cell]) && !told[cell].is_reused &&
         all_of(cells.inputs(cell), ends) == End::ok;
}

Named tasks_of(const Facts& facts, const Cells& cells, const std::vector<End>& ends,
               const std::vector<Told>& told, const Wants& wants,
               const std::vector<Duration>& takes, const scheduling::Pools& pools) {
  return Naming(facts, cells, ends, told, wants).run(takes, pools);
}

}  // namespace oche::detail::forecast
