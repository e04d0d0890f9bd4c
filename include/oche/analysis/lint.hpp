// lint.hpp - what is odd about a pipeline, whatever it is for.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/facts.hpp>
#include <oche/analysis/silencer.hpp>

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oche {

enum class Severity : std::uint8_t {
  note,     ///< worth a look
  warning,  ///< likely a mistake
  error,    ///< does not do what it says
};
[[nodiscard]] std::string_view to_string(Severity severity);

/// One kind of remark.
struct LintRule {
  std::string_view id;
  Severity severity;
  std::string_view what;  ///< one line, for the table of the documentation
};
/// All kinds, in the order of docs/lint.md.
[[nodiscard]] std::span<const LintRule> lint_rules();

/// One thing that is odd.
struct Remark {
  std::string id;
  Severity severity = Severity::note;
  NodeId node = no_node;
  NodeId other = no_node;  ///< the second one, where there are two
  std::string text;        ///< what is odd, one line
  std::string fix;         ///< the next thing to try
  std::string silenced;    ///< the reason; empty: it is a finding
};

struct LintOptions {
  std::vector<Silencer> silencers = {};
  /// What each pool has, `""` for steps that name none; without it nothing is said of sizes.
  std::map<std::string, Needs> pools = {};
};

/// Everything that is odd, sorted by node and id; silenced remarks too.
///
/// What cannot be seen in a graph has no remark: terms that nothing uses, bodies of functions, what
/// a hole builds.
/// Fails: throws oche::Error for a silencer without a reason, or of a kind that does not exist.
/// Cost:  linear, but for remarks.
[[nodiscard]] std::vector<Remark> lint(const Facts& facts, const LintOptions& options = {});

/// True if one of them is an error that nobody silenced.
[[nodiscard]] bool has_errors(std::span<const Remark> remarks);

[[nodiscard]] std::string to_text(const Facts& facts, std::span<const Remark> remarks);
[[nodiscard]] std::string to_json(const Facts& facts, std::span<const Remark> remarks);

}  // namespace oche
