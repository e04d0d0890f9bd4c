// scope.cpp - scopes are a chain of counted links; each thread stands at the end of one.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#include "term/here.hpp"

#include <utility>

namespace oche::detail {

constinit thread_local const Scope* here = nullptr;

void retain(const Scope* scope) noexcept {
  if (scope != nullptr) scope->references.fetch_add(1, std::memory_order_relaxed);
}

void release(const Scope* scope) noexcept {
  // A loop, since sections may be nested as deep as nodes.
  while (scope != nullptr && scope->references.fetch_sub(1, std::memory_order_acq_rel) == 1) {
    const Scope* const parent = scope->parent;
    release(scope->node);
    delete scope;
    scope = parent;
  }
}

const Scope* current_scope() noexcept { return here; }

namespace {

Scope* link(ScopeKind kind, std::source_location where) {
  auto* const scope = new Scope;
  scope->kind = kind;
  scope->where = where;
  scope->parent = here;
  retain(here);
  if (here != nullptr) {
    scope->depth = here->depth + 1;
    scope->item_scope = here->item_scope;
  }
  return scope;
}

}  // namespace

Enter::Enter(std::source_location where, std::string name) : outer_(here) {
  Scope* const scope = link(ScopeKind::section, where);
  scope->name = std::move(name);
  here = scope;
}

Enter::Enter(std::source_location where, ScopeKind kind, const AnyTerm& node) : outer_(here) {
  if (kind == ScopeKind::context) check_input(*node.node(), here, where);
  Scope* const scope = link(kind, where);
  retain(node.node());
  scope->node = node.node();
  if (kind == ScopeKind::item) scope->item_scope = scope;
  here = scope;
}

Enter::Enter(const Scope* scope) : outer_(here) {
  retain(scope);
  here = scope;
}

Enter::~Enter() {
  release(here);
  here = outer_;
}

}  // namespace oche::detail
