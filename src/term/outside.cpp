// outside.cpp - refuses an item, and what was built for it, outside the function it was given to.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#include "term/here.hpp"
#include "term/line.hpp"
#include <oche/base/error.hpp>

#include <fmt/core.h>

namespace oche::detail {

std::string line_of(std::source_location where) {
  return fmt::format("{}:{}", where.file_name(), where.line());
}

namespace {

/// Whether the item, or for other nodes the template they were built in, is being recorded here.
bool is_inside(const Node& node, const Scope* scope) {
  const Scope* link = scope == nullptr ? nullptr : scope->item_scope;
  if (node.kind == Kind::item) {
    for (; link != nullptr; link = link->parent == nullptr ? nullptr : link->parent->item_scope)
      if (link->node == &node) return true;
    return false;
  }
  const Scope* const own = node.scope == nullptr ? nullptr : node.scope->item_scope;
  if (own == nullptr || own == link) return true;
  for (; link != nullptr; link = link->parent == nullptr ? nullptr : link->parent->item_scope)
    if (link == own) return true;
  return false;
}

[[noreturn]] void refuse(const Node& node, std::source_location where) {
  Failure failure;
  failure.kind = FailureClass::errored;
  failure.where = line_of(where);
  if (node.kind == Kind::item) {
    failure.what = "an item is used outside the function it was given to";
    failure.facts = {{"item of", line_of(node.where)}};
  } else {
    failure.what = "what was built for one item is used outside the function that built it";
    failure.facts = {{"built", line_of(node.where)},
                     {"item of", line_of(node.scope->item_scope->where)}};
  }
  failure.hint = "return it from the function; the list's term then holds it for every item";
  throw Error(std::move(failure));
}

}  // namespace

void check_input(const Node& input, const Scope* scope, std::source_location where) {
  if (!is_inside(input, scope)) refuse(input, where);
}

void check_body(const Node& body, const Node& item, const Scope* scope,
                std::source_location where) {
  if (&body == &item) return;
  const Scope* const own = body.scope == nullptr ? nullptr : body.scope->item_scope;
  if (body.kind != Kind::item && own != nullptr && own->node == &item) return;
  check_input(body, scope, where);
}

}  // namespace oche::detail
