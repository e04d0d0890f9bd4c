// marks.cpp - selectors against the facts of a graph.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/marks.hpp"

#include "analysis/promise.hpp"
#include "base/make_set.hpp"
#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace oche::detail {

void Marks::index_labels() {
  if (by_label_.empty())
    for (const NodeId node : facts_.labelled())
      by_label_[facts_.own_label(node)].push_back(node);
}

void Marks::index() {
  if (is_indexed_) return;
  is_indexed_ = true;
  const Graph& graph = facts_.graph();
  for (NodeId node = 0; node < facts_.size(); ++node) {
    switch (graph.kind(node)) {
      case Kind::step:
      case Kind::command:
        work_.push_back(node);
        break;
      case Kind::approve:
        approvals_.push_back(node);
        break;
      case Kind::input:
        inputs_.push_back(node);
        break;
      default:
        break;
    }
  }
}

std::vector<NodeId> Marks::named(const std::string& name) {
  index_labels();
  const auto steps = facts_.steps_named(name);
  std::vector<NodeId> found(steps.begin(), steps.end());
  if (const auto label = by_label_.find(name); label != by_label_.end()) {
    found.insert(found.end(), label->second.begin(), label->second.end());
    make_set(found);
  }
  return found.empty() ? at_path(name) : found;
}

const std::vector<NodeId>& Marks::at_path(const std::string& name) {
  auto [entry, is_new] = by_path_.try_emplace(name);
  if (is_new) {
    const std::optional<NodeId> node = facts_.graph().find(name);
    if (node && facts_.is_work(*node)) entry->second.push_back(*node);
    const bool is_path = !entry->second.empty();
    index();  // an `all` may have given the name
    for (const NodeId one : work_)
      if (!is_path && facts_.graph().title(one) == name) entry->second.push_back(one);
  }
  return entry->second;
}

std::vector<NodeId> Marks::within(const std::string& group) const {
  const Graph& graph = facts_.graph();
  const auto groups = graph.groups();
  std::vector<bool> is_in(groups.size());
  for (GroupId one = 1; one < groups.size(); ++one)
    is_in[one] = groups[one].path == group || is_in[groups[one].parent];
  std::vector<NodeId> list;
  for (const NodeId node : work_)
    if (is_in[graph.group(node)]) list.push_back(node);
  return list;
}

std::vector<NodeId> Marks::of_part(const Selector::Part& part) {
  using What = Selector::What;
  const Graph& graph = facts_.graph();
  if (part.what != What::named && part.what != What::dynamic_parts) index();
  std::vector<NodeId> list;
  const auto take = [&](const std::vector<NodeId>& from, auto&& is_chosen) {
    std::copy_if(from.begin(), from.end(), std::back_inserter(list), is_chosen);
  };
  switch (part.what) {
    case What::publishes:
      take(work_, [&](NodeId node) { return facts_.publishes(node); });
      break;
    case What::tests:
      take(work_, [&](NodeId node) {
        return facts_.runs_programs(node) && facts_.operation(node) == "test";
      });
      break;
    case What::named:
      return named(part.name);
    case What::within:
      return within(part.name);
    case What::level:
      take(work_, [&](NodeId node) { return facts_.level(node) >= part.level; });
      break;
    case What::approvals:
      take(approvals_,
           [&](NodeId node) { return part.name.empty() || graph.label(node) == part.name; });
      break;
    case What::inputs:
      take(inputs_, [&](NodeId node) { return graph.label(node) == part.name; });
      break;
    case What::dynamic_parts:
      return {facts_.holes().begin(), facts_.holes().end()};
    case What::whole_run:
      return work_;
    case What::declared_untrusted:
      for (NodeId node = 0; node < facts_.size(); ++node)
        if (facts_.trust(node) == Trust::distrusted) list.push_back(node);
      break;
    case What::untrusted:
      break;
  }
  return list;
}

std::vector<NodeId> Marks::of(const Selector& selector) {
  if (selector.parts().size() == 1) return of_part(selector.parts().front());
  std::vector<NodeId> all;
  for (const Selector::Part& part : selector.parts()) {
    const std::vector<NodeId> one = of_part(part);
    all.insert(all.end(), one.begin(), one.end());
  }
  make_set(all);
  return all;
}

std::optional<Failure> Marks::problem(const Selector& selector) {
  using What = Selector::What;
  const Graph& graph = facts_.graph();
  for (const Selector::Part& part : selector.parts()) {
    const bool is_name = part.what == What::named || part.what == What::within ||
                         part.what == What::inputs ||
                         (part.what == What::approvals && !part.name.empty());
    if (!is_name || !of_part(part).empty()) continue;
    std::vector<std::string> known;
    const auto add = [&](const std::vector<NodeId>& nodes) {
      for (const NodeId node : nodes)
        if (!graph.label(node).empty()) known.emplace_back(graph.label(node));
    };
    if (part.what == What::named) {
      for (const std::string_view name : facts_.step_names())
        known.emplace_back(name);
      for (const auto& [label, nodes] : by_label_)
        known.emplace_back(label);
    }
    if (part.what == What::within)
      for (const Group& group : graph.groups())
        known.push_back(group.path);
    if (part.what == What::approvals) add(approvals_);
    if (part.what == What::inputs) add(inputs_);
    make_set(known);
    const std::string_view what = part.what == What::named       ? "step"
                                  : part.what == What::within    ? "section"
                                  : part.what == What::approvals ? "approval"
                                                                 : "input";
    Failure failure{.what = fmt::format("the policy names the {} \"{}\", and the pipeline has none",
                                        what, part.name),
                    .hint = did_you_mean(part.name, known)};
    if (failure.hint.empty()) failure.hint = "`graph` shows every name";
    return failure;
  }
  return std::nullopt;
}

bool Marks::may_be_inside(NodeId hole, const Selector& selector) const {
  const Contract& contract = *facts_.contract(hole);
  if (runs_nothing(facts_, hole)) return false;
  const auto has = [](const std::vector<std::string>& list, const std::string& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
  };
  for (const Selector::Part& part : selector.parts()) {
    if (part.what == Selector::What::approvals || part.what == Selector::What::inputs) continue;
    // Only names are promised: of levels and effects a contract says nothing.
    // A promise may also name a command's operation, which is all that a test is known by.
    if (part.what == Selector::What::tests && has(contract.never, "test")) continue;
    if (part.what != Selector::What::named) return true;
    const bool is_ruled_out = has(contract.never, part.name) ||
                              (!contract.may_run.empty() && !has(contract.may_run, part.name));
    if (!is_ruled_out) return true;
  }
  return false;
}

}  // namespace oche::detail
