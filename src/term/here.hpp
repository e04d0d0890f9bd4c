// here.hpp - the scope in which the present thread builds terms.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/scope.hpp>

namespace oche::detail {

/// The one ambient thing of the library (D1); owned by the innermost Enter. Null at top level.
extern constinit thread_local const Scope* here;

/// Refuses an input that belongs to a template which is not being recorded in `scope`.
/// Fails: throws oche::Error that names both lines.
void check_input(const Node& input, const Scope* scope, std::source_location where);
/// Likewise for the body of a template, which may also belong to that template's own item.
void check_body(const Node& body, const Node& item, const Scope* scope, std::source_location where);

/// Takes over the reference.
void free_scope(const Scope* scope) noexcept;

}  // namespace oche::detail
