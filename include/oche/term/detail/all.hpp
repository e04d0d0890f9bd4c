// all.hpp - what stands behind all, on and gate.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/detail/result.hpp>

#include <initializer_list>

namespace oche {

namespace detail {
/// One for all terms of one pair of braces, so that the sentence is said once.
template <class Once>
struct Unlabelled {
  static void refuse() {
    static_assert(never<Once>,
                  "oche::all({...}): a term in braces needs a label; write all({{\"label\", term}, "
                  "...}), or all(a, b) without braces");
  }
};
}  // namespace detail

/// A term and what to call it in `all`.
struct Labelled {
  std::string label;
  AnyTerm term;

  Labelled(std::string name, const AnyTerm& x) : label(static_cast<std::string&&>(name)), term(x) {}
  template <ATerm T>
  Labelled(const T& x) : term(x) {
    detail::Unlabelled<std::conditional_t<ATerm<T>, void, T>>::refuse();
  }
};

/// The controls of a gate; made by `on`.
class On {
 public:
  explicit On(std::vector<AnyTerm> controls)
      : controls_(static_cast<std::vector<AnyTerm>&&>(controls)) {}
  [[nodiscard]] const std::vector<AnyTerm>& controls() const { return controls_; }

 private:
  std::vector<AnyTerm> controls_;
};

namespace detail {

/// The first term of a call, and the line of that call: after a parameter pack no defaulted
/// location could follow, but the conversion of the first argument happens on that very line.
class FirstTerm {
 public:
  FirstTerm(const AnyTerm& x, Where line = Where::current()) : term(x), where(line) {}
  AnyTerm term;
  Where where;
};

[[nodiscard]] Term<> make_all(Where where, std::span<const AnyTerm> terms,
                              std::vector<std::string> labels = {});
[[nodiscard]] Term<> make_all(Where where, std::span<const Labelled> terms);
/// Inputs: `x`, then the controls.
[[nodiscard]] AnyTerm make_gate(Where where, const AnyTerm& x, const On& controls,
                                const Type& type);

template <class X>
concept LabelledPair = requires(const X& x) {
  { x.first } -> std::convertible_to<std::string_view>;
  requires ATerm<decltype(x.second)>;
};

template <class R>
Term<> all_of(Where where, const R& range) {
  using X = std::remove_cvref_t<decltype(*range.begin())>;
  if constexpr (std::derived_from<X, AnyTerm>) {
    const std::vector<AnyTerm> terms(range.begin(), range.end());
    return make_all(where, terms);
  } else if constexpr (std::same_as<X, Labelled>) {
    const std::vector<Labelled> terms(range.begin(), range.end());
    return make_all(where, terms);
  } else if constexpr (LabelledPair<X>) {
    std::vector<Labelled> terms;
    for (const auto& [label, term] : range)
      terms.emplace_back(std::string(std::string_view(label)), term);
    return make_all(where, terms);
  } else {
    static_assert(never<R>,
                  "oche::all(range): the range must hold terms, or pairs of a label and a term");
    return typed<Unit>(AnyTerm(nullptr));
  }
}

}  // namespace detail
}  // namespace oche
