// map.hpp - checks and makes map, map_error, zip and collect.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/failure.hpp>
#include <oche/term/detail/result.hpp>

namespace oche::detail {

template <class F, class... A>
consteval auto map_check() {
  // Without any term another overload speaks; clang asks for the return type all the same.
  if constexpr (!some_term<F, A...>) {
    return NoGood{};
  } else if constexpr (ATerm<F>) {
    static_assert(never<F>, "oche::map(f, a, ...): the function comes first, then the terms");
    return NoGood{};
  } else if constexpr (some_untrusted<A...>) {
    static_cast<void>(&refuse_untrusted<A...>);
    return NoGood{};
  } else if constexpr (!only_terms<A...>) {
    static_assert(
        never<F>,
        "oche::map(f, a, ...): everything after the function must be a Term; wrap a plain "
        "value as constant(v), or capture it in f");
    return NoGood{};
  } else if constexpr (some_broken<A...>) {
    return NoGood{};
  } else if constexpr (!std::is_invocable_v<const F&, const value_of<A>&...>) {
    if constexpr (std::is_invocable_v<F&, const value_of<A>&...>)
      static_assert(never<F>,
                    "oche::map(f, a, ...): f is mutable, but must be a pure function of its "
                    "arguments; keep state in fold(name, initial, f, x)");
    else if constexpr (std::is_invocable_v<F&, value_of<A>&...>)
      static_assert(
          never<F>,
          "oche::map(f, a, ...): f would change its arguments, which others read too; take "
          "them by const reference or by value");
    else
      static_assert(never<F>,
                    "oche::map(f, a, ...): f cannot be called with the values of these terms; its "
                    "parameters must match them, in order");
    return NoGood{};
  } else {
    using R = value_type_for<std::invoke_result_t<const F&, const value_of<A>&...>>;
    if constexpr (ATerm<R>) {
      static_assert(
          never<F>,
          "oche::map(f, a, ...): f returns a Term, which would hide part of the graph; use "
          "oche::dynamic(\"label\", f, a), or build the term outside");
      return NoGood{};
    } else
      return std::type_identity<R>{};
  }
}
template <class F, class... A>
using map_value = typename decltype(map_check<F, A...>())::type;

template <class F, class R, class... A>
struct Map {
  template <std::size_t... I>
  static void apply(const F& f, [[maybe_unused]] const void* const* a, void* result,
                    std::index_sequence<I...>) {
    if constexpr (std::is_void_v<std::invoke_result_t<const F&, const A&...>>) {
      f(value_at<A>(a[I])...);
      ::new (result) Unit;
    } else
      ::new (result) R(f(value_at<A>(a[I])...));
  }
  static void call(const void* f, const void* const* arguments, std::size_t, void* result) {
    apply(*static_cast<const F*>(f), arguments, result, std::index_sequence_for<A...>{});
  }
  static constexpr Operation operation = {
      .call = &call, .destroy = &destroy_in_place<F>, .is_stateless = std::is_empty_v<F>};
};

template <class F, class... A>
Term<map_value<F, A...>> map(Where where, F& f, const A&... a) {
  using R = map_value<F, A...>;
  if constexpr (std::same_as<R, Broken>)
    return {};
  else {
    const AnyTerm inputs[] = {a...};
    return typed<R>(
        make(Kind::map, where, inputs, with(f, type_of<R>, Map<F, R, value_of<A>...>::operation)));
  }
}

template <class F, class X>
consteval auto map_error_check() {
  if constexpr (!some_term<F, X>) {
    return NoGood{};
  } else if constexpr (ATerm<F> || !ATerm<X>) {
    static_assert(never<F>, "oche::map_error(f, x): the function comes first, then the term");
    return NoGood{};
  } else if constexpr (BrokenTerm<X>)
    return NoGood{};
  else if constexpr (!std::is_invocable_r_v<Failure, const F&, const Failure&>) {
    static_assert(never<F>,
                  "oche::map_error(f, x): f must take a const Failure& and return a Failure");
    return NoGood{};
  } else
    return std::type_identity<value_of<X>>{};
}
template <class F, class X>
using map_error_value = typename decltype(map_error_check<F, X>())::type;

template <class F>
struct MapError {
  static void call(const void* f, const void* const* arguments, std::size_t, void* result) {
    ::new (result) Failure((*static_cast<const F*>(f))(*static_cast<const Failure*>(arguments[0])));
  }
  static constexpr Operation operation = {.call = &call, .destroy = &destroy_in_place<F>};
};

template <class... A>
consteval auto zip_check() {
  if constexpr (!some_term<A...>) {
    return NoGood{};
  } else if constexpr (some_untrusted<A...>) {
    static_cast<void>(&refuse_untrusted<A...>);
    return NoGood{};
  } else if constexpr (!only_terms<A...>) {
    static_assert(never<A...>,
                  "oche::zip(a, b, ...): everything must be a Term; wrap a plain value as "
                  "constant(v)");
    return NoGood{};
  } else if constexpr (some_broken<A...>)
    return NoGood{};
  else
    return std::type_identity<std::tuple<value_of<A>...>>{};
}
template <class... A>
using zip_value = typename decltype(zip_check<A...>())::type;

template <class... A>
struct Zip {
  template <std::size_t... I>
  static void apply(const void* const* a, void* result, std::index_sequence<I...>) {
    ::new (result) std::tuple<A...>(value_at<A>(a[I])...);
  }
  static void call(const void*, const void* const* arguments, std::size_t, void* result) {
    apply(arguments, result, std::index_sequence_for<A...>{});
  }
  static constexpr Operation operation = {.call = &call};
};

template <class... A>
Term<zip_value<A...>> zip(Where where, const A&... a) {
  using R = zip_value<A...>;
  if constexpr (std::same_as<R, Broken>)
    return {};
  else {
    const AnyTerm inputs[] = {a...};
    return typed<R>(make(Kind::zip, where, inputs,
                         {.type = &type_of<R>, .operation = &Zip<value_of<A>...>::operation}));
  }
}

template <class T>
struct Collect {
  static void call(const void*, const void* const* arguments, std::size_t count, void* result) {
    auto* const values = ::new (result) std::vector<T>;
    try {
      values->reserve(count);
      for (std::size_t i = 0; i < count; ++i)
        values->push_back(value_at<T>(arguments[i]));
    } catch (...) {
      destroy_in_place<std::vector<T>>(values);
      throw;
    }
  }
  static constexpr Operation operation = {.call = &call};
};

template <class R>
auto collect(Where where, const R& terms) {
  using T = value_of<decltype(*terms.begin())>;
  if constexpr (std::same_as<T, Broken>)
    return Term<Broken>{};
  else {
    const std::vector<AnyTerm> inputs(terms.begin(), terms.end());
    return typed<std::vector<T>>(
        make(Kind::collect, where, inputs,
             {.type = &type_of<std::vector<T>>, .operation = &Collect<T>::operation}));
  }
}

}  // namespace oche::detail
