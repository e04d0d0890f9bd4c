// step.hpp - checks a step's function and makes its constants.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/outcome.hpp>
#include <oche/term/argument.hpp>
#include <oche/term/job.hpp>
#include <oche/term/step_payload.hpp>

namespace oche {

template <class Signature>
class Step;

namespace detail {

// ---- what a function looks like ----------------------------------------------------------------

template <class...>
struct Types {};

template <class F>
struct Function {
  static constexpr bool is_known = false;
};
template <class R, class... A>
struct FunctionOf {
  static constexpr bool is_known = true;
  using result = R;
  using arguments = Types<A...>;
};
template <class F>
  requires requires { &F::operator(); }
struct Function<F> : Function<decltype(&F::operator())> {};
template <class R, class C, class... A>
struct Function<R (C::*)(A...) const> : FunctionOf<R, A...> {};
template <class R, class C, class... A>
struct Function<R (C::*)(A...) const noexcept> : FunctionOf<R, A...> {};
template <class R, class C, class... A>
struct Function<R (C::*)(A...)> : FunctionOf<R, A...> {
  static constexpr bool is_mutable = true;
};
template <class R, class... A>
struct Function<R (*)(A...)> : FunctionOf<R, A...> {};
template <class R, class... A>
struct Function<R (*)(A...) noexcept> : FunctionOf<R, A...> {};

template <class A>
inline constexpr bool by_value =
    !std::is_reference_v<A> ||
    (std::is_lvalue_reference_v<A> && std::is_const_v<std::remove_reference_t<A>>);

template <class R>
struct StepResult {
  using type = value_type_for<R>;
};
template <class T>
struct StepResult<Result<T>> {
  using type = T;
};

template <class P>
inline constexpr Role role_of = Role::keyed;
template <class T>
inline constexpr Role role_of<Latest<T>> = Role::latest;
template <class T>
inline constexpr Role role_of<Context<T>> = Role::context;

// ---- how it is called --------------------------------------------------------------------------

template <class F, class R, class... A>
struct StepOf {
  using Out = typename StepResult<R>::type;
  using type = Step<Out(std::remove_cvref_t<A>...)>;

  template <class P>
  static decltype(auto) argument(const void* address) {
    using V = parameter_value<P>;
    if constexpr (std::same_as<P, V>)
      return value_at<V>(address);
    else
      return P(V(value_at<V>(address)));
  }
  template <std::size_t... I>
  static bool run(Job& job, [[maybe_unused]] const void* const* a, void* result, Failure& failure,
                  std::index_sequence<I...>) {
    const F f{};
    if constexpr (std::is_void_v<R>) {
      f(job, argument<std::remove_cvref_t<A>>(a[I])...);
      ::new (result) Unit;
    } else if constexpr (is_result<R>) {
      R got = f(job, argument<std::remove_cvref_t<A>>(a[I])...);
      if (got.is_failed()) {
        failure = got.failure();
        return false;
      }
      ::new (result) Out(static_cast<R&&>(got).value());
    } else
      ::new (result) Out(f(job, argument<std::remove_cvref_t<A>>(a[I])...));
    return true;
  }
  static bool call(Job& job, const void* const* arguments, void* result, Failure& failure) {
    return run(job, arguments, result, failure, std::index_sequence_for<A...>{});
  }

  static constexpr const Type* parameters[sizeof...(A) + 1] = {
      &type_of<parameter_value<std::remove_cvref_t<A>>>..., nullptr};
  static constexpr Role roles[sizeof...(A) + 1] = {role_of<std::remove_cvref_t<A>>..., Role::keyed};
  static constexpr StepKind kind = {&call, &type_of<Out>, parameters, roles, sizeof...(A)};
};

// ---- whether it can be a step ------------------------------------------------------------------

template <class F>
consteval bool parameters_check() {
  return true;
}
template <class F, class First, class... Rest>
consteval bool parameters_check() {
  using P = std::remove_cvref_t<First>;
  if constexpr (!by_value<First>) {
    static_assert(never<F>,
                  "oche::step(name, f): after Job&, f takes its arguments by value or const "
                  "reference; others read the same values");
    return false;
  } else if constexpr (ATerm<P>) {
    static_assert(
        never<F>,
        "oche::step(name, f): f takes values, not Terms, since a step runs once its "
        "arguments are known; to insist on a gate, wrap the step in a function that takes "
        "Gated<T>");
    return false;
  } else if constexpr (std::same_as<P, Secret>) {
    static_assert(
        never<F>,
        "oche::step(name, f): a Secret is no argument, it would reach the key; name it in "
        "StepOptions.secrets and ask job.secret(name) for it");
    return false;
  } else if constexpr (!Record<parameter_value<P>>) {
    OCHE_REQUIRE_RECORD(parameter_value<P>, "oche::step(name, f): a parameter of f");
    return false;
  } else
    return parameters_check<F, Rest...>();
}

template <class F, class R, class... A>
consteval auto step_check(Types<Job&, A...>) {
  if constexpr (!parameters_check<F, A...>())
    return NoGood{};
  else if constexpr (ATerm<R>) {
    static_assert(
        never<F>,
        "oche::step(name, f): f returns a Term; a step gives a value, and a function that "
        "builds terms is called as it is");
    return NoGood{};
  } else if constexpr (std::is_reference_v<R>) {
    static_assert(
        never<F>,
        "oche::step(name, f): f returns a reference, which may dangle once stored; return "
        "a value");
    return NoGood{};
  } else if constexpr (!Record<typename StepResult<R>::type>) {
    OCHE_REQUIRE_RECORD(typename StepResult<R>::type, "oche::step(name, f): what f returns");
    return NoGood{};
  } else
    return std::type_identity<StepOf<F, R, A...>>{};
}
template <class F, class R, class... A>
consteval auto step_check(Types<A...>) {
  static_assert(
      never<F>,
      "oche::step(name, f): the first parameter of f must be Job&; write [](Job& job, ...) "
      "{ ... }");
  return NoGood{};
}

template <class F>
consteval auto step_check() {
  if constexpr (ATerm<F>) {
    static_assert(never<F>, "oche::step(name, f): f must be a function, not a Term");
    return NoGood{};
  } else if constexpr (!Function<F>::is_known) {
    static_assert(never<F>,
                  "oche::step(name, f): f must be a function or lambda with plain parameter types, "
                  "neither auto nor overloaded");
    return NoGood{};
  } else if constexpr (std::is_pointer_v<F>) {
    static_assert(never<F>,
                  "oche::step(name, f): f is a plain function; write step<f>(name), so that it is "
                  "known when compiling");
    return NoGood{};
  } else if constexpr (!std::is_empty_v<F>) {
    static_assert(
        never<F>,
        "oche::step(name, f): f captures, but a step is keyed by its arguments only; pass "
        "what it needs as a parameter");
    return NoGood{};
  } else if constexpr (requires { Function<decltype(&F::operator())>::is_mutable; }) {
    static_assert(never<F>,
                  "oche::step(name, f): f is mutable; a step keeps nothing between its runs");
    return NoGood{};
  } else if constexpr (!std::is_default_constructible_v<F>) {
    static_assert(
        never<F>,
        "oche::step(name, f): f captures, but a step is keyed by its arguments only; pass "
        "what it needs as a parameter");
    return NoGood{};
  } else
    return step_check<F, typename Function<F>::result>(typename Function<F>::arguments{});
}
template <class F>
using step_of = typename decltype(step_check<F>())::type;

/// What a mistake gives: its calls compile and say nothing more.
struct BrokenStep {
  template <class... A>
  Term<Broken> operator()(const A&...) const {
    return {};
  }
};

/// A plain function as a function object.
template <auto Function, class S>
struct Named;
template <auto Function, class R, class... A>
struct Named<Function, R (*)(A...)> {
  R operator()(A... a) const { return Function(static_cast<A&&>(a)...); }
};
template <auto Function, class R, class... A>
struct Named<Function, R (*)(A...) noexcept> : Named<Function, R (*)(A...)> {};

/// Whether these are as many arguments as parameters, with or without the line after them.
template <std::size_t Count, class... A>
inline constexpr bool is_complete = sizeof...(A) == Count;
template <std::size_t Count, class A0, class... A>
inline constexpr bool is_complete<Count, A0, A...> =
    sizeof...(A) + 1 == Count ||
    (sizeof...(A) == Count &&
     std::same_as<std::tuple_element_t<sizeof...(A), std::tuple<A0, A...>>, Where>);

}  // namespace detail
}  // namespace oche
