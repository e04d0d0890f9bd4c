// secrets.hpp - who can see a secret, and which secrets a step can see.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/check.hpp>
#include <oche/analysis/facts.hpp>

#include <string>
#include <vector>

namespace oche {

/// One node that can see a secret.
struct Sight {
  NodeId node = no_node;
  /// It names the secret. Otherwise it is given something that was made with it.
  bool reads = false;
  /// How the secret gets here: from this node back to one that reads it.
  std::vector<NodeId> path = {};
};

/// Who sees one secret: steps, commands and holes, in the order of the graph.
struct SecretSights {
  SecretName name;
  std::vector<Sight> sights;
};

/// Every secret that the pipeline names, with all who can see it.
///
/// A result counts as made with a secret if its step read it, or was given such a result: what a
/// function does with bytes cannot be seen. Order and success alone (gates, `all`) carry no bytes.
/// Cost: linear in nodes for each 64 secrets, and in what is found.
[[nodiscard]] std::vector<SecretSights> who_sees(const Facts& facts);

/// The same for one step: every secret that it can see has one sight.
[[nodiscard]] std::vector<SecretSights> seen_by(const Facts& facts, NodeId node);

[[nodiscard]] std::string to_text(const std::vector<SecretSights>& secrets, const Graph& graph);
[[nodiscard]] std::string to_json(const std::vector<SecretSights>& secrets, const Graph& graph);

namespace detail {
/// Which of the secrets `first` to `first` + 63 each node can see.
[[nodiscard]] std::vector<std::uint64_t> secrets_seen(const Facts& facts, SecretId first);
}  // namespace detail

}  // namespace oche
