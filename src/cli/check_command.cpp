// check_command.cpp - the policies, proved or refuted; what is odd; who sees which secret.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "base/dump_json.hpp"
#include "cli/assumed.hpp"
#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include <oche/analysis/check.hpp>
#include <oche/analysis/lint.hpp>
#include <oche/analysis/sarif.hpp>
#include <oche/graph/graph.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace oche::cli {

namespace {

/// Only budgets ask for what is known; all else needs no state folder.
bool asks_for_history(const Program& program) {
  return std::any_of(program.policies.begin(), program.policies.end(), [](const Policy& policy) {
    return policy.claim() == Policy::Claim::cost_at_most;
  });
}

/// What `check` says of the policies, with the linter's remarks beside them.
std::string json_of(const Facts& facts, const CheckReport& report,
                    const std::vector<Remark>& remarks) {
  using Json = nlohmann::ordered_json;
  Json all = Json::parse(to_json(report, facts.graph()));
  all["remarks"] = Json::parse(to_json(facts, remarks));
  return detail::json_page(all);
}

}  // namespace

int check(const Program& program, const Arguments& arguments) {
  const Facts facts{Graph(pipeline_of(program, arguments))};
  const Assumptions known = asks_for_history(program) ? known_of(arguments) : Assumptions();
  const CheckReport report = oche::check(facts, program.policies, known);
  const std::vector<Remark> remarks = lint(facts, {.silencers = program.silencers});
  const bool is_right = report.holds() && !has_errors(remarks);
  if (arguments.json || arguments.format == "json") {
    print(json_of(facts, report, remarks));
  } else if (arguments.format == "sarif") {
    print(to_sarif(facts, report, remarks));
  } else if (!arguments.quiet || !is_right) {
    print(oche::to_text(report, facts.graph()));
    if (!remarks.empty()) print(oche::to_text(facts, remarks));
  }
  return is_right ? exit_ok : exit_failed;
}

bool keeps_policies(const Program& program, const Arguments& arguments, const AnyTerm& pipeline) {
  const Graph graph(pipeline);
  Assumptions known;
  try {
    if (asks_for_history(program)) known = known_of(arguments);
  } catch (const Error&) {
    // A folder that cannot be read is for the engine to refuse, with its own exit status.
  }
  const CheckReport report = oche::check(graph, program.policies, known);
  if (report.holds()) return true;
  std::fputs(oche::to_text(report, graph).c_str(), stderr);
  print_failure({.what = "the pipeline breaks its policies, so nothing was started",
                 .hint = "`check` shows the same and runs nothing"});
  return false;
}

}  // namespace oche::cli
