// exec.hpp - run a program on a tree.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/plugins/command/executed.hpp>
#include <oche/term/command.hpp>

namespace oche {

/// Runs `command` in a fresh copy of `tree`; succeeds if it exits with 0.
///
///     auto lint = exec(source, {.argv = {"flake8", "."}});
///
/// Diagram: a box with the program's name, or `Command::label`.
/// Fails:   *failed* with the exit status; *errored* if it could not be run.
[[nodiscard]] Term<Executed> exec(const Term<Tree>& tree, const Command& command,
                                  Where where = Where::current());

/// Whatever else is given: one sentence instead of the compiler's own.
template <class T, class C>
  requires(!std::convertible_to<const T&, const Term<Tree>&> ||
           !std::convertible_to<const C&, const Command&>)
Term<Executed> exec(const T&, const C&) {
  static_assert(detail::never<T, C>,
                "oche::exec(tree, command): tree is a Term<Tree> and command is in braces; write "
                "exec(source, {.argv = {\"program\", \"argument\"}})");
  return detail::typed<Executed>(AnyTerm(nullptr));
}

}  // namespace oche
