// fetch.hpp - the files of a commit.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/tree.hpp>
#include <oche/plugins/git/commit.hpp>
#include <oche/term/term.hpp>

namespace oche {

/// The files of `commit`, as git's own tree: what reads them is not repeated for a merge, a revert
/// or
/// an amended message.
///
/// Counts as reading an input, not as a step that ran.
/// Fails: *errored* if the repository or the commit cannot be had.
[[nodiscard]] Term<Tree> fetch(const Term<Commit>& commit, Where where = Where::current());

template <class T>
  requires(!std::convertible_to<const T&, const Term<Commit>&>)
Term<Tree> fetch(const T&) {
  static_assert(detail::never<T>,
                "oche::fetch(commit): commit is a Term<Commit>; write fetch(git::head(repository, "
                "branch))");
  return detail::typed<Tree>(AnyTerm(nullptr));
}

}  // namespace oche
