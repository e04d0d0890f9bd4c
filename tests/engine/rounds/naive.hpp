// naive.hpp - what outcomes should be: a recursive interpreter of semantics §1 and §2.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/rounds/script.hpp"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace oche::tests {

/// Evaluates from scratch in every round, following a graph by recursion, and remembers only what
/// semantics.md says is remembered: last good lists, what holes were built for, states of folds,
/// the
/// second inputs asked for, and jobs of steps that are undecided. Shares no code with the rounds.
class Naive {
 public:
  /// One frame of what surrounds a node: an item of a list, or the inside of a hole.
  struct Frame {
    const Frame* up = nullptr;
    const Graph* graph = nullptr;
    NodeId owner = no_node;  ///< the expand or the hole, in `up`'s graph
    TemplateId of = 0;       ///< of an item
    std::string identity;    ///< of an item, or the number of the building
    Value item;
    std::string name;        ///< of an item, as paths write it
    bool is_current = true;  ///< what it depends on is ok now
  };

  struct Seen {
    Status status = Status::unborn;
    Phase phase = Phase::ready;
    std::string origin;  ///< a path
    Value value;
    std::shared_ptr<const Failure> failure;
    std::vector<std::string> causes;
    bool more = false;
    std::string reason;
    bool stale = false;
  };

  struct Asking {
    std::string key;
    bool undecided = false;
    bool held = false;
    bool operator==(const Asking&) const = default;
  };

  Naive(const Graph& graph, const Script& script);

  /// One round. Afterwards the memory is brought up to date.
  void advance(bool is_wanted);
  [[nodiscard]] const Seen* root() const;

  std::map<std::string, Seen> wanted;         ///< of the last round, by path
  std::map<std::string, Asking> asking;       ///< of the last round, by path
  std::map<std::string, std::string> folded;  ///< by path: state and last, printed

 private:
  struct Built {
    Value built_for;
    std::shared_ptr<Graph> graph;
    std::shared_ptr<const Failure> error;
    int number = 0;
  };
  using Key = std::pair<const Frame*, NodeId>;
  enum class Rule { values, successes };

  const Seen& eval(const Frame* at, NodeId node);
  Seen compute(const Frame* at, NodeId node, const std::string& path);
  std::pair<const Frame*, NodeId> place(const Frame* at, NodeId node) const;
  std::optional<std::pair<const Frame*, NodeId>> alias(const Frame* hole,
                                                       const detail::Node* term) const;
  const std::set<NodeId>& reached(const Frame* hole) const;
  std::vector<Seen> inputs_of(const Frame* at, NodeId node, std::size_t from);
  static bool is_blocked(const std::vector<Seen>& inputs, Rule rule, Seen& out);
  Seen fail(const std::string& path, const Graph& graph, NodeId node, Failure failure) const;
  Seen call(const std::string& path, const Graph& graph, NodeId node,
            const std::vector<const void*>& arguments) const;
  Seen answered(const std::string& path, const Graph& graph, NodeId node,
                const JobAnswer& answer) const;
  Seen eval_step(const Frame* at, NodeId node, const std::string& path);
  Seen eval_list(const Frame* at, NodeId node);
  Seen eval_expand(const Frame* at, NodeId node, const std::string& path);
  Seen eval_hole(const Frame* at, NodeId node, const std::string& path);
  Seen eval_fold(const Frame* at, NodeId node, const std::string& path);
  Seen second(const Frame* at, NodeId node, const std::string& path, const Seen& first, bool asks,
              bool is_undecided);
  std::vector<const Frame*> items(const Frame* at, NodeId expand);
  const Frame* frame(const Frame* up, NodeId owner, const std::string& identity);
  std::string path_of(const Frame* at, NodeId node) const;
  static std::pair<std::string, std::string> prefix_of(const Frame* at);
  static bool may_start(const Frame* at);

  const Graph& graph_;
  const Script& script_;
  Frame top_;
  std::map<std::tuple<const Frame*, NodeId, std::string>, std::unique_ptr<Frame>> frames_;
  std::map<Key, Value> lists_, next_lists_;
  std::map<Key, Built> holes_, next_holes_;
  std::map<Key, bool> seconds_, next_seconds_;
  std::map<Key, Asking> jobs_, next_jobs_;
  std::map<std::string, std::pair<Value, Value>> folds_, next_folds_;
  std::map<Key, Seen> memo_;
  mutable std::map<const Graph*, std::map<const detail::Node*, NodeId>> index_;
  mutable std::map<const Frame*, std::set<NodeId>> reached_;
  std::vector<std::shared_ptr<Graph>> graphs_;  ///< nodes of old ones may still be named
  int buildings_ = 0;
  Value unit_ = Value::make(Unit{});
};

}  // namespace oche::tests
