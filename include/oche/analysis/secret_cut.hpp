// secret_cut.hpp - the cheapest place to cut a secret off from those who must not see it.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/facts.hpp>

#include <span>
#include <string>
#include <vector>

namespace oche {

/// What would have to change so that some steps see a secret no more.
///
/// A place is a step, a command, a hole, a `map` or a `fold`: it makes something new of what it is
/// given, and could leave the secret out of that. What only passes values on (`gate`, `collect`,
/// the items of a list, …) could not, and neither could those who read the secret.
struct SecretCut {
  /// The fewest places, the nearest to the readers of all such choices: with the secret left out of
  /// what they make, it gets no further.
  std::vector<NodeId> places = {};
  /// Given straight what a reader made, with no place in between: these edges have to go anyway,
  /// and `places` is about all the others.
  struct Straight {
    NodeId reader = no_node;
    NodeId given_to = no_node;
    friend bool operator==(const Straight&, const Straight&) = default;
  };
  std::vector<Straight> straight = {};
  /// Those to be kept from it that read it themselves.
  std::vector<NodeId> readers = {};
  /// False: there are more places than were asked for; none is named.
  bool is_complete = true;
  /// They do not see it at all.
  [[nodiscard]] bool is_needless() const {
    return is_complete && places.empty() && straight.empty() && readers.empty();
  }
};

inline constexpr std::size_t most_places = 16;

/// Keeps all of `secrets` from all of `kept`: a minimum vertex cut along data edges.
///
/// Cost: linear in nodes and edges, once for each place that is found. Recurs into nothing.
/// Source: Ford and Fulkerson's augmenting paths, with capacities of one at the places (Menger).
[[nodiscard]] SecretCut cheapest_cut(const Facts& facts, std::span<const SecretId> secrets,
                                     std::span<const NodeId> kept, std::size_t most = most_places);

/// A line for each thing to do, indented by so much.
[[nodiscard]] std::string to_text(const SecretCut& cut, const Graph& graph, std::size_t indent = 0);
/// `{"at":[…],"straight":[…],"readers":[…],"complete":true}`
[[nodiscard]] std::string to_json(const SecretCut& cut, const Graph& graph);

}  // namespace oche
