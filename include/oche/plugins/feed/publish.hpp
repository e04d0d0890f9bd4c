// publish.hpp - put what was built where others find it.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/tree.hpp>
#include <oche/plugins/feed/version.hpp>
#include <oche/term/term.hpp>

#include <string>

namespace oche {

/// Sets the newest version of a folder feed to `what`: `FEED/1/…`, `FEED/2/…`, and `FEED/latest`.
///
/// A tree that was published before keeps its number and becomes the latest again. `feed` is a
/// folder's path, or a plain name for one below the state folder's `feeds`.
/// Fails: *errored* if the folder cannot be written; nothing half-written is ever seen there.
[[nodiscard]] Term<Version> publish(std::string feed, const Gated<Tree>& what,
                                    Where where = Where::current());

/// Whatever else is given: one sentence instead of the compiler's own.
template <class T>
  requires(!std::convertible_to<const T&, const Gated<Tree>&>)
Term<Version> publish(const std::string&, const T&) {
  if constexpr (std::convertible_to<const T&, const Term<Tree>&>) {
    static_assert(detail::never<T>,
                  "oche::publish(feed, what): what has passed no gate; write publish(feed, "
                  "gate(what, on(tests)))");
  } else {
    static_assert(detail::never<T>,
                  "oche::publish(feed, what): what is a gated Term<Tree>; write publish(feed, "
                  "gate(tree, on(tests)))");
  }
  return detail::typed<Version>(AnyTerm(nullptr));
}

}  // namespace oche
