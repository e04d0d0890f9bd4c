// subtree.hpp - one folder of a tree.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/tree.hpp>
#include <oche/term/term.hpp>

#include <string>

namespace oche {

/// The folder at `path`. What reads it is not repeated when something outside changes.
///
/// Fails: if the tree has no such folder; names the nearest.
[[nodiscard]] Term<Tree> subtree(const Term<Tree>& tree, std::string path,
                                 Where where = Where::current());

}  // namespace oche
