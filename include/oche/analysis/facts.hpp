// facts.hpp - what each node does, and with what effects: the view that every analysis reads.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/secret.hpp>
#include <oche/graph/graph.hpp>
#include <oche/term/payload.hpp>
#include <oche/term/step_payload.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace oche {

/// A secret that a pipeline names: its place in `Facts::all_secrets`.
using SecretId = std::uint32_t;

/// How far a node's work can reach.
enum class Reach : std::uint8_t {
  none,     ///< nothing outside: no work, or a command without network
  host,     ///< a command with the host's network
  unknown,  ///< a function of this program: nobody can see into its body
};

/// How many items a list can have.
struct SizeBounds {
  std::uint64_t least = 0;
  std::optional<std::uint64_t> most = {};  ///< nothing: any number
  friend bool operator==(const SizeBounds&, const SizeBounds&) = default;
};

/// One argument of a node's operation: the node that gives it, or its text.
struct Argument {
  std::string name;  ///< `1`, `tree`, `argv[0]`, `env PATH`, `image`, `output`, `secret TOKEN`, …
  detail::Role role = detail::Role::keyed;
  NodeId input = no_node;  ///< who gives it; it is then not known yet, unless there is a text too
  std::string text = {};   ///< what it is, where that is known now
  friend bool operator==(const Argument&, const Argument&) = default;
};

/// A read-only view on a Graph, computed once over flat arrays.
///
/// The structure stays in `graph()`. What is said here of a node is what its program declared:
/// of the bodies of functions nothing can be seen.
/// Cost: linear in nodes, three bytes for each, four more for a step and for a label.
/// Threads: may be read from any.
class Facts {
 public:
  explicit Facts(Graph graph);

  [[nodiscard]] const Graph& graph() const { return graph_; }
  [[nodiscard]] NodeId size() const { return static_cast<NodeId>(flags_.size()); }

  // ---- what is done ----
  /// A step or a command: what takes time and touches the world.
  [[nodiscard]] bool is_work(NodeId node) const { return has(node, work); }
  /// Work that only brings in what an input names (a fetch, a subtree).
  [[nodiscard]] bool is_reading(NodeId node) const { return has(node, reading); }
  /// The steps of this name, in order, and all such names, in no order.
  [[nodiscard]] std::span<const NodeId> steps_named(std::string_view name) const;
  [[nodiscard]] std::vector<std::string_view> step_names() const;
  /// The steps, commands and holes that have labels of their own, in order; and such a label.
  [[nodiscard]] std::span<const NodeId> labelled() const { return labelled_; }
  [[nodiscard]] std::string_view own_label(NodeId node) const;
  /// A step's name, a command's operation (`exec`, `build`, `test`), else the kind's name.
  [[nodiscard]] std::string_view operation(NodeId node) const;
  /// What the operation is given, in order; of a step its arguments, of a command tree, words,
  /// variables, image, patterns, services and what its plug-in wants to know. Computed at each
  /// call.
  [[nodiscard]] std::vector<Argument> arguments(NodeId node) const;
  /// The options that are not the default's (`version`, `timeout`, `pool`, …), in order.
  [[nodiscard]] std::vector<Argument> options(NodeId node) const;
  /// Null for whatever is no step, or no command.
  [[nodiscard]] const detail::StepPayload* step(NodeId node) const;
  [[nodiscard]] const detail::CommandSpec* command(NodeId node) const;

  // ---- its effects; of what is no work: the least ----
  [[nodiscard]] Level level(NodeId node) const { return levels_[node]; }
  /// Has an argument that is replaced rather than keyed (`Latest`): sets a name to it.
  [[nodiscard]] bool publishes(NodeId node) const { return has(node, publishing); }
  [[nodiscard]] Reach network(NodeId node) const;
  /// What the program declares with `distrust(x)` and `vouch(x, reason)`.
  [[nodiscard]] Trust trust(NodeId node) const {
    return has(node, distrusting) ? Trust::distrusted
           : has(node, vouching)  ? Trust::vouched
                                  : Trust::as_given;
  }
  /// A program of its tree may be run: a command. Its input 0 is that tree.
  [[nodiscard]] bool runs_programs(NodeId node) const { return has(node, programs); }
  [[nodiscard]] std::span<const SecretId> secrets(NodeId node) const;
  /// The nodes that name a secret, in order.
  [[nodiscard]] std::span<const NodeId> readers_of_secrets() const { return readers_of_secrets_; }
  /// Every secret that the pipeline names, each once, by vault and name.
  [[nodiscard]] std::span<const SecretName> all_secrets() const { return secrets_; }
  [[nodiscard]] std::string_view pool(NodeId node) const;
  [[nodiscard]] Needs needs(NodeId node) const;
  [[nodiscard]] Duration timeout(NodeId node) const;  ///< zero: none
  [[nodiscard]] Retry retry(NodeId node) const;
  [[nodiscard]] std::optional<Duration> valid_for(NodeId node) const;

  // ---- what it hands on ----
  /// A value that has bytes, or the items of a list: not only that it has succeeded.
  [[nodiscard]] bool gives_bytes(NodeId node) const { return has(node, giving); }
  /// Takes an argument that is neither keyed nor replaced (`Context`).
  [[nodiscard]] bool takes_context(NodeId node) const { return has(node, contextual); }

  // ---- templates and holes ----
  [[nodiscard]] SizeBounds bounds(TemplateId one) const { return bounds_[one]; }
  /// How often a node can be there: the bounds of the templates around it, multiplied.
  [[nodiscard]] SizeBounds times(NodeId node) const;
  /// The nodes that build a part of the pipeline when they run (`dynamic`), in order.
  [[nodiscard]] std::span<const NodeId> holes() const { return holes_; }
  /// What a hole promises; null for whatever is none.
  [[nodiscard]] const detail::Contract* contract(NodeId node) const;

  /// The user's `file:line`.
  [[nodiscard]] std::string place(NodeId node) const;

 private:
  enum Flag : std::uint16_t {
    work = 1,
    reading = 2,
    publishing = 4,
    programs = 8,
    networked = 16,
    distrusting = 32,
    vouching = 64,
    giving = 128,
    contextual = 256,
  };
  [[nodiscard]] bool has(NodeId node, Flag flag) const { return (flags_[node] & flag) != 0; }
  void add(NodeId node, unsigned flags) {
    flags_[node] = static_cast<std::uint16_t>(flags_[node] | flags);
  }
  /// A name, and the list of the steps that have it.
  using NamedList = std::pair<std::string_view, std::vector<NodeId>*>;
  void take_step(NodeId node, NamedList& last);
  void take_command(NodeId node);
  void take_trust(NodeId node);
  void take_name(NodeId node, std::string_view name, NamedList& last);
  void take_label(NodeId node, std::string_view label);
  void number_secrets();

  Graph graph_;
  std::vector<std::uint16_t> flags_;
  std::vector<Level> levels_;
  std::unordered_map<std::string_view, std::vector<NodeId>> steps_named_;
  std::vector<NodeId> labelled_;
  std::vector<NodeId> holes_;
  std::vector<SecretName> secrets_;
  // Few nodes read secrets: sorted nodes, where each one's secrets begin, and these.
  std::vector<NodeId> readers_of_secrets_;
  std::vector<std::uint32_t> secret_starts_ = {0};
  std::vector<SecretId> secret_ids_;
  std::vector<SizeBounds> bounds_;  ///< by template
};

/// `file:line`, with the file as the compiler was given it.
[[nodiscard]] std::string place_of(std::source_location where);

}  // namespace oche
