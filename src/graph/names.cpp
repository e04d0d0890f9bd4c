// names.cpp - what a node is called by itself.
// Layer: graph.
// SPDX-License-Identifier: Apache-2.0
#include "graph/names.hpp"

#include <oche/term/payload.hpp>
#include <oche/term/step_payload.hpp>

#include <fmt/core.h>

namespace oche::detail {
namespace {

std::string_view base_name(std::string_view program) {
  const std::size_t slash = program.find_last_of('/');
  return slash == program.npos ? program : program.substr(slash + 1);
}

}  // namespace

const std::vector<std::string>* all_labels(const GraphArrays& graph, NodeId node) {
  if (graph.kinds[node] != Kind::all) return nullptr;
  const auto* payload = static_cast<const AllPayload*>(graph.terms[node]->payload);
  return payload == nullptr || payload->labels.empty() ? nullptr : &payload->labels;
}

std::string_view label_of_reader(const GraphArrays& graph, NodeId node) {
  std::string_view best;
  for (std::uint32_t i = graph.reader_starts[node]; i < graph.reader_starts[node + 1]; ++i) {
    const Reader& reader = graph.readers[i];
    const std::vector<std::string>* labels = all_labels(graph, reader.node);
    if (labels == nullptr || (*labels)[reader.position].empty()) continue;
    const std::string_view label = (*labels)[reader.position];
    if (best.empty() || label < best) best = label;
  }
  return best;
}

std::string_view own_label(const GraphArrays& graph, NodeId node) {
  const Node& term = *graph.terms[node];
  const Kind kind = graph.kinds[node];
  if (term.label_size != 0 && kind != Kind::expand) return term.label();
  if (kind == Kind::step) return static_cast<const StepPayload*>(term.payload)->options.label;
  if (kind == Kind::command) return static_cast<const CommandPayload*>(term.payload)->spec.label;
  return {};
}

bool is_visible(const GraphArrays& graph, NodeId node) {
  switch (graph.kinds[node]) {
    case Kind::step:
    case Kind::command:
    case Kind::input:
    case Kind::approve:
    case Kind::fold:
    case Kind::dynamic:
      return true;
    case Kind::expand:
      return false;
    case Kind::constant:
      return graph.terms[node]->label_size != 0;
    default:
      return graph.terms[node]->label_size != 0 || !label_of_reader(graph, node).empty();
  }
}

std::string command_title(const Node& command, char between) {
  const CommandSpec& spec = static_cast<const CommandPayload*>(command.payload)->spec;
  if (spec.argv.empty() || spec.argv.front().input != 0) return spec.operation;
  return fmt::format("{}{}{}", spec.operation, between, base_name(spec.argv.front().text));
}

std::string short_name(const GraphArrays& graph, NodeId node) {
  const Node& term = *graph.terms[node];
  std::string_view name = own_label(graph, node);
  if (name.empty() && graph.kinds[node] != Kind::constant) name = label_of_reader(graph, node);
  if (!name.empty()) return clean(name);
  if (graph.kinds[node] == Kind::step)
    return clean(static_cast<const StepPayload*>(term.payload)->name);
  if (graph.kinds[node] == Kind::command) return clean(command_title(term, '-'));
  return std::string(name_of(graph.kinds[node]));
}

std::string list_name(const GraphArrays& graph, TemplateId one) {
  const Template& list = graph.templates[one];
  if (const std::string_view own = own_label(graph, list.collect); !own.empty()) return clean(own);
  if (const auto label = label_of_reader(graph, list.collect); !label.empty()) return clean(label);
  NodeId node = graph.inputs_of(list.expand)[0];
  // Past what has no name, to what the list was made of; not far, since then it says little.
  for (int steps = 0; steps < 16 && !is_visible(graph, node); ++steps) {
    const std::span<const NodeId> inputs = graph.inputs_of(node);
    if (inputs.empty() || is_list(graph.kinds[node])) return {};
    node = inputs[graph.kinds[node] == Kind::only_if ? 1 : 0];
  }
  return is_visible(graph, node) ? short_name(graph, node) : std::string();
}

}  // namespace oche::detail
