// check_text.cpp - the answers of `check` for people, and as JSON for programs.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "base/dump_json.hpp"
#include <oche/analysis/check.hpp>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace oche {

namespace {

using Json = nlohmann::ordered_json;

std::string node_text(const Graph& graph, NodeId node) {
  // What nobody names has a path that says nothing.
  return fmt::format("{} ({})", graph.is_visible(node) ? graph.path(node) : graph.title(node),
                     place_of(graph.where(node)));
}

void add_path(std::string& text, const Graph& graph, const std::vector<Link>& path,
              std::string_view before) {
  for (std::size_t i = 1; i < path.size(); ++i) {
    const std::string_view how = path[i].how.empty() ? before : std::string_view(path[i].how);
    text += fmt::format("      {} {}\n", how, node_text(graph, path[i].node));
  }
}

std::string text_of_finding(const Graph& graph, const Finding& finding, bool asks_success) {
  std::string text = "    " + node_text(graph, finding.subject);
  if (finding.verdict == Verdict::holds) {
    text += finding.text.empty() ? "\n" : fmt::format(": {}\n", finding.text);
    add_path(text, graph, finding.path, "from");
    return text;
  }
  if (asks_success && finding.path.empty() && finding.verdict == Verdict::violated) {
    text += finding.after.empty() ? " runs" : " runs even if";
    text += finding.text.empty() ? "\n" : fmt::format(": {}\n", finding.text);
    for (const Deviation& one : finding.after)
      text += fmt::format("      {} {}\n", node_text(graph, one.node), to_string(one.what));
    return text;
  }
  text += finding.text.empty() ? "\n" : fmt::format(": {}\n", finding.text);
  add_path(text, graph, finding.path, "from");
  if (!finding.other.empty()) text += "    and\n";
  add_path(text, graph, finding.other, "from");
  return text;
}

std::string_view mark_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::holds:
      return "✔";
    case Verdict::nothing:
      return "–";
    case Verdict::not_known:
      return "?";
    default:
      return "✗";
  }
}

Json json_of(const Graph& graph, NodeId node) {
  return {{"path", graph.path(node)}, {"where", place_of(graph.where(node))}};
}

Json json_of(const Graph& graph, const std::vector<Link>& path) {
  Json list = Json::array();
  for (const Link& link : path) {
    Json one = json_of(graph, link.node);
    if (!link.how.empty()) one["how"] = link.how;
    list.push_back(std::move(one));
  }
  return list;
}

Json json_of(const Graph& graph, const Finding& finding) {
  Json one = json_of(graph, finding.subject);
  one["verdict"] = to_string(finding.verdict);
  if (!finding.text.empty()) one["text"] = finding.text;
  if (!finding.path.empty()) one["by"] = json_of(graph, finding.path);
  if (!finding.other.empty()) one["and"] = json_of(graph, finding.other);
  if (finding.verdict != Verdict::violated) return one;
  one["after"] = Json::array();
  for (const Deviation& deviation : finding.after) {
    Json entry = json_of(graph, deviation.node);
    entry["what"] = to_string(deviation.what);
    entry["asked_for"] = deviation.is_asked_for;
    one["after"].push_back(std::move(entry));
  }
  return one;
}

}  // namespace

std::string_view to_string(Deviation::What what) {
  using What = Deviation::What;
  switch (what) {
    case What::fails:
      return "fails";
    case What::waits:
      return "waits for ever";
    case What::is_skipped:
      return "is skipped";
    case What::is_false:
      return "is false";
    case What::is_empty:
      return "is empty";
  }
  return "";
}

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::holds:
      return "holds";
    case Verdict::violated:
      return "violated";
    case Verdict::undecided:
      return "undecided";
    case Verdict::nothing:
      return "nothing to check";
    case Verdict::not_known:
      return "not known";
  }
  return "";
}

std::string to_text(const CheckReport& report, const Graph& graph) {
  std::string text;
  std::size_t bad = 0;
  std::size_t unknown = 0;
  for (const Answer& answer : report.answers) {
    const bool is_bad = answer.verdict == Verdict::violated || answer.verdict == Verdict::undecided;
    bad += is_bad ? 1 : 0;
    unknown += answer.verdict == Verdict::not_known ? 1 : 0;
    text += fmt::format("{} {}", mark_of(answer.verdict), answer.policy);
    if (answer.verdict != Verdict::holds && answer.verdict != Verdict::violated)
      text += fmt::format(": {}", to_string(answer.verdict));
    text += '\n';
    if (!answer.problem.what.empty()) {
      text += fmt::format("    {}\n", answer.problem.what);
      if (!answer.problem.hint.empty()) text += fmt::format("    hint: {}\n", answer.problem.hint);
    }
    const bool asks_success = answer.claim <= Policy::Claim::ships_what_passed &&
                              answer.claim != Policy::Claim::data_passes_through;
    for (const Finding& finding : answer.findings)
      if (!is_bad || finding.verdict != Verdict::holds)
        text += text_of_finding(graph, finding, asks_success);
    if (answer.more > 0) text += fmt::format("    and {} more\n", answer.more);
    if (answer.cut) text += "    what would keep it away:\n" + to_text(*answer.cut, graph, 6);
    if (is_bad) text += fmt::format("    the policy: {}\n", place_of(answer.where));
  }
  const std::size_t good = report.answers.size() - bad - unknown;
  text += fmt::format("{} {}, {} {}", good, good == 1 ? "policy holds" : "policies hold", bad,
                      bad == 1 ? "does not" : "do not");
  if (unknown > 0) text += fmt::format(", of {} it is not known", unknown);
  text += '\n';
  return text;
}

std::string to_json(const CheckReport& report, const Graph& graph) {
  Json all{{"holds", report.holds()}, {"policies", Json::array()}};
  for (const Answer& answer : report.answers) {
    Json one{{"policy", answer.policy},
             {"where", place_of(answer.where)},
             {"verdict", to_string(answer.verdict)},
             {"subjects", answer.subjects},
             {"findings", Json::array()},
             {"more", answer.more}};
    if (!answer.problem.what.empty()) one["problem"] = answer.problem.what;
    for (const Finding& finding : answer.findings)
      one["findings"].push_back(json_of(graph, finding));
    if (answer.cut) one["cut"] = Json::parse(to_json(*answer.cut, graph));
    all["policies"].push_back(std::move(one));
  }
  return detail::json_page(all);
}

}  // namespace oche
