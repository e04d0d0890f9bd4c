// lint_sink.hpp - where the parts of the linter put their remarks.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "analysis/called.hpp"
#include <oche/analysis/lint.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace oche::detail {

class LintSink {
 public:
  void add(std::string_view id, NodeId node, std::string text, std::string fix,
           NodeId other = no_node);
  [[nodiscard]] std::vector<Remark>& remarks() { return remarks_; }

 private:
  std::vector<Remark> remarks_;
};

/// Steps that can never run, gates that hold nothing back or come too late.
void lint_flow(const Facts& facts, LintSink& sink);
/// Names that are set twice, shared by items, or by a step that is tried again.
void lint_publishing(const Facts& facts, LintSink& sink);
/// Work that is done for nobody, or in several places.
void lint_work(const Facts& facts, LintSink& sink);
/// Options and arguments that do not go together.
void lint_options(const Facts& facts, const LintOptions& options, LintSink& sink);

}  // namespace oche::detail
