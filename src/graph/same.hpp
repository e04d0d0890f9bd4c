// same.hpp - whether two terms say the same, their inputs and places apart.
// Layer: graph.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/node.hpp>

namespace oche::detail {

/// Whether equal nodes of this kind become one. Functions never do: two lambdas of one line may
/// have captured different things.
[[nodiscard]] bool may_merge(Kind kind);
/// For nodes that may merge: kind, label and payload. Lasts as long as the process.
[[nodiscard]] std::uint64_t own_hash(const Node& node);
[[nodiscard]] bool own_same(const Node& a, const Node& b);

}  // namespace oche::detail
