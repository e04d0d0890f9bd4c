// state.hpp - checks and makes attempt, state_of, or_else, only_if, approve and fold.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/outcome.hpp>
#include <oche/base/value.hpp>
#include <oche/term/detail/result.hpp>

namespace oche::detail {

// ---- looking at outcomes -----------------------------------------------------------------------

template <class T>
struct AttemptCall {
  static void call(const void*, const void* const* a, std::size_t, void* result) {
    if (a[0] != nullptr)
      ::new (result) Result<T>(value_at<T>(a[0]));
    else
      ::new (result) Result<T>(*static_cast<const Failure*>(a[1]));
  }
  static constexpr Operation operation = {.call = &call};
};

template <class T>
struct StateOf {
  static void call(const void*, const void* const* a, std::size_t, void* result) {
    if (a[0] != nullptr)
      ::new (result) Outcome<T>(value_at<T>(a[0]));
    else if (a[1] != nullptr)
      ::new (result) Outcome<T>(*static_cast<const Failure*>(a[1]));
    else if (a[2] != nullptr)
      ::new (result) Outcome<T>(*static_cast<const Phase*>(a[2]));
    else
      ::new (result) Outcome<T>(*static_cast<const Skipped*>(a[3]));
  }
  static constexpr Operation operation = {.call = &call};
};

/// `W<T>` of a term of T, and Broken of anything else: clang asks before it looks at constraints.
template <template <class> class W, class X>
struct WrappedValue {
  using type = Broken;
};
template <template <class> class W, class X>
  requires(ATerm<X> && !BrokenTerm<X>)
struct WrappedValue<W, X> {
  using type = W<value_of<X>>;
};
template <template <class> class W, class X>
using wrapped = Term<typename WrappedValue<W, X>::type>;

template <template <class> class W, template <class> class O, class X>
wrapped<W, X> look_at(Kind kind, Where where, const X& x) {
  if constexpr (BrokenTerm<X>)
    return {};
  else {
    using R = W<value_of<X>>;
    const AnyTerm inputs[] = {x};
    return typed<R>(
        make(kind, where, inputs, {.type = &type_of<R>, .operation = &O<value_of<X>>::operation}));
  }
}

// ---- choosing ----------------------------------------------------------------------------------

template <class X, class Y>
consteval auto or_else_check() {
  if constexpr (!some_term<X, Y>) {
    return NoGood{};  // another overload speaks
  } else if constexpr (some_untrusted<X, Y>) {
    static_cast<void>(&refuse_untrusted<X, Y>);
    return NoGood{};
  } else if constexpr (!only_terms<X, Y>) {
    static_assert(never<X>,
                  "oche::or_else(x, y): both must be Terms; wrap a plain value as constant(v)");
    return NoGood{};
  } else if constexpr (some_broken<X, Y>)
    return NoGood{};
  else if constexpr (!std::same_as<value_of<X>, value_of<Y>>) {
    static_assert(never<X>,
                  "oche::or_else(x, y): x and y must hold the same type; convert one with map(f, "
                  "term)");
    return NoGood{};
  } else
    return std::type_identity<value_of<X>>{};
}
template <class X, class Y>
using or_else_value = typename decltype(or_else_check<X, Y>())::type;

template <class C, class X>
consteval auto only_if_check() {
  if constexpr (!some_term<C, X>) {
    return NoGood{};  // another overload speaks
  } else if constexpr (some_untrusted<C, X>) {
    static_cast<void>(&refuse_untrusted<C, X>);
    return NoGood{};
  } else if constexpr (!only_terms<C, X>) {
    static_assert(never<C>,
                  "oche::only_if(condition, x, reason): condition and x must be Terms; for a "
                  "condition that is known now write a plain if");
    return NoGood{};
  } else if constexpr (some_broken<C, X>)
    return NoGood{};
  else if constexpr (!std::same_as<value_of<C>, bool>) {
    static_assert(never<C>,
                  "oche::only_if(condition, x, reason): the condition must be a Term<bool>; make "
                  "one with map(f, term)");
    return NoGood{};
  } else
    return std::type_identity<X>{};
}
/// `kept<X>`, or Term<Broken>.
template <class X>
struct Kept {
  using type = kept<X>;
};
template <>
struct Kept<Broken> {
  using type = Term<Broken>;
};
template <class C, class X>
using only_if_term = typename Kept<typename decltype(only_if_check<C, X>())::type>::type;

/// A node that hands on input 0, or one of its inputs.
template <class R, class... X>
R pass(Kind kind, Where where, std::string_view label, const X&... x) {
  if constexpr (BrokenTerm<R>)
    return {};
  else {
    const AnyTerm inputs[] = {x...};
    return R(Key{}, make(kind, where, inputs, {.label = label, .type = &type_of<value_of<R>>}));
  }
}

// ---- people ------------------------------------------------------------------------------------

template <class X>
consteval auto approve_check() {
  if constexpr (has_own_rules<X>) {
    return NoGood{};  // another overload takes it
  } else if constexpr (!ATerm<X>) {
    static_assert(never<X>, "oche::approve(what, x): x must be a Term, whose value is approved");
    return NoGood{};
  } else if constexpr (BrokenTerm<X>)
    return NoGood{};
  else if constexpr (std::same_as<value_of<X>, Unit>) {
    static_assert(never<X>,
                  "oche::approve(what, x): x is a Term<>, which has nothing to show to the person; "
                  "approve the value that is at stake");
    return NoGood{};
  } else {
    OCHE_REQUIRE_RECORD(value_of<X>, "oche::approve(what, x): what x holds");
    return std::conditional_t<Record<value_of<X>>, std::type_identity<X>, NoGood>{};
  }
}
template <class X>
using approve_term = typename Kept<typename decltype(approve_check<X>())::type>::type;

// ---- state -------------------------------------------------------------------------------------

template <class S, class F, class X>
consteval auto fold_check() {
  if constexpr (some_untrusted<X>) {
    static_cast<void>(&refuse_untrusted<X>);
    return NoGood{};
  } else if constexpr (!ATerm<X>) {
    static_assert(never<X>, "oche::fold(name, initial, f, x): x must be a Term");
    return NoGood{};
  } else if constexpr (BrokenTerm<X>)
    return NoGood{};
  else if constexpr (ATerm<S>) {
    static_assert(never<S>, "oche::fold(name, initial, f, x): initial must be a plain value");
    return NoGood{};
  } else if constexpr (!std::is_invocable_r_v<stored<S>, const F&, stored<S>, const value_of<X>&>) {
    static_assert(never<F>,
                  "oche::fold(name, initial, f, x): f must take (state, value) and return the new "
                  "state");
    return NoGood{};
  } else {
    OCHE_REQUIRE_RECORD(stored<S>, "oche::fold(name, initial, f, x): the state");
    return std::conditional_t<Record<stored<S>>, std::type_identity<stored<S>>, NoGood>{};
  }
}
template <class S, class F, class X>
using fold_value = typename decltype(fold_check<S, F, X>())::type;

/// Takes over the closure.
[[nodiscard]] AnyTerm make_fold(Where where, std::string_view name, const AnyTerm& x,
                                const Type& type, const Operation& operation, Value initial,
                                void* closure, void (*destroy)(void*) noexcept);
void destroy_fold(void* payload) noexcept;

template <class S, class F, class V>
struct Fold {
  static void call(const void* f, const void* const* a, std::size_t, void* result) {
    ::new (result) S((*static_cast<const F*>(f))(*static_cast<const S*>(a[0]), value_at<V>(a[1])));
  }
  static constexpr Operation operation = {.call = &call, .destroy = &destroy_fold};
};

template <class F>
void delete_closure(void* closure) noexcept {
  delete static_cast<F*>(closure);
}

template <class S, class F, class X>
Term<fold_value<S, F, X>> fold(Where where, std::string_view name, S initial, F f, const X& x) {
  using R = fold_value<S, F, X>;
  if constexpr (std::same_as<R, Broken>)
    return {};
  else {
    auto closure = std::make_unique<F>(static_cast<F&&>(f));
    Value first = Value::make(R(static_cast<S&&>(initial)));
    return typed<R>(make_fold(where, name, x, type_of<R>, Fold<R, F, value_of<X>>::operation,
                              static_cast<Value&&>(first), closure.release(), &delete_closure<F>));
  }
}

}  // namespace oche::detail
