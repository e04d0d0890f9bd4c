// work_ahead.hpp - asks the memory for steps and commands before a sweep comes to them.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "graph/ahead.hpp"
#include <oche/analysis/facts.hpp>

namespace oche::detail {

/// As Ahead, for sweeps that read the words of commands too.
class WorkAhead {
 public:
  explicit WorkAhead(const Facts& facts)
      : facts_(facts), ask_ahead_(facts.graph().arrays(), 48, 392) {}

  [[gnu::always_inline]] void operator()(NodeId node) const {
    ask_ahead_(node);
    if (node + near >= facts_.size()) return;
    // Its node is here by now.
    if (const CommandSpec* spec = facts_.command(node + near))
      __builtin_prefetch(spec->argv.data());
  }

 private:
  static constexpr NodeId near = 6;

  const Facts& facts_;
  Ahead ask_ahead_;
};

}  // namespace oche::detail
