// time_model.hpp - an engine in miniature: at every tick it looks at the whole pipeline anew.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/time.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

namespace time_tests {

using namespace oche;

/// How much is still to be done from each node on, by trying every way through the graph: along
/// readers, and from what decides about something to what only it asks for.
class Remaining {
 public:
  Remaining(const Graph& graph, const std::map<std::string, Duration>& durations) : graph_(graph) {
    Duration longest{};
    for (NodeId node = 0; node < graph.size(); ++node) {
      const auto known = durations.find(std::string(graph.path(node)));
      if (is_step(node) && known != durations.end()) longest = std::max(longest, known->second);
    }
    if (longest == Duration{}) longest = std::chrono::seconds(1);
    own_.resize(graph.size());
    for (NodeId node = 0; node < graph.size(); ++node) {
      const auto known = durations.find(std::string(graph.path(node)));
      if (is_step(node)) own_[node] = known != durations.end() ? known->second : longest;
    }
    ask_at_once(graph.root());
  }

  std::vector<Duration> all() {
    std::vector<Duration> made;
    for (NodeId node = 0; node < graph_.size(); ++node)
      made.push_back(own_[node] + behind(node));
    return made;
  }

 private:
  [[nodiscard]] bool is_step(NodeId node) const {
    return graph_.kind(node) == Kind::step || graph_.kind(node) == Kind::command;
  }
  [[nodiscard]] bool decides(NodeId node) const {
    const Kind kind = graph_.kind(node);
    return kind == Kind::only_if || kind == Kind::or_else || kind == Kind::list_map ||
           kind == Kind::list_iter || kind == Kind::option_map;
  }
  void ask_at_once(NodeId node) {
    if (!at_once_.insert(node).second) return;
    for (const NodeId input : graph_.inputs(node)) {
      ask_at_once(input);
      if (decides(node)) break;
    }
  }
  /// Of what is asked for later, and ends in `node`.
  Duration chain(NodeId node) {
    if (at_once_.contains(node)) return {};
    if (const auto known = chains_.find(node); known != chains_.end()) return known->second;
    Duration before{};
    for (const NodeId input : graph_.inputs(node))
      before = decides(node) ? before + chain(input) : std::max(before, chain(input));
    return chains_[node] = own_[node] + before;
  }
  Duration behind(NodeId node) {
    if (const auto known = behind_.find(node); known != behind_.end()) return known->second;
    Duration longest{};
    for (const auto& [reader, position] : graph_.readers(node)) {
      Duration way = own_[reader] + behind(reader);
      if (decides(reader) && position == 0 && graph_.inputs(reader).size() > 1)
        way += chain(graph_.inputs(reader)[1]);
      longest = std::max(longest, way);
    }
    return behind_[node] = longest;
  }

  const Graph& graph_;
  std::vector<Duration> own_;
  std::set<NodeId> at_once_;
  std::map<NodeId, Duration> chains_, behind_;
};

/// Knows docs/semantics.md and nothing of how a forecast is made. No templates, no `state_of`.
class Miniature {
 public:
  enum class State { active, ok, failed, skipped };

  const Graph& graph;
  std::map<NodeId, std::int64_t> takes;  ///< at least 1
  std::set<NodeId> failing, untrue, unapproved;
  std::vector<Duration> remaining;  ///< by node: the longest first, then who came first
  unsigned slots = 1;

  std::map<NodeId, std::int64_t> begins;
  std::int64_t finish = 0;
  std::vector<State> states;
  std::vector<bool> wanted;

  explicit Miniature(const Graph& of) : graph(of) {}

  void run() {
    for (now_ = 0;; ++now_) {
      look();
      while (start_one()) {
      }
      const bool any_runs = std::any_of(begins.begin(), begins.end(), [&](const auto& one) {
        return one.second + takes.at(one.first) > now_;
      });
      if (!any_runs) return;
    }
  }

  [[nodiscard]] State combined(std::span<const NodeId> inputs) const {
    bool any_active = false, any_skipped = false;
    for (const NodeId input : inputs) {
      if (states[input] == State::failed) return State::failed;
      any_active = any_active || states[input] == State::active;
      any_skipped = any_skipped || states[input] == State::skipped;
    }
    return any_active ? State::active : any_skipped ? State::skipped : State::ok;
  }

 private:
  void look() {
    states.assign(graph.size(), State::ok);
    for (NodeId node = 0; node < graph.size(); ++node)
      states[node] = state_of_node(node);
    wanted.assign(graph.size(), false);
    want(graph.root());
    for (NodeId node = 0; node < graph.size(); ++node) {
      const bool is_ready = takes.contains(node) && wanted[node] && !begins.contains(node) &&
                            combined(graph.inputs(node)) == State::ok;
      if (is_ready && std::find(queue_.begin(), queue_.end(), node) == queue_.end())
        queue_.push_back(node);
    }
  }

  State state_of_node(NodeId node) const {
    const auto in = graph.inputs(node);
    switch (graph.kind(node)) {
      case Kind::failed:
        return State::failed;
      case Kind::pending:
        return State::active;
      case Kind::gate: {
        const State controls = combined(in.subspan(1));
        return controls == State::ok ? states[in[0]] : controls;
      }
      case Kind::only_if:
        if (states[in[0]] != State::ok) return states[in[0]];
        return untrue.contains(node) ? State::skipped : states[in[1]];
      case Kind::or_else:
        return states[in[0]] == State::failed ? states[in[1]] : states[in[0]];
      case Kind::attempt:
        return states[in[0]] == State::failed ? State::ok : states[in[0]];
      case Kind::advisory:
        return states[in[0]] == State::active ? State::active : State::ok;
      case Kind::approve:
        if (states[in[0]] != State::ok) return states[in[0]];
        return unapproved.contains(node) ? State::active : State::ok;
      case Kind::all: {
        bool is_waiting = false, any_ok = in.empty();
        for (const NodeId input : in) {
          if (states[input] == State::failed) return State::failed;
          is_waiting = is_waiting || states[input] == State::active;
          any_ok = any_ok || states[input] == State::ok;
        }
        return is_waiting ? State::active : any_ok ? State::ok : State::skipped;
      }
      case Kind::step: {
        const State before = combined(in);
        if (before != State::ok) return before;
        const auto begun = begins.find(node);
        if (begun == begins.end() || begun->second + takes.at(node) > now_) return State::active;
        return failing.contains(node) ? State::failed : State::ok;
      }
      default:
        return combined(in);
    }
  }

  void want(NodeId node) {
    if (wanted[node]) return;
    wanted[node] = true;
    const auto in = graph.inputs(node);
    const Kind kind = graph.kind(node);
    for (std::size_t i = 0; i < in.size(); ++i) {
      if (i == 1 && kind == Kind::only_if && (states[in[0]] != State::ok || untrue.contains(node)))
        continue;
      if (i == 1 && kind == Kind::or_else && states[in[0]] != State::failed) continue;
      want(in[i]);
    }
  }

  bool start_one() {
    unsigned running = 0;
    for (const auto& [node, begun] : begins) {
      if (begun + takes.at(node) > now_) ++running;
    }
    if (running >= slots || queue_.empty()) return false;
    const auto first = std::min_element(queue_.begin(), queue_.end(), [&](NodeId a, NodeId b) {
      return remaining[a] > remaining[b];
    });  // of equals, the first
    const NodeId node = *first;
    queue_.erase(first);
    begins[node] = now_;
    finish = std::max(finish, now_ + takes.at(node));
    return true;
  }

  std::int64_t now_ = 0;
  std::vector<NodeId> queue_;
};

}  // namespace time_tests
