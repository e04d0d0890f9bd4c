// same.cpp - whether two terms say the same, their inputs and places apart.
// Layer: graph.
// SPDX-License-Identifier: Apache-2.0
#include "graph/same.hpp"

#include "graph/arrays.hpp"
#include <oche/base/record.hpp>
#include <oche/term/payload.hpp>
#include <oche/term/step_payload.hpp>

#include <tuple>

namespace oche::detail {
namespace {

std::uint64_t hash_of(std::string_view text) { return std::hash<std::string_view>()(text); }

std::uint64_t hash_of(const std::vector<std::string>& texts) {
  std::uint64_t hash = texts.size();
  for (const std::string& text : texts)
    hash = mix(hash, hash_of(text));
  return hash;
}

template <class P>
const P& payload(const Node& node) {
  return *static_cast<const P*>(node.payload);
}

// Opaque values all have one hash, so they are told apart by their address.
std::uint64_t hash_of(const Value& value) {
  if (!value) return 0;
  if (!value.type().is_record) return reinterpret_cast<std::uintptr_t>(value.data());
  return hash(value.type(), value.data());
}

bool same_value(const Value& a, const Value& b) {
  if (a.same(b)) return true;
  return a && b && a.type().is_record && equal(a, b);
}

std::uint64_t hash_of(const StepPayload& step) {
  return mix(mix(reinterpret_cast<std::uintptr_t>(step.kind), hash_of(step.name)),
             mix(static_cast<std::uint64_t>(step.options.version), hash_of(step.options.label)));
}

bool same_step(const StepPayload& a, const StepPayload& b) {
  return a.kind == b.kind && a.name == b.name && a.options == b.options;
}

std::uint64_t hash_of(const CommandSpec& spec) {
  std::uint64_t hash = mix(hash_of(spec.operation), hash_of(spec.outputs));
  for (const WordSpec& word : spec.argv)
    hash = mix(hash, mix(word.input, hash_of(word.text)));
  for (const auto& [name, word] : spec.env)
    hash = mix(hash, mix(hash_of(name), hash_of(word.text)));
  if (spec.image) hash = mix(hash, mix(spec.image->input, hash_of(spec.image->text)));
  for (const auto& [name, value] : spec.settings)
    hash = mix(hash, mix(hash_of(name), hash_of(value)));
  return mix(hash, hash_of(spec.label));
}

bool same_word(const WordSpec& a, const WordSpec& b) {
  return a.input == b.input && a.text == b.text;
}

template <class T, class Same>
bool same_list(const std::vector<T>& a, const std::vector<T>& b, Same same) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

bool same_command(const CommandSpec& a, const CommandSpec& b) {
  const auto same_variable = [](const auto& x, const auto& y) {
    return x.first == y.first && same_word(x.second, y.second);
  };
  const auto same_service = [](const ServiceSpec& x, const ServiceSpec& y) {
    return x.name == y.name && same_word(x.image, y.image);
  };
  const auto plain = [](const CommandSpec& spec) {
    return std::tie(spec.operation, spec.outputs, spec.settings, spec.secrets, spec.network,
                    spec.needs, spec.timeout, spec.retry, spec.level, spec.label);
  };
  return plain(a) == plain(b) && same_list(a.argv, b.argv, same_word) &&
         same_list(a.env, b.env, same_variable) && a.image.has_value() == b.image.has_value() &&
         (!a.image || same_word(*a.image, *b.image)) &&
         same_list(a.services, b.services, same_service);
}

}  // namespace

bool may_merge(Kind kind) {
  switch (kind) {
    case Kind::constant:
    case Kind::input:
    case Kind::zip:
    case Kind::collect:
    case Kind::all:
    case Kind::gate:
    case Kind::only_if:
    case Kind::attempt:
    case Kind::state_of:
    case Kind::or_else:
    case Kind::advisory:
    case Kind::approve:
    case Kind::step:
    case Kind::command:
      return true;
    default:
      return false;
  }
}

std::uint64_t own_hash(const Node& node) {
  const std::uint64_t hash =
      mix(static_cast<std::uint64_t>(node.kind), node.label_size == 0 ? 0 : hash_of(node.label()));
  if (node.payload == nullptr) return hash;
  switch (node.kind) {
    case Kind::constant:
      return mix(hash, hash_of(payload<Value>(node)));
    case Kind::input:
      return mix(hash, reinterpret_cast<std::uintptr_t>(payload<InputPayload>(node).source.get()));
    case Kind::all:
      return mix(hash, hash_of(payload<AllPayload>(node).labels));
    case Kind::step:
      return mix(hash, hash_of(payload<StepPayload>(node)));
    case Kind::command:
      return mix(hash, hash_of(payload<CommandPayload>(node).spec));
    default:
      return hash;
  }
}

bool own_same(const Node& a, const Node& b) {
  if (a.kind != b.kind || a.type != b.type || a.label() != b.label()) return false;
  if (a.payload == nullptr || b.payload == nullptr) return a.payload == b.payload;
  switch (a.kind) {
    case Kind::constant:
      return same_value(payload<Value>(a), payload<Value>(b));
    case Kind::input:
      return payload<InputPayload>(a).source == payload<InputPayload>(b).source;
    case Kind::all:
      return payload<AllPayload>(a).labels == payload<AllPayload>(b).labels;
    case Kind::step:
      return same_step(payload<StepPayload>(a), payload<StepPayload>(b));
    case Kind::command:
      return payload<CommandPayload>(a).finish == payload<CommandPayload>(b).finish &&
             same_command(payload<CommandPayload>(a).spec, payload<CommandPayload>(b).spec);
    default:
      return true;
  }
}

}  // namespace oche::detail
