// build.hpp - make something out of a tree.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/tree.hpp>
#include <oche/term/command.hpp>

namespace oche {

/// Runs `command` in a fresh copy of `tree` and gives what `Command::outputs` matched.
///
///     auto wheel = build(source, {.argv = {"make", "wheel"}, .outputs = {"dist/*.whl"}});
///
/// Diagram: a box with the program's name, or `Command::label`.
/// Requires: at least one pattern in `Command::outputs`; throws oche::Error otherwise.
/// Fails:   as `exec`, and *failed* if a pattern matched nothing.
[[nodiscard]] Term<Tree> build(const Term<Tree>& tree, const Command& command,
                               Where where = Where::current());

/// Whatever else is given: one sentence instead of the compiler's own.
template <class T, class C>
  requires(!std::convertible_to<const T&, const Term<Tree>&> ||
           !std::convertible_to<const C&, const Command&>)
Term<Tree> build(const T&, const C&) {
  static_assert(detail::never<T, C>,
                "oche::build(tree, command): tree is a Term<Tree> and command is in braces; write "
                "build(source, {.argv = {\"program\", \"argument\"}})");
  return detail::typed<Tree>(AnyTerm(nullptr));
}

}  // namespace oche
