// oracle.hpp - what can happen in a small pipeline: by trying every choice, one after the other.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/graph/graph.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace oche::tests {

/// Follows semantics §1 and §2 by recursion, item by item, for lists of none, one and two. Shares
/// no code with the analysis. A choice is asked for when it first matters; `explore` goes through
/// all sequences of answers.
class Oracle {
 public:
  struct Frame {
    const Frame* up = nullptr;
    TemplateId of = 0;
    int number = 0;
  };
  enum class Can : std::uint8_t { ok, failed, active, skipped };
  struct Options {
    bool no_skips = false;
    bool no_empties = false;
    std::size_t most_runs = 200'000;
  };

  Oracle(const Graph& graph, const std::set<NodeId>& asked, Options options);

  /// Which nodes can run, and the fewest things that must then go wrong; false: too many runs.
  [[nodiscard]] bool explore();
  std::map<NodeId, int> runs;
  /// Called for every outcome with what runs in it, and how often.
  std::function<void(const std::map<NodeId, int>&)> each_run;

  /// What runs if exactly these nodes fail (or wait, are skipped, false or empty).
  using Script = std::map<NodeId, Can>;
  [[nodiscard]] std::set<NodeId> replay(const Script& own, const std::set<NodeId>& no);

 private:
  struct Seen {
    Can can = Can::ok;
    std::pair<const Frame*, NodeId> maker = {nullptr, no_node};  ///< whose value it is
  };
  using Key = std::pair<const Frame*, NodeId>;

  int choose(int count);
  int decide(NodeId node, int count, bool is_value);
  Seen eval(const Frame* at, NodeId node);
  Seen compute(const Frame* at, NodeId node);
  Seen own(const Frame* at, NodeId node, const std::vector<Seen>& inputs,
           const std::vector<Can>& choices);
  Seen list(const Frame* at, NodeId node);
  const Frame* frame(const Frame* up, TemplateId of, int number);
  bool is_true(const Key& maker);
  int size(const Key& maker);
  void run();
  static Can together(const std::vector<Seen>& inputs);
  static Can successes(const std::vector<Seen>& inputs);

  const Graph& graph_;
  std::set<NodeId> asked_;
  Options options_;
  std::vector<std::pair<int, int>> answers_;  ///< given, of how many
  std::size_t next_ = 0;
  int wrong_ = 0;
  bool is_replay_ = false;
  Script script_;
  std::set<NodeId> no_;
  std::set<NodeId> ran_;
  std::map<NodeId, int> times_;  ///< once for each item
  std::map<Key, Seen> memo_;
  std::map<Key, int> values_;
  std::map<std::pair<std::pair<const Frame*, TemplateId>, int>, std::unique_ptr<Frame>> frames_;
};

}  // namespace oche::tests
