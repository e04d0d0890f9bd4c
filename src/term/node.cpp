// node.cpp - makes nodes in one allocation each, and frees them without recursion.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#include "term/here.hpp"

#include <array>
#include <cstring>
#include <memory>
#include <new>

namespace oche {

std::string_view name_of(Kind kind) {
  static constexpr std::array<std::string_view, 25> names = {
      "constant", "failed",  "pending", "input",    "map",      "map_error", "zip",
      "collect",  "all",     "gate",    "only_if",  "list_map", "list_iter", "option_map",
      "item",     "expand",  "attempt", "state_of", "or_else",  "advisory",  "approve",
      "fold",     "dynamic", "step",    "command"};
  return names[static_cast<std::size_t>(kind)];
}

namespace detail {
namespace {

bool is_list(Kind kind) {
  return kind == Kind::list_map || kind == Kind::list_iter || kind == Kind::option_map;
}

void check_inputs(Kind kind, std::source_location where, std::span<const AnyTerm> inputs) {
  const Scope* const scope = here;
  if (is_list(kind) && inputs.size() == 3) {
    check_input(*inputs[0].node(), scope, where);
    check_body(*inputs[2].node(), *inputs[1].node(), scope, where);
    return;
  }
  for (const AnyTerm& input : inputs) {
    const Node& node = *input.node();
    if (node.scope == scope && node.kind != Kind::item) continue;  // by far the most common
    check_input(node, scope, where);
  }
}

/// Bytes of a node without its payload.
std::size_t plain_size(std::size_t inputs, std::size_t label) {
  return sizeof(Node) + inputs * sizeof(const Node*) + label;
}

void destroy_payload(const Operation* operation, void* payload) noexcept {
  if (operation != nullptr && operation->destroy != nullptr && payload != nullptr)
    operation->destroy(payload);
}

Node* allocate(Kind kind, std::source_location where, std::size_t inputs, const Make& what) {
  std::size_t size = plain_size(inputs, what.label.size());
  const std::size_t room = what.room == 0 ? 0 : what.room + what.align - 1;
  void* const memory = ::operator new(size + room);
  void* payload = what.payload;
  if (what.room != 0) {
    payload = static_cast<char*>(memory) + size;
    std::size_t space = room;
    payload = std::align(what.align, what.room, payload, space);
    try {
      what.move(payload, what.payload);
    } catch (...) {
      ::operator delete(memory);
      throw;
    }
  }
  Node* const node = ::new (memory) Node;
  node->kind = kind;
  node->input_count = static_cast<std::uint32_t>(inputs);
  node->label_size = static_cast<std::uint32_t>(what.label.size());
  node->where = where;
  node->scope = here;
  node->type = what.type;
  node->operation = what.operation;
  node->payload = payload;
  retain(here);
  char* const label = reinterpret_cast<char*>(node + 1) + inputs * sizeof(const Node*);
  if (!what.label.empty()) std::memcpy(label, what.label.data(), what.label.size());
  return node;
}

const Node** inputs_of(Node* node) { return reinterpret_cast<const Node**>(node + 1); }

Node* make_checked(Kind kind, std::source_location where, std::span<const AnyTerm> inputs,
                   const Make& what) {
  try {
    check_inputs(kind, where, inputs);
    return allocate(kind, where, inputs.size(), what);
  } catch (...) {
    if (what.room == 0) destroy_payload(what.operation, what.payload);
    throw;
  }
}

}  // namespace

AnyTerm make(Kind kind, std::source_location where, std::span<const AnyTerm> inputs,
             const Make& what) {
  Node* const node = make_checked(kind, where, inputs, what);
  const Node** to = inputs_of(node);
  for (const AnyTerm& input : inputs) {
    retain(input.node());
    *to++ = input.node();
  }
  return AnyTerm(node);
}

AnyTerm make_of(Kind kind, std::source_location where, std::span<AnyTerm> inputs,
                const Make& what) {
  Node* const node = make_checked(kind, where, inputs, what);
  const Node** to = inputs_of(node);
  for (AnyTerm& input : inputs)
    *to++ = input.give();
  return AnyTerm(node);
}

namespace {

/// Nodes of this thread that are to be freed, linked through `payload`. Freeing a payload may free
/// further terms (a function may hold some): those join the list instead of nesting calls.
struct Doomed {
  Node* first = nullptr;
  bool busy = false;
};
constinit thread_local Doomed doomed;

void free_one(Node* node, void* payload) noexcept {
  destroy_payload(node->operation, payload);
  for (const Node* input : node->inputs())
    release(input);
  release(node->scope);
  node->~Node();
  ::operator delete(node);
}

}  // namespace

void destroy(const Node* dead) noexcept {
  // Nodes are never const objects; `const` is what everybody else may do with them.
  Node* node = const_cast<Node*>(dead);
  if (doomed.busy) {
    // The payload's address moves to the place of the type, which nobody needs any more.
    node->type = static_cast<const Type*>(node->payload);
    node->payload = doomed.first;
    doomed.first = node;
    return;
  }
  doomed.busy = true;
  free_one(node, node->payload);
  while (doomed.first != nullptr) {
    node = doomed.first;
    doomed.first = static_cast<Node*>(node->payload);
    free_one(node, const_cast<Type*>(node->type));
  }
  doomed.busy = false;
}

}  // namespace detail
}  // namespace oche
