// handle.hpp - Term<T> and Gated<T>: typed handles to the nodes of a pipeline.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/detail/misuse.hpp>

#include <cstddef>

namespace oche {

/// The line of the user's program that a term was written in.
using Where = std::source_location;

namespace detail {
/// What only this library's own functions say.
struct Key {};
}  // namespace detail

/// A handle to a part of the pipeline that will hold a T; Term<> only succeeds or fails.
///
/// Cheap to copy. Every Term<T> converts to Term<>. There is no empty term, and a term has no value
/// while the pipeline is being written: it can be neither tested, compared nor printed.
///
/// Threads: terms may be built, copied and dropped by several at once.
template <class T>
class [[nodiscard(
    "oche: a term that nobody reads is not part of the pipeline; return it or put it "
    "into all(...)")]] Term : public AnyTerm,
                              public detail::Misuse {
  static_assert(!std::derived_from<T, AnyTerm>,
                "oche::Term<Term<T>>: a term in a term would hide part of the graph; use "
                "oche::dynamic(\"label\", f, x)");
  static_assert(!std::is_reference_v<T> && !std::is_const_v<T> && !std::is_void_v<T>,
                "oche::Term<T>: T must be a plain value type; write Term<> for success only");

 public:
  using value_type = T;

  Term(detail::Key, AnyTerm term) noexcept : AnyTerm(static_cast<AnyTerm&&>(term)) {}

  /// Success only.
  template <class U>
    requires(std::same_as<T, Unit> && !std::same_as<U, Unit> && !std::same_as<U, detail::Broken>)
  Term(const Term<U>& other) noexcept : AnyTerm(other) {}

  // Mistakes: each has one sentence.
  template <class U>
    requires(!std::same_as<T, Unit> && !std::same_as<U, T> && !std::same_as<U, detail::Broken>)
  Term(const Term<U>& other) : AnyTerm(other) {
    static_assert(detail::never<U>,
                  "oche::Term: this term holds another type than the one asked for here; convert "
                  "it with map(f, term)");
  }
  template <class B = T>
  Term() : AnyTerm(nullptr) {
    static_assert(detail::never<B>,
                  "oche::Term: there is no empty term; initialise it, or write "
                  "std::optional<Term<T>>");
  }
  template <std::same_as<bool> B>
  explicit operator B() const {
    static_assert(detail::never<B>,
                  "oche::Term: a term has no value while the pipeline is being written, so it "
                  "cannot be tested; use only_if(condition, x, reason), or map");
    return false;
  }
  template <class B = T>
  detail::Broken operator*() const {
    static_assert(detail::never<B>,
                  "oche::Term: a term has no value while the pipeline is being written; use the "
                  "value inside map(f, x) or in a step");
    return {};
  }
  template <class B = T>
  const B* operator->() const {
    static_assert(detail::never<B>,
                  "oche::Term: a term has no value while the pipeline is being written; use the "
                  "value inside map(f, x) or in a step");
    return nullptr;
  }
  template <class B = T>
  const detail::Broken* begin() const {
    static_assert(detail::never<B>,
                  "oche::Term: the items of a list are not known while the pipeline is being "
                  "written; use list_map(xs, f)");
    return nullptr;
  }
  template <class B = T>
  const detail::Broken* end() const {
    return nullptr;
  }
};

/// A term that has passed a gate; a function that takes one refuses an ungated value when
/// compiling.
template <class T>
class [[nodiscard(
    "oche: a term that nobody reads is not part of the pipeline; return it or put it "
    "into all(...)")]] Gated : public Term<T> {
 public:
  Gated(detail::Key key, AnyTerm term) noexcept : Term<T>(key, static_cast<AnyTerm&&>(term)) {}

  template <ATerm U>
    requires(!std::derived_from<U, Gated> && !detail::BrokenTerm<U>)
  Gated(const U& other) : Term<T>(detail::Key{}, other) {
    if constexpr (std::same_as<value_of<U>, T>)
      static_assert(detail::never<U>,
                    "oche::Gated: a gated term is asked for here, and this one has passed no gate; "
                    "write gate(x, on(a, b))");
    else
      static_assert(detail::never<U>,
                    "oche::Gated: this term holds another type than the gated one asked for here; "
                    "convert it with map(f, term), then gate it");
  }
};

/// What a mistake gives: it fits everywhere and says nothing more.
template <>
class Term<detail::Broken> : public AnyTerm, public detail::Misuse {
 public:
  using value_type = detail::Broken;
  Term() noexcept : AnyTerm(nullptr) {}
  Term(detail::Key, AnyTerm term) noexcept : AnyTerm(static_cast<AnyTerm&&>(term)) {}
  template <ATerm X>
    requires(!std::same_as<X, Term>)
  operator X() const;
  explicit operator bool() const;
  bool operator==(const AnyTerm&) const;
  detail::Broken operator*() const;
  const detail::Broken* begin() const;
  const detail::Broken* end() const;
};

namespace detail {

template <class A>
Term<Broken> Misuse::refuse_sum() {
  static_assert(never<A>,
                "oche::Term: a term has no value while the pipeline is being written, so it cannot "
                "be computed with; compute inside map(f, a, b)");
  return {};
}

template <class T>
[[nodiscard]] Term<T> typed(AnyTerm term) {
  return Term<T>(Key{}, static_cast<AnyTerm&&>(term));
}

/// The same kind of term as X: what is gated stays gated.
template <class X>
using kept = std::conditional_t<std::derived_from<X, Gated<value_of<X>>>, Gated<value_of<X>>,
                                Term<value_of<X>>>;
template <class X>
[[nodiscard]] kept<X> keep(AnyTerm term) {
  return kept<X>(Key{}, static_cast<AnyTerm&&>(term));
}

template <class... X>
concept some_term = (ATerm<X> || ...);
template <class... X>
concept only_terms = (ATerm<X> && ...);
template <class... X>
inline constexpr bool some_broken = (BrokenTerm<X> || ...);

}  // namespace detail
}  // namespace oche
