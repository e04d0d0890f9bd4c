// all.cpp - success of many, gates, and success however.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#include <oche/term/payload.hpp>
#include <oche/term/term.hpp>

#include <algorithm>

namespace oche {
namespace detail {

Term<> make_all(Where where, std::span<const AnyTerm> terms, std::vector<std::string> labels) {
  static constexpr Operation operation = {.destroy = &destroy_in_place<AllPayload>};
  if (labels.empty()) return typed<Unit>(make(Kind::all, where, terms, {.type = &type_of<Unit>}));
  AllPayload payload{std::move(labels)};
  return typed<Unit>(make(Kind::all, where, terms, with(payload, type_of<Unit>, operation)));
}

Term<> make_all(Where where, std::span<const Labelled> terms) {
  std::vector<AnyTerm> inputs;
  std::vector<std::string> labels;
  inputs.reserve(terms.size());
  labels.reserve(terms.size());
  for (const Labelled& one : terms) {
    inputs.push_back(one.term);
    labels.push_back(one.label);
  }
  return make_all(where, inputs, std::move(labels));
}

AnyTerm make_gate(Where where, const AnyTerm& x, const On& controls, const Type& type) {
  std::vector<AnyTerm> inputs;
  inputs.reserve(controls.controls().size() + 1);
  inputs.push_back(x);
  inputs.insert(inputs.end(), controls.controls().begin(), controls.controls().end());
  return make_of(Kind::gate, where, inputs, {.type = &type});
}

}  // namespace detail

Term<> all(std::initializer_list<Labelled> terms, Where where) {
  return detail::make_all(where, std::span(terms.begin(), terms.size()));
}

Term<> all(Where where) { return detail::make_all(where, std::span<const AnyTerm>()); }

Term<> advisory(const AnyTerm& x, Where where) {
  return detail::typed<Unit>(
      detail::make(Kind::advisory, where, std::span(&x, 1), {.type = &type_of<Unit>}));
}

}  // namespace oche
