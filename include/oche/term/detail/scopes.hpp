// scopes.hpp - runs the functions of section and with_context.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/detail/result.hpp>
#include <oche/term/scope.hpp>

namespace oche::detail {

template <class F>
consteval auto section_check() {
  if constexpr (ATerm<F>) {
    static_assert(never<F>,
                  "oche::section(name, f): f must be a function that builds the section's terms; "
                  "write section(name, [&] { return ...; })");
    return std::type_identity<Term<Broken>>{};
  } else if constexpr (!std::is_invocable_v<F&>) {
    static_assert(never<F>, "oche::section(name, f): f must be a function without parameters");
    return std::type_identity<Term<Broken>>{};
  } else
    return std::type_identity<std::invoke_result_t<F&>>{};
}
template <class F>
using section_result = typename decltype(section_check<F>())::type;

template <class C, class F>
consteval auto context_check() {
  if constexpr (!std::derived_from<C, AnyTerm>) {
    static_assert(never<F>,
                  "oche::with_context(c, f): c must be a Term; what f builds is drawn after it");
    return std::type_identity<Term<Broken>>{};
  } else if constexpr (ATerm<F> || !std::is_invocable_v<F&>) {
    static_assert(never<F>,
                  "oche::with_context(c, f): f must be a function without parameters that builds "
                  "terms; write with_context(c, [&] { return ...; })");
    return std::type_identity<Term<Broken>>{};
  } else
    return std::type_identity<std::invoke_result_t<F&>>{};
}
template <class C, class F>
using context_result = typename decltype(context_check<C, F>())::type;

template <class F>
section_result<F> section(Where where, std::string name, F& f) {
  if constexpr (ATerm<F> || !std::is_invocable_v<F&>)
    return {};
  else {
    const Enter scope(where, static_cast<std::string&&>(name));
    return f();
  }
}
template <class C, class F>
context_result<C, F> with_context(Where where, const C& context, F& f) {
  if constexpr (!std::derived_from<C, AnyTerm> || ATerm<F> || !std::is_invocable_v<F&>)
    return {};
  else if constexpr (BrokenTerm<C>)
    return f();
  else {
    const Enter scope(where, ScopeKind::context, context);
    return f();
  }
}

}  // namespace oche::detail
