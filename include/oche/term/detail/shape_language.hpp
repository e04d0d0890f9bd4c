// shape_language.hpp - the language of term.hpp over parts instead of terms.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/detail/part.hpp>
#include <oche/term/step.hpp>

namespace oche::detail::shape {

/// The controls of a gate.
struct Controls {
  std::vector<std::uint32_t> numbers;
};

/// A part and what to call it in `all`.
struct LabelledPart {
  std::string_view label;
  Part part;
  constexpr LabelledPart(std::string_view name, Part x) : label(name), part(x) {}
};

template <class F>
concept GivesPart = requires(F& f) {
  { f() } -> std::same_as<Part>;
};

constexpr Part one(Kind kind, Part x, std::string_view name = {}) {
  return add(x.builder(), kind, {x.number()}, name);
}
constexpr Part two(Kind kind, Part a, Part b) {
  return add(a.builder(), kind, {a.number(), b.number()});
}

// Found by argument-dependent lookup: one argument at least is a part. What is of one argument is
// no template, and what has a function or a reason beside it names the part, so that all are better
// than the sentences of detail/mistakes.hpp.

template <class F, std::same_as<Part>... X>
constexpr Part map(const F&, Part first, const X&... others) {
  const Part made = one(Kind::map, first);
  (give(made.builder(), others), ...);
  return made;
}
template <class F>
constexpr Part map_error(const F&, Part x) {
  return one(Kind::map_error, x);
}
template <std::same_as<Part>... X>
constexpr Part zip(Part first, const X&... others) {
  const Part made = one(Kind::zip, first);
  (give(made.builder(), others), ...);
  return made;
}
template <std::same_as<Part>... X>
constexpr Part all(Part first, const X&... others) {
  const Part made = one(Kind::all, first);
  (give(made.builder(), others), ...);
  return made;
}
template <std::same_as<Part>... C>
[[nodiscard]] constexpr Controls on(const C&... controls) {
  return {{controls.number()...}};
}
constexpr Part gate(Part x, const Controls& controls) {
  const Part made = one(Kind::gate, x);
  for (const std::uint32_t number : controls.numbers)
    give(x.builder(), Part(x.builder(), number));
  return made;
}
template <class R>
constexpr Part only_if(Part condition, Part x, const R&) {
  return two(Kind::only_if, condition, x);
}
constexpr Part or_else(Part x, Part y) { return two(Kind::or_else, x, y); }
constexpr Part attempt(Part x) { return one(Kind::attempt, x); }
constexpr Part state_of(Part x) { return one(Kind::state_of, x); }
constexpr Part advisory(Part x) { return one(Kind::advisory, x); }
template <std::size_t N>
constexpr Part approve(const char (&what)[N], Part x) {
  return one(Kind::approve, x, {what, N - 1});
}

/// A list's inputs are the list and what `f` made of an item, whose input is the list too.
template <class F>
constexpr Part list(Kind kind, Part xs, F& f) {
  return two(kind, xs, f(one(Kind::item, xs)));
}
template <class F>
constexpr Part list_map(Part xs, F f) {
  return list(Kind::list_map, xs, f);
}
template <class G, class F>
constexpr Part list_map(Part xs, By<G>, F f) {
  return list(Kind::list_map, xs, f);
}
template <class F>
constexpr Part list_iter(Part xs, F f) {
  return list(Kind::list_iter, xs, f);
}
template <class G, class F>
constexpr Part list_iter(Part xs, By<G>, F f) {
  return list(Kind::list_iter, xs, f);
}
template <class F>
constexpr Part option_map(Part x, F f) {
  return list(Kind::option_map, x, f);
}

}  // namespace oche::detail::shape

namespace oche {

// Braces and functions without parameters bring no part to find the name by.

constexpr detail::shape::Part all(std::initializer_list<detail::shape::LabelledPart> parts) {
  const detail::shape::Part made = detail::shape::one(Kind::all, parts.begin()->part);
  for (const detail::shape::LabelledPart* one = parts.begin() + 1; one != parts.end(); ++one)
    detail::shape::give(made.builder(), one->part);
  return made;
}
constexpr detail::shape::Part collect(std::initializer_list<detail::shape::Part> parts) {
  const detail::shape::Part made = detail::shape::one(Kind::collect, *parts.begin());
  for (const detail::shape::Part* one = parts.begin() + 1; one != parts.end(); ++one)
    detail::shape::give(made.builder(), *one);
  return made;
}
template <detail::shape::GivesPart F>
constexpr detail::shape::Part section(const char*, F f) {
  return f();
}

}  // namespace oche
