// glob.hpp - which files of a tree match a pattern.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/tree.hpp>
#include <oche/term/term.hpp>

#include <string>
#include <vector>

namespace oche {

/// The paths of the files that `pattern` matches, sorted; an empty list if there are none.
///
///     list_map(glob(source, "*/setup.py"), [&](Term<std::string> path) { … })
[[nodiscard]] Term<std::vector<std::string>> glob(const Term<Tree>& tree, std::string pattern,
                                                  Where where = Where::current());

}  // namespace oche
