// called.hpp - what a node is called where people read of it.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/facts.hpp>

#include <string>

namespace oche::detail {

/// A node's path, or its kind and line if it has no name of its own.
[[nodiscard]] std::string called(const Facts& facts, NodeId node);

}  // namespace oche::detail
