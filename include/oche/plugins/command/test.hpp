// test.hpp - run tests on a tree and read what they say.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/reports/report.hpp>
#include <oche/term/command.hpp>

namespace oche {

/// Runs `command` in a fresh copy of `tree`; succeeds if its tests did.
///
///     auto tests = test(source, {.argv = {"make", "check"}, .junit = "report.xml"});
///
/// With `Command::junit` the report decides, and it must be there, well-formed and with at least
/// one
/// test in it: a crash before the first test is never green. Without, the exit status decides. With
/// `Command::cobertura` the report's `coverage` is read.
///
/// Diagram: a box with the program's name, or `Command::label`.
/// Fails:   *failed* naming the tests that did not pass; *errored* if there is no usable report.
[[nodiscard]] Term<TestReport> test(const Term<Tree>& tree, const Command& command,
                                    Where where = Where::current());

/// Whatever else is given: one sentence instead of the compiler's own.
template <class T, class C>
  requires(!std::convertible_to<const T&, const Term<Tree>&> ||
           !std::convertible_to<const C&, const Command&>)
Term<TestReport> test(const T&, const C&) {
  static_assert(detail::never<T, C>,
                "oche::test(tree, command): tree is a Term<Tree> and command is in braces; write "
                "test(source, {.argv = {\"program\", \"argument\"}})");
  return detail::typed<TestReport>(AnyTerm(nullptr));
}

}  // namespace oche
