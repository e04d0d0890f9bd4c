// untrusted.hpp - Untrusted<T>: what somebody else wrote, kept from whatever must not take it.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/term.hpp>

namespace oche {

namespace detail {
/// Hands its value on. What trust it gives or takes is in the operation.
template <class T>
struct Hand {
  static void call(const void*, const void* const* arguments, std::size_t, void* result) {
    ::new (result) T(value_at<T>(arguments[0]));
  }
  static constexpr Operation distrusting = {
      .call = &call, .is_stateless = true, .trust = Trust::distrusted};
  static constexpr Operation vouching = {
      .call = &call, .is_stateless = true, .trust = Trust::vouched};
};

/// Fails: throws oche::Error if there is no reason.
[[nodiscard]] AnyTerm make_vouched(Where where, const AnyTerm& x, std::string_view reason,
                                   const Type& type, const Operation& operation);
}  // namespace detail

/// A handle to what was written by somebody else: a fork's pull request, a download that no digest
/// vouches for. It is no Term<T>, and no function that takes one takes it.
///
/// Success carries no bytes, so it converts to Term<>: a gate may wait for it. Its value is reached
/// in `quarantine`, and after `approve` or `vouch`.
template <class T>
class [[nodiscard(
    "oche: a term that nobody reads is not part of the pipeline; return it or put it "
    "into all(...)")]] Untrusted : public AnyTerm {
 public:
  Untrusted(detail::Key, AnyTerm term) noexcept : AnyTerm(static_cast<AnyTerm&&>(term)) {}

  /// Success only.
  operator Term<>() const { return detail::typed<Unit>(*this); }

  template <class U>
    requires(!std::same_as<U, Unit>)
  operator Term<U>() const {
    static_assert(
        detail::never<U>,
        "oche::Untrusted: somebody else wrote this, and a trusted term is asked for here; "
        "work on it in quarantine(x, f), or say why it can be trusted: approve(what, x) "
        "or vouch(x, reason)");
    return detail::typed<U>(*this);
  }
  template <class U>
  operator Gated<U>() const {
    static_assert(detail::never<U>,
                  "oche::Untrusted: somebody else wrote this, and a gate would let it through; "
                  "say why it can be trusted: approve(what, x) or vouch(x, reason), then gate it");
    return Gated<U>(detail::Key{}, *this);
  }
};

/// Declares that what comes from here was written by somebody else.
///
///     auto request = distrust(git::head("forks.git", "request"), "a fork's pull request");
///
/// `check`, and `run` before its first step, refuse what follows from it to publish or to read a
/// secret, with or without a policy about that.
/// Diagram: a function with the reason, if there is one.
template <class T>
Untrusted<T> distrust(const Term<T>& x, std::string_view reason = {},
                      Where where = Where::current()) {
  static_assert(!std::same_as<T, Unit>,
                "oche::distrust(x): x is a Term<>, which holds nothing that could be distrusted");
  const AnyTerm inputs[] = {x};
  return Untrusted<T>(detail::Key{}, detail::make(Kind::map, where, inputs,
                                                  {.label = reason,
                                                   .type = &type_of<T>,
                                                   .operation = &detail::Hand<T>::distrusting}));
}

template <class T>
Untrusted<T> distrust(const Untrusted<T>& x, std::string_view = {}) {
  static_assert(detail::never<T>, "oche::distrust(x): x is Untrusted already");
  return x;
}

/// What `f` builds of the value, which is Untrusted as well; of a Term<>, success, which is not.
///
///     auto tested = quarantine(request, [&](Term<Commit> commit) {
///       return test(fetch(commit), {.argv = {"make", "check"}});
///     });
///
/// Inside `f` the value is a Term like any other: that nothing there publishes it, or gives it to
/// what reads a secret, is for `check` to prove.
template <class T, class F>
auto quarantine(const Untrusted<T>& x, F f, Where where = Where::current()) {
  if constexpr (!std::is_invocable_v<F&, Term<T>>) {
    static_assert(detail::never<F>,
                  "oche::quarantine(x, f): f must take one Term<T> for an Untrusted<T>");
    return Term<detail::Broken>{};
  } else {
    const auto build = [&] {
      // A step itself, rather than a function that calls one, is told its line.
      if constexpr (std::is_invocable_v<F&, Term<T>, Where>)
        return f(detail::typed<T>(x), where);
      else
        return f(detail::typed<T>(x));
    };
    using R = std::invoke_result_t<F&, Term<T>>;
    if constexpr (!std::derived_from<R, AnyTerm>) {
      static_assert(detail::never<F>, "oche::quarantine(x, f): f must return a Term");
      return Term<detail::Broken>{};
    } else {
      R made = build();
      if constexpr (!ATerm<R> || detail::BrokenTerm<R>)
        return made;  // untrusted already
      else if constexpr (std::same_as<value_of<R>, Unit>)
        return Term<>(made);
      else
        return Untrusted<value_of<R>>(detail::Key{}, static_cast<R&&>(made));
    }
  }
}

template <ATerm X, class F>
Term<detail::Broken> quarantine(const X&, const F&) {
  static_assert(detail::never<X>,
                "oche::quarantine(x, f): x is no Untrusted; call f with it, or distrust(x) first");
  return {};
}

/// `x` as a Term like any other, for that reason, which is in the diagram: distrust ends here.
///
///     auto version = vouch(quarantine(request, read_version), "digits and dots only");
///
/// Where a person should look at each value, write `approve`.
/// Diagram: a function with the reason.
/// Fails:   throws oche::Error if the reason is empty.
template <class T>
Term<T> vouch(const Untrusted<T>& x, std::string_view reason, Where where = Where::current()) {
  return detail::typed<T>(
      detail::make_vouched(where, x, reason, type_of<T>, detail::Hand<T>::vouching));
}
template <class T>
Term<T> vouch(const Untrusted<T>& x) {
  static_assert(detail::never<T>,
                "oche::vouch(x, reason): the reason is missing; it is what people read who ask why "
                "this is trusted");
  return detail::typed<T>(x);
}
template <ATerm X>
Term<detail::Broken> vouch(const X&, std::string_view) {
  static_assert(detail::never<X>, "oche::vouch(x, reason): x is no Untrusted; use it as it is");
  return {};
}

/// `x` as a Term like any other, once a person has looked at the value and agreed to `what`.
template <class T>
Term<T> approve(std::string_view what, const Untrusted<T>& x, Where where = Where::current()) {
  return approve(what, detail::typed<T>(x), where);
}

}  // namespace oche
