// outline_content.hpp - digests of what nodes do, and texts of what they are given.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/facts.hpp>

#include <string>
#include <vector>

namespace oche::detail {

/// Goal: two nodes of two versions have equal digests if and only if they do the same.
///
/// Each digest is that of a node's own part and of its inputs' digests, in one sweep. `content` has
/// everything but labels, places and bodies of functions. `key` has what is in keys: gates,
/// approvals and conditions let values pass as they are, and options that say how something is run
/// are left out. `own_key` is `key` with all work that is read replaced by one and the same word.
class Contents {
 public:
  explicit Contents(const Facts& facts);

  [[nodiscard]] const std::string& content(NodeId node) const { return content_[node]; }
  [[nodiscard]] const std::string& key(NodeId node) const { return key_[node]; }
  [[nodiscard]] const std::string& own_key(NodeId node) const { return own_key_[node]; }
  /// Path in marks (1 and 2) where a node has one of its own in the outline, else what it is made
  /// of; there a set is in marks, too (3 and 5, with 4 between two of it). What would be too long
  /// is cut to two digests in marks (6 and 7), by content and by paths, with ~ between.
  [[nodiscard]] const std::string& reference(NodeId node) const { return reference_[node]; }

  /// Has a place of its own in the outline.
  [[nodiscard]] static bool is_listed(const Graph& graph, NodeId node);

 private:
  [[nodiscard]] std::string own_part(NodeId node) const;
  [[nodiscard]] std::string content_of(NodeId node) const;
  [[nodiscard]] std::string named_of(NodeId node) const;
  [[nodiscard]] std::string key_of(NodeId node, const std::vector<std::string>& keys) const;
  [[nodiscard]] std::string work_key(NodeId node, const std::vector<std::string>& keys) const;
  [[nodiscard]] std::string inputs_text(NodeId node) const;
  [[nodiscard]] std::string reference_of(NodeId node) const;
  [[nodiscard]] std::vector<std::string> of_inputs(NodeId node,
                                                   const std::vector<std::string>& from) const;

  const Facts& facts_;
  const Graph& graph_;
  std::vector<std::string> content_, key_, own_key_, reference_;
  std::vector<std::string> named_;   ///< like content_, with paths for what has a place of its own
  std::vector<std::string> values_;  ///< what own_key_ is made of: work is one word
};

}  // namespace oche::detail
