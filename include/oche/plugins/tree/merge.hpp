// merge.hpp - several trees as one.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/tree.hpp>
#include <oche/term/term.hpp>

#include <vector>

namespace oche {

/// Everything of every tree, as one.
///
/// Fails: where two trees have different files under one path; names it.
[[nodiscard]] Term<Tree> merge(const Term<std::vector<Tree>>& trees,
                               Where where = Where::current());
[[nodiscard]] Term<Tree> merge(std::initializer_list<Term<Tree>> trees,
                               Where where = Where::current());

}  // namespace oche
