// meaning.cpp - a number for what a node does: the same in every run and on every machine.
// Layer: graph.
// SPDX-License-Identifier: Apache-2.0
#include "graph/ahead.hpp"
#include "graph/names.hpp"
#include <oche/base/record.hpp>
#include <oche/term/payload.hpp>
#include <oche/term/step_payload.hpp>

namespace oche::detail {
namespace {

template <class P>
const P& payload(const Node& node) {
  return *static_cast<const P*>(node.payload);
}

std::uint64_t of_step(const StepPayload& step) {
  std::uint64_t hash = mix(lasting_hash(step.name), lasting_hash(step.options.label));
  hash = mix(hash, static_cast<std::uint64_t>(step.options.version));
  hash = mix(hash, static_cast<std::uint64_t>(step.options.timeout.count()));
  return mix(hash, static_cast<std::uint64_t>(step.options.level));
}

std::uint64_t of_word(const WordSpec& word) { return mix(word.input, lasting_hash(word.text)); }

std::uint64_t of_command(const CommandSpec& spec) {
  std::uint64_t hash = mix(lasting_hash(spec.operation), lasting_hash(spec.label));
  for (const WordSpec& word : spec.argv)
    hash = mix(hash, of_word(word));
  for (const auto& [name, word] : spec.env)
    hash = mix(mix(hash, lasting_hash(name)), of_word(word));
  if (spec.image) hash = mix(hash, of_word(*spec.image));
  for (const std::string& pattern : spec.outputs)
    hash = mix(hash, lasting_hash(pattern));
  for (const auto& [name, value] : spec.settings)
    hash = mix(mix(hash, lasting_hash(name)), lasting_hash(value));
  for (const auto& [name, secret] : spec.secrets)
    hash = mix(mix(hash, lasting_hash(name)), lasting_hash(secret.name));
  hash = mix(hash, static_cast<std::uint64_t>(spec.timeout.count()));
  return mix(mix(hash, static_cast<std::uint64_t>(spec.network)),
             static_cast<std::uint64_t>(spec.level));
}

std::uint64_t of_constant(const Value& value) {
  if (!value || !value.type().is_record) return 0;
  const Digest digest = value.digest();
  return lasting_hash({reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()});
}

std::uint64_t of_own(const Node& node) {
  const std::uint64_t hash =
      mix(lasting_hash(name_of(node.kind)), node.label_size == 0 ? 0 : lasting_hash(node.label()));
  if (node.payload == nullptr) return hash;
  switch (node.kind) {
    case Kind::constant:
      return mix(hash, of_constant(payload<Value>(node)));
    case Kind::step:
      return mix(hash, of_step(payload<StepPayload>(node)));
    case Kind::command:
      return mix(hash, of_command(payload<CommandPayload>(node).spec));
    default:
      return hash;
  }
}

}  // namespace

std::uint64_t lasting_hash(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ull;  // FNV-1a
  for (const char c : text)
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
  return hash;
}

std::vector<std::uint64_t> meanings_of(const GraphArrays& graph) {
  std::vector<std::uint64_t> result(graph.size());
  const Ahead ask_ahead(graph, 0, 320);
  for (NodeId node = 0; node < graph.size(); ++node) {
    ask_ahead(node);
    const Node& term = *graph.terms[node];
    const Kind kind = graph.kinds[node];
    // An expand shares the list's term, so its kind is said here.
    std::uint64_t hash = kind == Kind::expand ? lasting_hash(name_of(kind)) : of_own(term);
    const std::vector<std::string>* labels = all_labels(graph, node);
    // Whoever exchanges two inputs of an `all`, or two controls, has changed nothing.
    std::uint64_t unordered = 0;
    std::uint32_t position = 0;
    for (const NodeId input : graph.inputs_of(node)) {
      const std::uint64_t label = labels == nullptr ? 0 : lasting_hash((*labels)[position]);
      if (kind == Kind::all || (kind == Kind::gate && position > 0))
        unordered += mix(mix(0, label), result[input]);
      else
        hash = mix(hash, result[input]);
      ++position;
    }
    if (kind == Kind::item && graph.place(node).of_template != 0)
      hash = mix(hash, result[graph.templates[graph.place(node).of_template].expand]);
    result[node] = mix(hash, unordered);
  }
  return result;
}

}  // namespace oche::detail
