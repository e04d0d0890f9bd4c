// look.hpp - what the tests of terms ask of nodes.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/error.hpp>
#include <oche/term/payload.hpp>
#include <oche/term/step_payload.hpp>
#include <oche/term/term.hpp>

#include <initializer_list>
#include <new>
#include <string>

namespace look {

inline const oche::detail::Node& node(const oche::AnyTerm& term) { return *term.node(); }

template <class P>
const P& payload(const oche::AnyTerm& term) {
  return *static_cast<const P*>(term.node()->payload);
}

/// The node that `term` has as its input `i`.
inline oche::AnyTerm input(const oche::AnyTerm& term, std::size_t i) {
  const oche::detail::Node* const found = term.node()->inputs()[i];
  oche::detail::retain(found);
  return oche::AnyTerm(found);
}

inline bool has_inputs(const oche::AnyTerm& term, std::initializer_list<oche::AnyTerm> expected) {
  const auto inputs = term.node()->inputs();
  if (inputs.size() != expected.size()) return false;
  std::size_t i = 0;
  for (const oche::AnyTerm& one : expected)
    if (inputs[i++] != one.node()) return false;
  return true;
}

/// What the node's function builds from these addresses.
template <class R>
R call(const oche::AnyTerm& term, std::initializer_list<const void*> arguments,
       const void* closure = nullptr) {
  alignas(R) unsigned char room[sizeof(R)];
  term.node()->operation->call(closure == nullptr ? term.node()->payload : closure,
                               std::data(arguments), arguments.size(), room);
  R* const built = std::launder(reinterpret_cast<R*>(room));
  R result = std::move(*built);
  built->~R();
  return result;
}

/// The full text of the error that `f` throws, or a note that it threw none.
template <class F>
std::string error_of(F f) {
  try {
    f();
  } catch (const oche::Error& error) {
    return oche::render(error.failure());
  }
  return "(no error)";
}

/// `file:line` as errors write it.
inline std::string place(oche::Where where, unsigned lines_below = 0) {
  return std::string(where.file_name()) + ":" + std::to_string(where.line() + lines_below);
}

}  // namespace look
