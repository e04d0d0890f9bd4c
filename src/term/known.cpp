// known.cpp - terms whose outcome is known when they are written.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#include "term/line.hpp"
#include <oche/term/detail/inputs.hpp>

namespace oche::detail {

AnyTerm make_constant(Where where, std::string_view label, Value value) {
  static constexpr Operation operation = {.destroy = &destroy_in_place<Value>};
  const Type& type = value.type();
  return make(Kind::constant, where, {}, with(value, type, operation, label));
}

AnyTerm make_failed(Where where, const Type& type, Failure failure) {
  static constexpr Operation operation = {.destroy = &destroy_in_place<Failure>};
  if (failure.where.empty()) failure.where = line_of(where);
  return make(Kind::failed, where, {}, with(failure, type, operation));
}

AnyTerm make_pending(Where where, const Type& type, Phase phase) {
  static constexpr Operation operation = {.destroy = &destroy_in_place<Phase>};
  return make(Kind::pending, where, {}, with(phase, type, operation));
}

}  // namespace oche::detail
