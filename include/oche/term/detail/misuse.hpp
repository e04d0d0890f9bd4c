// misuse.hpp - what people try with a term as if it were its value, and what to write instead.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/node.hpp>

#include <concepts>
#include <type_traits>

namespace oche {

template <class T = Unit>
class Term;
template <class T>
class Gated;
template <class T>
class Untrusted;

/// A handle with a type: Term<T>, or what derives from it.
template <class X>
concept ATerm = std::derived_from<std::remove_cvref_t<X>, AnyTerm> &&
                requires { typename std::remove_cvref_t<X>::value_type; };

/// The type of the value that a term holds.
template <class X>
using value_of = typename std::remove_cvref_t<X>::value_type;

namespace detail {

template <class X>
inline constexpr bool is_untrusted = false;
template <class T>
inline constexpr bool is_untrusted<Untrusted<T>> = true;
template <class... X>
inline constexpr bool some_untrusted = (is_untrusted<X> || ...);

/// What every combinator says of it alike. Checks that are constants name it rather than call it:
/// they go on and give no further error.
template <class... X>
void refuse_untrusted() {
  static_assert(never<X...>,
                "oche::Untrusted: somebody else wrote a value that is given here; work on it in "
                "quarantine(x, f), or say why it can be trusted: approve(what, x) or "
                "vouch(x, reason)");
}

/// Is no term, and some combinators have a form of their own for it.
template <class X>
inline constexpr bool has_own_rules = is_untrusted<X>;

/// Stands for whatever did not compile, so that its uses give no further errors.
struct Broken {
  template <class T>
  operator T() const;
};

template <class X>
concept BrokenTerm = ATerm<X> && std::same_as<value_of<X>, Broken>;

template <class A, class B>
concept OneIsATerm = (ATerm<A> || ATerm<B>) && !BrokenTerm<A> && !BrokenTerm<B>;

/// A base of every term; its friends are found for terms and for nothing else.
struct Misuse {
  template <class A, class B>
    requires OneIsATerm<A, B>
  friend bool operator==(const A&, const B&) {
    return refuse_order<A>();
  }
  template <class A, class B>
    requires OneIsATerm<A, B>
  friend bool operator<(const A&, const B&) {
    return refuse_order<A>();
  }
  template <class A, class B>
    requires OneIsATerm<A, B>
  friend bool operator>(const A&, const B&) {
    return refuse_order<A>();
  }
  template <class A, class B>
    requires OneIsATerm<A, B>
  friend bool operator<=(const A&, const B&) {
    return refuse_order<A>();
  }
  template <class A, class B>
    requires OneIsATerm<A, B>
  friend bool operator>=(const A&, const B&) {
    return refuse_order<A>();
  }
  template <class A, class B>
    requires OneIsATerm<A, B>
  friend auto operator+(const A&, const B&) {
    return refuse_sum<A>();
  }
  template <class A, class B>
    requires OneIsATerm<A, B>
  friend auto operator-(const A&, const B&) {
    return refuse_sum<A>();
  }
  template <class A, class B>
    requires OneIsATerm<A, B>
  friend auto operator*(const A&, const B&) {
    return refuse_sum<A>();
  }
  template <class A, class B>
    requires OneIsATerm<A, B>
  friend auto operator/(const A&, const B&) {
    return refuse_sum<A>();
  }
  template <class A, class B>
    requires OneIsATerm<A, B>
  friend auto operator%(const A&, const B&) {
    return refuse_sum<A>();
  }
  template <class A, ATerm B>
    requires OneIsATerm<A, B>
  friend A& operator<<(A& out, const B&) {
    static_assert(never<A>,
                  "oche::Term: a term has no value while the pipeline is being written, so it "
                  "cannot be printed; print inside a step, or draw the pipeline");
    return out;
  }

 private:
  template <class A>
  static bool refuse_order() {
    static_assert(never<A>,
                  "oche::Term: a term has no value while the pipeline is being written, so it "
                  "cannot be compared; compare inside map(f, x)");
    return false;
  }
  template <class A>
  static Term<Broken> refuse_sum();
};

}  // namespace detail
}  // namespace oche
