// outcomes.cpp - the table of who wins, in formulas.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include "render/workflow/outcomes.hpp"

#include <oche/base/value.hpp>

// A hosted service begins a job when all that it needs is over, so every outcome is ok, skipped or
// failed. What would become longer than `longest` counts as ok only if every job before it has
// succeeded: never too early.

namespace oche::detail::workflow {
namespace {

constexpr std::size_t longest = 400;

class Endings {
 public:
  Endings(const Graph& graph, const Places& places, Formulas& formulas, Losses& losses)
      : graph_(graph), places_(places), formulas_(formulas), losses_(losses) {}

  std::vector<Ending> run() {
    endings_.resize(graph_.size());
    for (NodeId node = 0; node < graph_.size(); ++node) {
      if (graph_.template_of(node) != 0) continue;
      Ending ending = of(node);
      if (is_too_long(ending.ok) || is_too_long(ending.skipped)) {
        losses_.add("long", graph_.path(node));
        std::vector<FormulaId> parts;
        for (const Atom atom : formulas_.atoms(formulas_.any({ending.ok, ending.skipped})))
          parts.push_back(formulas_.atom(atom));
        ending = {formulas_.all(parts), never};
      }
      endings_[node] = ending;
    }
    return std::move(endings_);
  }

 private:
  /// Lists of plain atoms may be of any length: they do not nest.
  bool is_too_long(FormulaId one) const {
    if (formulas_.length(one) <= longest) return false;
    for (const FormulaId part : formulas_.conjuncts(one))
      if (formulas_.length(part) > 1) return true;
    return formulas_.conjuncts(one).size() == 1;
  }

  Ending of(NodeId node) {
    const std::span<const NodeId> inputs = graph_.inputs(node);
    if (const JobId job = places_.job[node]; job != no_job) {
      const FormulaId ok = formulas_.atom(succeeded(job));
      return {ok, together(places_.reads[job], endings_, formulas_).skipped};
    }
    switch (const Kind kind = graph_.kind(node)) {
      case Kind::failed:
      case Kind::pending:
        return {never, never};
      case Kind::all:
        return all_of(inputs);
      case Kind::gate:
        return gate(together(inputs.subspan(1), endings_, formulas_), endings_[inputs[0]]);
      case Kind::only_if:
        return only_if(inputs);
      case Kind::attempt:
        return {formulas_.negate(endings_[inputs[0]].skipped), endings_[inputs[0]].skipped};
      case Kind::state_of:
        losses_.add("state", graph_.path(node));
        return {};
      case Kind::advisory:
        return {};
      case Kind::or_else:
        return or_else(endings_[inputs[0]], endings_[inputs[1]]);
      default:
        if (kind == Kind::map || kind == Kind::map_error) losses_.add("value", graph_.path(node));
        return together(inputs, endings_, formulas_);
    }
  }

  Ending all_of(std::span<const NodeId> inputs) {
    std::vector<FormulaId> fine;
    std::vector<FormulaId> skipped;
    for (const NodeId input : inputs) {
      fine.push_back(formulas_.any({endings_[input].ok, endings_[input].skipped}));
      skipped.push_back(endings_[input].skipped);
    }
    const FormulaId none = inputs.empty() ? never : formulas_.all(skipped);
    fine.push_back(formulas_.negate(none));
    return {formulas_.all(fine), none};
  }

  Ending gate(const Ending& controls, const Ending& value) {
    return {formulas_.all({controls.ok, value.ok}),
            formulas_.any({controls.skipped, formulas_.all({controls.ok, value.skipped})})};
  }

  Ending only_if(std::span<const NodeId> inputs) {
    const Ending& condition = endings_[inputs[0]];
    const Ending& value = endings_[inputs[1]];
    const FormulaId truth = truth_of(graph_, places_, inputs[0], formulas_);
    return {
        formulas_.all({condition.ok, truth, value.ok}),
        formulas_.any({condition.skipped, formulas_.all({condition.ok, formulas_.negate(truth)}),
                       formulas_.all({condition.ok, truth, value.skipped})})};
  }

  Ending or_else(const Ending& first, const Ending& second) {
    const FormulaId failed = formulas_.negate(formulas_.any({first.ok, first.skipped}));
    return {formulas_.any({first.ok, formulas_.all({failed, second.ok})}),
            formulas_.any({first.skipped, formulas_.all({failed, second.skipped})})};
  }

  const Graph& graph_;
  const Places& places_;
  Formulas& formulas_;
  Losses& losses_;
  std::vector<Ending> endings_;
};

}  // namespace

Ending together(std::span<const NodeId> nodes, const std::vector<Ending>& endings,
                Formulas& formulas) {
  std::vector<FormulaId> ok;
  std::vector<FormulaId> fine;
  std::vector<FormulaId> skipped;
  for (const NodeId node : nodes) {
    ok.push_back(endings[node].ok);
    if (endings[node].skipped != never) skipped.push_back(endings[node].skipped);
  }
  if (skipped.empty()) return {formulas.all(ok), never};
  for (const NodeId node : nodes)
    fine.push_back(formulas.any({endings[node].ok, endings[node].skipped}));
  fine.push_back(formulas.any(skipped));
  return {formulas.all(ok), formulas.all(fine)};
}

FormulaId truth_of(const Graph& graph, const Places& places, NodeId condition, Formulas& formulas) {
  if (graph.kind(condition) == Kind::constant) {
    const auto& value = *static_cast<const Value*>(graph.term(condition).payload);
    return value.as<bool>() ? always : never;
  }
  return formulas.atom(holds(places.condition[condition]));
}

std::vector<Ending> endings_of(const Graph& graph, const Places& places, Formulas& formulas,
                               Losses& losses) {
  return Endings(graph, places, formulas, losses).run();
}

std::vector<FormulaId> wants_of(const Graph& graph, const Places& places,
                                const std::vector<Ending>& endings, Formulas& formulas) {
  std::vector<FormulaId> wants(graph.size(), never);
  wants[graph.root()] = always;
  const auto ask = [&](NodeId node, FormulaId want) {
    // Too long to be exact: asked for in any case.
    const FormulaId both = formulas.any({wants[node], want});
    wants[node] = formulas.length(both) > longest ? always : both;
  };
  for (NodeId node = graph.size(); node-- > 0;) {
    if (graph.template_of(node) != 0 || wants[node] == never) continue;
    const std::span<const NodeId> inputs = graph.inputs(node);
    const Kind kind = graph.kind(node);
    if (const JobId job = places.job[node]; job != no_job) {
      // What items ask for beside their list is asked for once there are items.
      const bool is_list = graph.owned_template(node) != 0;
      const NodeId list = is_list ? graph.inputs(inputs[0])[0] : no_node;
      for (const NodeId input : places.reads[job])
        ask(input, !is_list || input == list ? wants[node]
                                             : formulas.all({wants[node], endings[list].ok}));
    } else if (kind == Kind::only_if) {
      ask(inputs[0], wants[node]);
      const FormulaId truth = truth_of(graph, places, inputs[0], formulas);
      ask(inputs[1], formulas.all({wants[node], endings[inputs[0]].ok, truth}));
    } else if (kind == Kind::or_else) {
      ask(inputs[0], wants[node]);
      const Ending& first = endings[inputs[0]];
      const FormulaId failed = formulas.negate(formulas.any({first.ok, first.skipped}));
      ask(inputs[1], formulas.all({wants[node], failed}));
    } else {
      for (const NodeId input : inputs)
        ask(input, wants[node]);
    }
  }
  return wants;
}

}  // namespace oche::detail::workflow
