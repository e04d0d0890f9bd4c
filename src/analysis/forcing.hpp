// forcing.hpp - why a node cannot run without what it needs: one path that forces it.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "analysis/model.hpp"
#include <oche/analysis/check.hpp>

#include <unordered_map>
#include <vector>

namespace oche::detail {

/// What one batch of up to 64 questions is about, and what the sweeps found.
struct QuestionBatch {
  /// Of nodes whose success is asked for: by which questions.
  std::unordered_map<NodeId, std::uint64_t> asked;
  std::vector<bool> is_asked;  ///< by node
  std::uint64_t no_skips = 0;
  std::uint64_t no_empties = 0;
  std::vector<Can<PolicyBits>> at;
  std::vector<PolicyBits> wanted;
};

/// Choices of all questions of a batch at once.
struct BatchChoices {
  const Model& model;
  const QuestionBatch& batch;
  [[nodiscard]] PolicyBits own(NodeId node, Own what) const {
    if (batch.is_asked[node]) return own_of_asked(node, what);
    return (model.own[node] & what) != 0 ? PolicyBits::always() : PolicyBits::never();
  }
  [[nodiscard]] PolicyBits own_of_asked(NodeId node, Own what) const;
  [[nodiscard]] bool asks(NodeId node, std::uint64_t question) const {
    return batch.is_asked[node] && (batch.asked.at(node) & question) != 0;
  }
  [[nodiscard]] PolicyBits value(NodeId node, Value2 what) const {
    const unsigned can = model.values[node];
    if ((can & what) == 0) return PolicyBits::never();
    if (what == yes || (can & yes) == 0) return PolicyBits::always();
    return {~(model.rules[node] == Rule::only_if ? batch.no_skips : batch.no_empties)};
  }
};

void sweep(const Model& model, QuestionBatch& batch);

/// The questions of the batch for which the node may run though nothing that is asked succeeds.
[[nodiscard]] inline std::uint64_t may_run(const Model& model, const QuestionBatch& batch,
                                           NodeId node) {
  return (batch.wanted[node] & can_begin(model, node, batch.at)).bits;
}

/// Requires: the question's bit is not in `may_run`.
[[nodiscard]] std::vector<Link> forcing_path(const Model& model, const QuestionBatch& batch,
                                             NodeId subject, unsigned question);

}  // namespace oche::detail
