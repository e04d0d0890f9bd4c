// called.cpp - what a node is called where people read of it.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/called.hpp"

#include <fmt/core.h>

namespace oche::detail {

std::string called(const Facts& facts, NodeId node) {
  if (facts.graph().is_visible(node)) return std::string(facts.graph().path(node));
  return fmt::format("{} at {}", name_of(facts.graph().kind(node)), facts.place(node));
}

}  // namespace oche::detail
