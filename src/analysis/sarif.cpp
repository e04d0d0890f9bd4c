// sarif.cpp - broken policies and the linter's remarks as SARIF 2.1.0.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/sarif.hpp>

#include "analysis/called.hpp"
#include "base/dump_json.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <utility>

namespace oche {
namespace {

using SarifLog = nlohmann::ordered_json;

/// Bytes that a URI may hold as they are; the others are escaped.
bool is_plain(char byte) {
  constexpr std::string_view marks = "-._~/!$&'()*+,;=:@";
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= '0' && byte <= '9') || marks.find(byte) != marks.npos;
}

std::string uri_of(std::string_view file) {
  std::string uri = file.starts_with('/') ? "file://" : "";
  for (const char byte : file)
    uri += is_plain(byte) ? std::string(1, byte)
                          : fmt::format("%{:02X}", static_cast<unsigned char>(byte));
  return uri;
}

SarifLog location_of(std::source_location where, std::string_view path = {},
                     std::string_view said = {}) {
  SarifLog location;
  location["physicalLocation"] = {{"artifactLocation", {{"uri", uri_of(where.file_name())}}},
                                  {"region", {{"startLine", where.line()}}}};
  if (!path.empty())
    location["logicalLocations"] = SarifLog::array({{{"fullyQualifiedName", path}}});
  if (!said.empty()) location["message"] = {{"text", said}};
  return location;
}

SarifLog location_of(const Graph& graph, NodeId node, std::string_view said = {}) {
  return location_of(graph.where(node), graph.path(node), said);
}

SarifLog result_of(std::string_view rule, std::string_view level, std::string_view text,
                   SarifLog location) {
  return {{"ruleId", rule},
          {"level", level},
          {"message", {{"text", text}}},
          {"locations", SarifLog::array({std::move(location)})}};
}

SarifLog rule_of(std::string_view id, std::string_view what, Severity severity) {
  return {{"id", id},
          {"shortDescription", {{"text", what}}},
          {"defaultConfiguration", {{"level", to_string(severity)}}}};
}

void add_related(SarifLog& result, SarifLog location) {
  // Ids make them links in viewers.
  location["id"] = result.contains("relatedLocations") ? result["relatedLocations"].size() : 0;
  result["relatedLocations"].push_back(std::move(location));
}

SarifLog result_of(const Facts& facts, const Answer& answer, const Finding& finding) {
  const Graph& graph = facts.graph();
  std::string text = fmt::format("{}: {} for {}", answer.policy, to_string(finding.verdict),
                                 detail::called(facts, finding.subject));
  if (!finding.text.empty()) text += fmt::format(": {}", finding.text);
  // How much a run may cost is no question of what runs at all.
  std::string_view before =
      answer.claim == Policy::Claim::cost_at_most ? "; if " : "; it runs even if ";
  for (const Deviation& one : finding.after) {
    text += fmt::format("{}{} {}", before, detail::called(facts, one.node), to_string(one.what));
    before = ", ";
  }
  const bool is_open = finding.verdict == Verdict::not_known;
  SarifLog result =
      result_of("policy", is_open ? "none" : "error", text, location_of(graph, finding.subject));
  if (is_open) result["kind"] = "open";  // SARIF's word for: too little is known to tell
  for (const Deviation& one : finding.after)
    add_related(result, location_of(graph, one.node, to_string(one.what)));
  for (const auto* path : {&finding.path, &finding.other})
    for (const Link& link : *path)
      add_related(result, location_of(graph, link.node, link.how));
  add_related(result, location_of(answer.where, {}, "the policy"));
  return result;
}

void add_results(SarifLog& results, const Facts& facts, const CheckReport& report) {
  for (const Answer& answer : report.answers) {
    if (answer.verdict == Verdict::holds || answer.verdict == Verdict::nothing) continue;
    if (!answer.problem.what.empty())
      results.push_back(
          result_of("policy", "error", answer.problem.what, location_of(answer.where)));
    for (const Finding& finding : answer.findings)
      if (finding.verdict != Verdict::holds) results.push_back(result_of(facts, answer, finding));
  }
}

SarifLog result_of(const Facts& facts, const Remark& remark) {
  SarifLog result = result_of(
      remark.id, to_string(remark.severity),
      fmt::format("{} {}; {}", detail::called(facts, remark.node), remark.text, remark.fix),
      location_of(facts.graph(), remark.node));
  if (remark.other != no_node) add_related(result, location_of(facts.graph(), remark.other));
  if (!remark.silenced.empty())
    result["suppressions"] =
        SarifLog::array({{{"kind", "external"}, {"justification", remark.silenced}}});
  return result;
}

}  // namespace

std::string to_sarif(const Facts& facts, const CheckReport& report,
                     std::span<const Remark> remarks) {
  SarifLog all_rules = SarifLog::array(
      {rule_of("policy", "a policy of the pipeline that does not hold", Severity::error)});
  for (const LintRule& rule : lint_rules())
    all_rules.push_back(rule_of(rule.id, rule.what, rule.severity));
  SarifLog results = SarifLog::array();
  add_results(results, facts, report);
  for (const Remark& remark : remarks)
    results.push_back(result_of(facts, remark));
  SarifLog run;
  run["tool"]["driver"] = {{"name", "oche"}, {"rules", std::move(all_rules)}};
  run["results"] = std::move(results);
  const SarifLog log = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                        {"version", "2.1.0"},
                        {"runs", SarifLog::array({std::move(run)})}};
  return detail::json_page(log);
}

}  // namespace oche
