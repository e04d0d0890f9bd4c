// mistakes.hpp - calls that fit no combinator, each with its sentence.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/detail/all.hpp>
#include <oche/term/detail/dynamic.hpp>
#include <oche/term/detail/result.hpp>

// These overloads are the last choice: packs of const references whose constraints exclude every
// call that the page accepts. Only when one is chosen is its body, and with it the sentence, looked
// at.
namespace oche {

namespace detail {
template <class X>
concept NoTerm = !ATerm<X>;
template <class X, class Y = void, class...>
inline constexpr bool is_gate_call = false;
template <ATerm X, class... W>
inline constexpr bool is_gate_call<X, On, W...> = true;
template <class X>
concept Text = std::convertible_to<const X&, std::string_view>;
template <class... X>
inline constexpr bool has_location = (std::same_as<X, Where> || ...);
}  // namespace detail

template <class... X>
  requires(!detail::some_term<X...> || sizeof...(X) == 1 || sizeof...(X) > 9) &&
          (!detail::has_location<X...>)
Term<detail::Broken> map(const X&...) {
  if constexpr (sizeof...(X) > 9)
    static_assert(
        detail::never<X...>,
        "oche::map(f, a, ...): more than eight terms; put some together with zip(a, b) or "
        "collect(terms)");
  else if constexpr (detail::some_untrusted<X...>)
    detail::refuse_untrusted<X...>();
  else if constexpr (sizeof...(X) == 1)
    static_assert(detail::never<X...>,
                  "oche::map(f, a, ...): a function and at least one Term are needed; for a value "
                  "that is known now write constant(v)");
  else
    static_assert(
        detail::never<X...>,
        "oche::map(f, a, ...): everything after the function must be a Term; wrap a plain "
        "value as constant(v), or capture it in f");
  return {};
}

template <class F, detail::NoTerm X>
  requires detail::NoTerm<F>
Term<detail::Broken> map_error(const F&, const X&) {
  if constexpr (detail::some_untrusted<X>)
    detail::refuse_untrusted<X>();
  else
    static_assert(detail::never<X>, "oche::map_error(f, x): x must be a Term");
  return {};
}

template <class... X>
  requires(!detail::some_term<X...> || sizeof...(X) == 1 || sizeof...(X) > 8) &&
          (!detail::has_location<X...>)
Term<detail::Broken> zip(const X&...) {
  if constexpr (sizeof...(X) > 8)
    static_assert(detail::never<X...>,
                  "oche::zip(a, b, ...): more than eight terms; zip some of them first, or use "
                  "collect(terms)");
  else if constexpr (detail::some_untrusted<X...>)
    detail::refuse_untrusted<X...>();
  else if constexpr (sizeof...(X) == 1)
    static_assert(detail::never<X...>,
                  "oche::zip(a, b, ...): at least two Terms; for a range of terms use collect");
  else
    static_assert(detail::never<X...>,
                  "oche::zip(a, b, ...): everything must be a Term; wrap a plain value as "
                  "constant(v)");
  return {};
}

template <class... X>
  requires(sizeof...(X) > 0 && !detail::has_location<X...> &&
           !(sizeof...(X) == 1 && (detail::RangeOfTerms<X> && ...)))
Term<detail::Broken> collect(const X&...) {
  static_assert(
      detail::never<X...>,
      "oche::collect(terms): one range of Terms of one type; write collect({a, b}), or zip "
      "for terms of several types");
  return {};
}

template <class... X>
  requires(sizeof...(X) > 0 && !(std::derived_from<X, AnyTerm> && ...) &&
           !detail::has_location<X...> && !(sizeof...(X) == 1 && (detail::RangeOfAny<X> && ...)))
Term<detail::Broken> all(const X&...) {
  static_assert(detail::never<X...>,
                "oche::all(a, b, ...): every argument must be a Term; labels go in braces: "
                "all({{\"label\", a}, ...})");
  return {};
}

template <class... X>
  requires(sizeof...(X) > 0 && !detail::is_gate_call<X...>)
Term<detail::Broken> gate(const X&...) {
  if constexpr ((ATerm<X> && ...))
    static_assert(detail::never<X...>,
                  "oche::gate(x, ...): the controls go into on(...); write gate(x, on(a, b))");
  else if constexpr (detail::some_untrusted<X...>)
    detail::refuse_untrusted<X...>();
  else
    static_assert(detail::never<X...>,
                  "oche::gate(x, on(a, b)): x must be a Term, and then come the controls");
  return {};
}

template <class C, class X>
  requires(!detail::some_broken<C, X>)
Term<detail::Broken> only_if(const C&, const X&) {
  static_assert(
      detail::never<C>,
      "oche::only_if(condition, x, reason): the reason is missing; it is what people read "
      "where x is skipped");
  return {};
}
template <detail::NoTerm C, detail::NoTerm X, class R>
Term<detail::Broken> only_if(const C&, const X&, const R&) {
  if constexpr (detail::some_untrusted<C, X>)
    detail::refuse_untrusted<C, X>();
  else
    static_assert(
        detail::never<C>,
        "oche::only_if(condition, x, reason): condition and x must be Terms; for a condition "
        "that is known now write a plain if");
  return {};
}

template <detail::NoTerm L, detail::NoTerm... F>
  requires(sizeof...(F) > 0)
Term<detail::Broken> list_map(const L&, const F&...) {
  if constexpr (detail::some_untrusted<L>)
    detail::refuse_untrusted<L>();
  else
    static_assert(
        detail::never<L>,
        "oche::list_map(xs, f): the list comes first, then the function, and the list must "
        "be a Term<std::vector<T>>; wrap a known one as constant(list)");
  return {};
}
template <detail::NoTerm L, detail::NoTerm... F>
  requires(sizeof...(F) > 0)
Term<detail::Broken> list_iter(const L&, const F&...) {
  if constexpr (detail::some_untrusted<L>)
    detail::refuse_untrusted<L>();
  else
    static_assert(
        detail::never<L>,
        "oche::list_iter(xs, f): the list comes first, then the function, and the list must "
        "be a Term<std::vector<T>>; wrap a known one as constant(list)");
  return {};
}
template <detail::NoTerm L, detail::NoTerm F>
Term<detail::Broken> option_map(const L&, const F&) {
  if constexpr (detail::some_untrusted<L>)
    detail::refuse_untrusted<L>();
  else
    static_assert(
        detail::never<L>,
        "oche::option_map(x, f): the optional comes first, then the function, and it must be "
        "a Term<std::optional<T>>; wrap a known one as constant(option)");
  return {};
}

template <detail::NoTerm X>
Term<detail::Broken> attempt(const X&) {
  if constexpr (detail::some_untrusted<X>)
    detail::refuse_untrusted<X>();
  else
    static_assert(detail::never<X>, "oche::attempt(x): x must be a Term");
  return {};
}
template <detail::NoTerm X>
Term<detail::Broken> state_of(const X&) {
  if constexpr (detail::some_untrusted<X>)
    detail::refuse_untrusted<X>();
  else
    static_assert(detail::never<X>, "oche::state_of(x): x must be a Term");
  return {};
}
template <detail::NoTerm X, detail::NoTerm Y>
Term<detail::Broken> or_else(const X&, const Y&) {
  if constexpr (detail::some_untrusted<X, Y>)
    detail::refuse_untrusted<X, Y>();
  else
    static_assert(detail::never<X>,
                  "oche::or_else(x, y): both must be Terms; wrap a plain value as constant(v)");
  return {};
}
template <class X>
  requires(!std::derived_from<X, AnyTerm>)
Term<detail::Broken> advisory(const X&) {
  static_assert(detail::never<X>, "oche::advisory(x): x must be a Term");
  return {};
}

template <class... X>
  requires(sizeof...(X) > 0 && !detail::Text<std::tuple_element_t<0, std::tuple<X...>>>)
Term<detail::Broken> approve(const X&...) {
  static_assert(detail::never<X...>,
                "oche::approve(what, x): what the person is asked comes first, as a text, then the "
                "Term");
  return {};
}

template <class... X>
  requires(sizeof...(X) > 0 && !detail::Text<std::tuple_element_t<0, std::tuple<X...>>>)
Term<detail::Broken> fold(const X&...) {
  static_assert(
      detail::never<X...>,
      "oche::fold(name, initial, f, x): the name comes first; the state is stored under it");
  return {};
}

template <class X>
  requires(!detail::Text<X>)
Term<detail::Broken> section(const X&) {
  static_assert(detail::never<X>, "oche::section(name, f): a section needs a name");
  return {};
}

template <class... X>
  requires(sizeof...(X) > 0 && !detail::Text<std::tuple_element_t<0, std::tuple<X...>>>)
Dynamic<detail::Broken> dynamic(const X&...) {
  static_assert(detail::never<X...>,
                "oche::dynamic(label, f, x): a hole in the graph needs a label; write "
                "dynamic(\"label\", f, x)");
  return {};
}

}  // namespace oche
