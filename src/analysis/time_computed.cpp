// time_computed.cpp - everything that a forecast works out once.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/time_computed.hpp"

#include "analysis/outlook.hpp"
#include "analysis/promise.hpp"
#include "base/readable_time.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oche::detail::forecast {

using scheduling::no_task;
using scheduling::TaskId;

namespace {

Duration median(std::vector<Duration> all) {
  const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
  std::nth_element(all.begin(), middle, all.end());
  return *middle;
}

Fate fate_of(End end) {
  if (end == End::failed) return Fate::fails;
  if (end == End::skipped) return Fate::skipped;
  return end == End::waits ? Fate::waits : Fate::succeeds;
}

}  // namespace

Computed::Computed(const Facts& facts, const Assumptions& assumptions)
    : graph(facts.graph()), cells(lay_out(facts, assumptions)), start_up(assumptions.start_up) {
  const std::vector<Told> told = told_of(graph, cells, assumptions);
  const std::vector<End> ends = ends_of(graph, cells, told);
  const Wants wants = wants_of(graph, cells, ends, told);
  outcome = fate_of(ends[cells.root]);
  find_steps(facts, ends, told, wants);
  const KnownTimes known(graph, assumptions.durations);
  take(assumptions, known);
  std::vector<Duration> takes(cells.size());
  for (std::size_t i = 0; i < steps.size(); ++i)
    takes[step_cells[i]] = steps[i].takes;
  pools = scheduling::Pools(assumptions.pools);
  named = tasks_of(facts, cells, ends, told, wants, takes, pools);
  readers.emplace(named.tasks);
  paths.emplace(named.tasks, *readers);
  judge();
  look_out(assumptions, known);
  see(facts, ends, wants);
}

void Computed::find_steps(const Facts& facts, const std::vector<End>& ends,
                          const std::vector<Told>& told, const Wants& wants) {
  const auto count = static_cast<std::size_t>(std::count_if(
      cells.nodes.begin(), cells.nodes.end(), [&](NodeId node) { return facts.is_work(node); }));
  steps.reserve(count);
  step_cells.reserve(count);
  for (CellId cell = 0; cell < cells.size(); ++cell) {
    const NodeId node = cells.nodes[cell];
    if (!facts.is_work(node)) continue;
    TimedStep step{
        .node = node, .path = cells.path(graph, cell), .publishes = facts.publishes(node)};
    const End before = all_of(cells.inputs(cell), ends);
    if (wants.of[cell] == never) {
      step.fate = Fate::not_wanted;
    } else if (before == End::ok) {
      step.fate = told[cell].is_reused ? Fate::reused : fate_of(ends[cell]);
    } else {
      step.fate = before == End::failed ? Fate::blocked : fate_of(before);
    }
    step_cells.push_back(cell);
    steps.push_back(std::move(step));
  }
}

void Computed::take(const Assumptions& assumptions, const KnownTimes& known) {
  std::vector<Duration> seen;
  seen.reserve(steps.size());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    TimedStep& step = steps[i];
    const Duration time = cells.item_of[step_cells[i]] == 0
                              ? known.by_node()[step.node]
                              : known.of_instance(step.node, step.path);
    step.is_known = time != not_known;
    if (!step.is_known) continue;
    step.takes = time;
    seen.push_back(time);
  }
  is_guessed = !assumptions.unknown;
  unknown = assumptions.unknown ? *assumptions.unknown : seen.empty() ? 1s : median(seen);
  knows_some = !seen.empty();
  for (TimedStep& step : steps) {
    if (!step.is_known) step.takes = unknown;
    if (!step.runs()) step.takes = {};
  }
}

void Computed::judge() {
  step_of.assign(named.tasks.size(), no_step);
  step_tasks.reserve(steps.size());
  for (std::uint32_t i = 0; i < steps.size(); ++i) {
    const TaskId task = named.of_cell[step_cells[i]];
    step_tasks.push_back(task);
    if (task == no_task) continue;
    if (steps[i].runs()) step_of[task] = i;
    steps[i].begin = paths->begin(task);
    steps[i].slack = paths->slack(task);
  }
  const std::vector<Duration> drags = paths->drags(named.tasks);
  for (std::size_t i = 0; i < drags.size(); ++i) {
    const std::uint32_t step = step_of[paths->critical()[i]];
    if (step == no_step) continue;
    steps[step].drag = drags[i];
    critical.push_back(step);
  }
}

/// Not what is assumed of this run: what the engine would know when it begins.
void Computed::look_out(const Assumptions& assumptions, const KnownTimes& known) {
  const bool has_lists = graph.templates().size() > 1;
  const auto& times = assumptions.durations;
  const Outlook outlook = has_lists ? Outlook(graph, {times.begin(), times.end()})
                                    : Outlook::of_nodes(graph, known.by_node());
  remaining.resize(named.tasks.size());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (step_tasks[i] != no_task)
      remaining[step_tasks[i]] = outlook.remaining(steps[i].node, steps[i].path);
  }
}

/// What was taken for what nobody can know.
void Computed::see(const Facts& facts, const std::vector<End>& ends, const Wants& wants) {
  std::vector<std::string> lacking;
  for (const TimedStep& step : steps) {
    if (step.runs() && !step.is_known) lacking.push_back(step.path);
  }
  if (!lacking.empty()) {
    constexpr std::size_t most = 5;
    std::string who = fmt::format(
        "{}",
        fmt::join(lacking.begin(),
                  lacking.begin() + static_cast<std::ptrdiff_t>(std::min(most, lacking.size())),
                  ", "));
    if (lacking.size() > most) who += fmt::format(" and {} more", lacking.size() - most);
    const std::string_view source = !is_guessed  ? "as asked"
                                    : knows_some ? "the median of the others"
                                                 : "a guess";
    unseen.push_back(fmt::format("how long {} take{} is not known: {} was taken, {}", who,
                                 lacking.size() == 1 ? "s" : "", duration_text(unknown), source));
  }
  for (const std::string& list : cells.guessed)
    unseen.push_back(fmt::format("which items {} has is not known: one was taken", list));
  for (CellId cell = 0; cell < cells.size(); ++cell) {
    const NodeId node = cells.nodes[cell];
    const bool is_hole =
        graph.kind(node) == Kind::dynamic && wants.of[cell] != never && ends[cell] == End::ok;
    if (!is_hole || runs_nothing(facts, node)) continue;
    std::string text = fmt::format("what {} builds is not known before it has: nothing was taken",
                                   cells.path(graph, cell));
    if (const std::string promise = promise_of(facts, node); !promise.empty())
      text += "; it promises " + promise;
    if (const auto most = facts.contract(node)->at_most)
      text += fmt::format(": at {} each up to {} of work", duration_text(unknown),
                          duration_text(unknown * *most));
    unseen.push_back(std::move(text));
  }
}

}  // namespace oche::detail::forecast
