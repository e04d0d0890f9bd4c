// provenance.cpp - what a plan expects of each step: its key, what goes into it, what comes first.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include <oche/engine/provenance.hpp>

#include "base/make_set.hpp"
#include "engine/plan/necessary.hpp"
#include "engine/plan/planning.hpp"
#include <oche/base/error.hpp>
#include <oche/term/step_payload.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace oche {

namespace {

using detail::Asker;
using detail::CellId;
using detail::no_cell;
using detail::Planning;
using What = ArtifactRule::What;

constexpr auto usual_validity = std::chrono::hours(24 * 365);

/// The step whose own result this is, whatever had to be waited for on the way; or none.
CellId source_of(const detail::Rounds& rounds, CellId cell) {
  for (;;) {
    const Asker asker = rounds.asker(cell);
    switch (asker.graph->kind(asker.node)) {
      case Kind::step:
      case Kind::command:
        return cell;
      case Kind::gate:
      case Kind::approve:
      case Kind::map_error:
        cell = rounds.inputs(cell)[0];
        break;
      case Kind::only_if:
        cell = rounds.inputs(cell)[1];
        break;
      default:
        return no_cell;
    }
  }
}

class LayoutWriter {
 public:
  explicit LayoutWriter(const Planning& planning) : planning_(planning), rounds_(planning.rounds) {}

  Layout run() {
    Layout layout;
    const Plan plan = detail::planned(planning_);
    std::vector<std::pair<std::string, CellId>> cells;
    for (const CellId cell : rounds_.steps()) {
      const Planned fate = planning_.fate_of(cell).first;
      if (fate == Planned::blocked || fate == Planned::skip) continue;
      cells.emplace_back(rounds_.path_of(cell), cell);
      expected_.insert(cell);
      if (fate == Planned::unknown || fate == Planned::wait)
        layout.may.push_back(cells.back().first);
    }
    std::sort(cells.begin(), cells.end());
    std::sort(layout.may.begin(), layout.may.end());
    for (const auto& [path, cell] : cells)
      layout.steps.push_back(step_of(path, cell));
    find_inner(plan, cells, layout);
    return layout;
  }

 private:
  LayoutStep step_of(const std::string& path, CellId cell) {
    LayoutStep step{.path = path, .materials = {}, .products = {}};
    const auto [fate, planned] = planning_.fate_of(cell);
    if (!planned.key.empty()) step.materials.push_back({What::require, "key/" + planned.key});
    add_inputs(cell, step.materials);
    // What is reused was done before, behind whatever gates there were then.
    if (fate != Planned::reuse) add_gates(cell, step.materials);
    step.materials.push_back({What::allow, planned.key.empty() ? "key/*" : "key/" + planned.key});
    step.materials.push_back({What::allow, "part/*"});
    step.materials.push_back({What::disallow, "*"});
    step.products = {{What::create, "value"}, {What::create, "tree"}, {What::disallow, "*"}};
    return step;
  }

  void add_inputs(CellId cell, std::vector<ArtifactRule>& rules) const {
    const Asker asker = rounds_.asker(cell);
    const std::vector<CellId> inputs = rounds_.inputs(cell);
    if (asker.graph->kind(asker.node) == Kind::command) {
      add_input(source_of(rounds_, inputs[0]), "tree", "input", rules);
      return;
    }
    const auto& step =
        *static_cast<const detail::StepPayload*>(asker.graph->term(asker.node).payload);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (step.kind->roles[i] != detail::Role::keyed) continue;  // in no key: not recorded
      add_input(source_of(rounds_, inputs[i]), "value", fmt::format("argument {}", i + 1), rules);
    }
  }

  /// What is made of a step's result by functions has another digest, which nobody knows.
  void add_input(CellId source, const std::string& name, const std::string& in,
                 std::vector<ArtifactRule>& rules) const {
    const std::string whole = in + "/" + name;
    rules.push_back({What::require, whole});
    if (source != no_cell && expected_.contains(source))
      rules.push_back({What::match, name, in, rounds_.path_of(source)});
    else
      rules.push_back({What::allow, whole});
  }

  void add_gates(CellId cell, std::vector<ArtifactRule>& rules) {
    std::vector<std::string> paths;
    for (const CellId need : necessary_.of(cell))
      if (expected_.contains(need)) paths.push_back(rounds_.path_of(need));
    std::sort(paths.begin(), paths.end());
    for (const std::string& path : paths) {
      rules.push_back({What::require, "after/" + path + "/value"});
      rules.push_back({What::match, "value", "after/" + path, path});
    }
  }

  /// Lists whose items, and holes whose content, nobody knows.
  void find_inner(const Plan& plan, const std::vector<std::pair<std::string, CellId>>& cells,
                  Layout& layout) const {
    for (const PlannedStep& step : plan.unknown) {
      const auto found = std::lower_bound(
          cells.begin(), cells.end(), step.path,
          [](const auto& one, const std::string& path) { return one.first < path; });
      const bool is_there = found != cells.end() && found->first == step.path;
      if (!is_there) layout.inner.push_back(step.path);
    }
    for (const CellId cell : rounds_.live()) {
      const Asker asker = rounds_.asker(cell);
      if (asker.graph->kind(asker.node) == Kind::dynamic)
        layout.inner.push_back(rounds_.path_of(cell) + "/**");
    }
    for (NodeId node = 0; node < planning_.graph.size(); ++node)
      if (planning_.graph.kind(node) == Kind::dynamic && planning_.graph.template_of(node) != 0)
        layout.inner.push_back(std::string(planning_.graph.path(node)) + "/**");
    detail::make_set(layout.inner);
  }

  const Planning& planning_;
  const detail::Rounds& rounds_;
  detail::Necessary necessary_{rounds_};
  std::set<CellId> expected_;
};

}  // namespace

Layout expected_layout(const AnyTerm& pipeline, const EngineOptions& options) {
  const Planning planning(pipeline, options);
  Layout layout = LayoutWriter(planning).run();
  if (detail::StoreReader* const reader = planning.side.reader()) {
    const auto newest = reader->recent_attempts(1);
    if (!newest) throw Error(newest.failure());
    if (!newest.value().empty()) layout.after = newest.value().front().id;
  }
  const std::shared_ptr<Clock> clock = options.clock ? options.clock : system_clock();
  // Whole seconds: in-toto writes no others.
  layout.expires = std::chrono::floor<std::chrono::seconds>(clock->now() + usual_validity);
  return layout;
}

}  // namespace oche
