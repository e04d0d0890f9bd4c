// forcing.cpp - the sweeps of a batch of questions, and the path behind a proof.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/forcing.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace oche::detail {

/// What can only be ok fails where its success is asked for.
PolicyBits BatchChoices::own_of_asked(NodeId node, Own what) const {
  const unsigned can = model.own[node];
  const bool may = (can & what) != 0;
  const std::uint64_t asking = batch.asked.at(node);
  if (what == own_ok) return {may ? ~asking : 0};
  return {may ? ~std::uint64_t{0} : what == own_failed && can == own_ok ? asking : 0};
}

void sweep(const Model& model, QuestionBatch& batch) {
  const BatchChoices choices{model, batch};
  sweep_outcomes(model, choices, batch.at);
  sweep_wanted(model, choices, batch.at, batch.wanted);
}

namespace {

class Path {
 public:
  Path(const Model& model, const QuestionBatch& batch, unsigned question)
      : model_(model), batch_(batch), bit_(std::uint64_t{1} << question), choices_{model, batch} {}

  std::vector<Link> from(NodeId subject) {
    add(subject, "");
    if (const NodeId input = first_not_ok(model_.inputs(subject)); input != no_node)
      follow(input);
    else
      climb(subject);
    return std::move(path_);
  }

 private:
  [[nodiscard]] bool is(PolicyBits bits) const { return (bits.bits & bit_) != 0; }
  [[nodiscard]] bool can_be_ok(NodeId node) const { return is(batch_.at[node].ok); }
  void add(NodeId node, std::string how) { path_.push_back({node, std::move(how)}); }

  [[nodiscard]] NodeId first_not_ok(std::span<const NodeId> inputs) const {
    const auto found =
        std::find_if(inputs.begin(), inputs.end(), [&](NodeId input) { return !can_be_ok(input); });
    return found == inputs.end() ? no_node : *found;
  }

  /// From a node that cannot be ok to what stops it; inputs have smaller ids, so this ends.
  void follow(NodeId node) {
    for (NodeId next = node; next != no_node;) {
      node = next;
      next = no_node;
      if (choices_.asks(node, bit_)) {
        add(node, "must succeed");
        return;
      }
      const auto in = model_.inputs(node);
      switch (model_.rules[node]) {
        case Rule::own:
          next = first_not_ok(in);
          add(node, next == no_node ? "never succeeds" : "needs");
          break;
        case Rule::all: {
          const auto stuck = std::find_if(in.begin(), in.end(), [&](NodeId input) {
            return !can_be_ok(input) && !is(batch_.at[input].skipped);
          });
          if (stuck != in.end())
            next = *stuck;
          else if (!in.empty())
            next = in[0];
          add(node, "needs every one");
          break;
        }
        case Rule::gate:
          next = first_not_ok(in.subspan(1));
          add(node, next == no_node ? "passes on" : "waits for");
          if (next == no_node) next = in[0];
          break;
        case Rule::only_if:
        case Rule::list:
        case Rule::iter:
          if (!can_be_ok(in[0]))
            next = in[0];
          else if (is(choices_.value(node, yes)))
            next = in[1];
          add(node, next == no_node ? "is never true" : "needs");
          break;
        case Rule::or_else:
          next = is(batch_.at[in[0]].failed) ? in[1] : in[0];
          add(node, "needs either");
          break;
        case Rule::attempt:
        case Rule::advisory:
          next = in[0];
          add(node, "needs an end of");
          break;
        case Rule::state_of:
          break;  // always ok
      }
    }
  }

  /// From a node that nobody can want to the condition that stops it.
  void climb(NodeId node) {
    while (node != model_.graph->root()) {
      const auto readers = model_.graph->readers(node);
      for (const Reader& reader : readers) {
        if (!is(batch_.wanted[reader.node])) continue;
        add(reader.node, "asks for it only once it may");
        const NodeId first = model_.inputs(reader.node)[0];
        if (model_.rules[reader.node] != Rule::or_else && !can_be_ok(first)) follow(first);
        return;
      }
      if (readers.empty()) return;
      node = readers.front().node;
      add(node, "is the way to it");
    }
  }

  const Model& model_;
  const QuestionBatch& batch_;
  std::uint64_t bit_;
  BatchChoices choices_;
  std::vector<Link> path_;
};

}  // namespace

std::vector<Link> forcing_path(const Model& model, const QuestionBatch& batch, NodeId subject,
                               unsigned question) {
  return Path(model, batch, question).from(subject);
}

}  // namespace oche::detail
