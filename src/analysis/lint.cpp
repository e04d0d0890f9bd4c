// lint.cpp - the table of remarks, and what silences them.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/lint.hpp>

#include "analysis/lint_sink.hpp"
#include "analysis/wildcard.hpp"
#include "base/text.hpp"
#include <oche/base/error.hpp>

#include <fmt/core.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace oche {
namespace {

constexpr LintRule rules[] = {
    {"late-gate", Severity::error, "a gate or an approval after the deed that it should hold back"},
    {"shared-output", Severity::error, "items of a list that all set one published name"},
    {"too-big", Severity::error, "a step that needs more than its pool has"},
    {"never-runs", Severity::warning, "a step that can never run"},
    {"idle-gate", Severity::warning, "a gate with a control that cannot fail"},
    {"published-twice", Severity::warning, "one published name set from two places"},
    {"retried-publish", Severity::warning, "a step that publishes and is tried again"},
    {"volatile-key", Severity::warning, "a time in a key"},
    {"undeclared-network", Severity::warning, "a program that needs a network which it has not"},
    {"short-validity", Severity::warning, "a result that expires before the step must be done"},
    {"unread-result", Severity::note, "files that nobody reads"},
    {"same-work", Severity::note, "the same work written in several places"},
    {"near-duplicate", Severity::note, "two steps of which only label or place differ"},
    {"needless-hole", Severity::note, "dynamic over a list, where list_map may do"},
    {"unused-silencer", Severity::note, "a silencer that silences nothing"},
};

const LintRule* rule_of(std::string_view id) {
  const auto found = std::find_if(std::begin(rules), std::end(rules),
                                  [&](const LintRule& rule) { return rule.id == id; });
  return found == std::end(rules) ? nullptr : &*found;
}

void check_silencer(const Silencer& one) {
  if (rule_of(one.id) == nullptr) {
    std::vector<std::string> known;
    for (const LintRule& rule : rules)
      known.emplace_back(rule.id);
    throw Error(Failure{.what = fmt::format("a silencer names \"{}\", which is no remark", one.id),
                        .hint = detail::did_you_mean(one.id, known)});
  }
  if (one.reason.empty())
    throw Error(
        Failure{.what = fmt::format("the silencer of {} for {} has no reason", one.id, one.paths),
                .hint = "say why it is meant so: whoever reads it next will ask"});
}

/// True if it silenced anything.
bool silence(const Facts& facts, const Silencer& silencer, std::vector<Remark>& remarks) {
  bool is_used = false;
  for (Remark& one : remarks) {
    const std::string_view path = facts.graph().path(one.node);
    if (one.id != silencer.id ||
        (path != silencer.paths && !detail::path_matches(silencer.paths, path)))
      continue;
    is_used = true;
    if (one.silenced.empty()) one.silenced = silencer.reason;
  }
  return is_used;
}

}  // namespace

namespace detail {

void LintSink::add(std::string_view id, NodeId node, std::string text, std::string fix,
                   NodeId other) {
  remarks_.push_back(
      {std::string(id), rule_of(id)->severity, node, other, std::move(text), std::move(fix), {}});
}

}  // namespace detail

std::string_view to_string(Severity severity) {
  constexpr std::string_view names[] = {"note", "warning", "error"};
  return names[static_cast<std::size_t>(severity)];
}

std::span<const LintRule> lint_rules() { return rules; }

std::vector<Remark> lint(const Facts& facts, const LintOptions& options) {
  for (const Silencer& one : options.silencers)
    check_silencer(one);
  detail::LintSink sink;
  detail::lint_flow(facts, sink);
  detail::lint_publishing(facts, sink);
  detail::lint_work(facts, sink);
  detail::lint_options(facts, options, sink);
  std::vector<Remark>& remarks = sink.remarks();
  std::vector<const Silencer*> unused;
  for (const Silencer& one : options.silencers)
    if (!silence(facts, one, remarks)) unused.push_back(&one);
  for (const Silencer* one : unused)
    sink.add("unused-silencer", facts.graph().root(),
             fmt::format("the silencer of {} for {} silences nothing", one->id, one->paths),
             "take it out: what it excused is gone");
  std::sort(remarks.begin(), remarks.end(), [](const Remark& a, const Remark& b) {
    return std::tie(a.node, a.id, a.other, a.text) < std::tie(b.node, b.id, b.other, b.text);
  });
  return std::move(remarks);
}

bool has_errors(std::span<const Remark> remarks) {
  return std::any_of(remarks.begin(), remarks.end(), [](const Remark& one) {
    return one.severity == Severity::error && one.silenced.empty();
  });
}

}  // namespace oche
