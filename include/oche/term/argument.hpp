// argument.hpp - what a step's parameters are fed with: terms or plain values.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/detail/inputs.hpp>

namespace oche {

/// A parameter that is replaced rather than keyed: in "set *tag* to *image*", the image. The newest
/// value wins, values in between are dropped, and what is current is remembered under the other
/// arguments.
template <class T>
class Latest {
 public:
  explicit Latest(T value) : value_(static_cast<T&&>(value)) {}
  const T& operator*() const { return value_; }
  const T* operator->() const { return &value_; }
  operator const T&() const { return value_; }

 private:
  T value_;
};

/// A parameter that is neither keyed nor replaced: the step runs with whatever it is by then.
template <class T>
class Context {
 public:
  explicit Context(T value) : value_(static_cast<T&&>(value)) {}
  const T& operator*() const { return value_; }
  const T* operator->() const { return &value_; }
  operator const T&() const { return value_; }

 private:
  T value_;
};

namespace detail {

template <class P>
struct Parameter {
  using value = P;
};
template <class T>
struct Parameter<Latest<T>> {
  using value = T;
};
template <class T>
struct Parameter<Context<T>> {
  using value = T;
};
/// What a parameter holds: T of T, Latest<T> and Context<T>.
template <class P>
using parameter_value = typename Parameter<P>::value;

/// Conversions that lose something without a word are none: a number to bool, a real to an integer.
template <class U, class V>
concept Fits = std::convertible_to<U, V> &&
               (!std::same_as<V, bool> || std::same_as<std::remove_cvref_t<U>, bool>) &&
               !(std::floating_point<std::remove_cvref_t<U>> && std::integral<V>);

}  // namespace detail

/// One argument of a step: a Term<P>, or a plain P, which becomes a constant on the line of the
/// call.
template <class P>
class Input {
  using V = detail::parameter_value<P>;

 public:
  Input(const Term<V>& term) : term_(term) {}
  template <class U>
    requires(!std::derived_from<std::remove_cvref_t<U>, AnyTerm> && detail::Fits<U, V> &&
             !std::same_as<std::remove_cvref_t<U>, Input>)
  Input(U&& value) : value_(detail::Value::make(V(static_cast<U&&>(value)))) {}
  template <detail::BrokenTerm U>
  Input(const U&) {}
  template <class U>
    requires(std::derived_from<U, AnyTerm>
                 ? !std::derived_from<U, Term<V>> && !detail::BrokenTerm<U>
                 : !detail::Fits<const U&, V> && !detail::Fits<U, V> && !std::same_as<U, Input>)
  Input(const U&) {
    if constexpr (detail::is_untrusted<U>)
      static_assert(
          detail::never<U>,
          "oche::step: somebody else wrote what is given to this step (Untrusted); call it in "
          "quarantine(x, f), or say why it can be trusted: approve(what, x) or vouch(x, reason)");
    else if constexpr (ATerm<U>)
      static_assert(
          detail::never<U>,
          "oche::step: the term given to this step holds another type than its parameter; "
          "convert it with map(f, term)");
    else
      static_assert(detail::never<U>,
                    "oche::step: the value given to this step is of another type than its "
                    "parameter; give a value of that type, or a Term that holds one");
  }

  /// The term, which is given away.
  [[nodiscard]] AnyTerm take(Where where) && {
    if (term_.node() != nullptr || !value_) return static_cast<AnyTerm&&>(term_);
    return detail::make_constant(where, {}, static_cast<detail::Value&&>(value_));
  }

 private:
  AnyTerm term_{nullptr};
  detail::Value value_;
};

}  // namespace oche
