// check_command.cpp - the policies, proved or refuted; what is odd; who sees which secret.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "base/dump_json.hpp"
#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include <oche/analysis/check.hpp>
#include <oche/analysis/lint.hpp>
#include <oche/analysis/sarif.hpp>
#include <oche/analysis/secrets.hpp>
#include <oche/graph/graph.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <utility>

namespace oche::cli {

namespace {

bool is_called(const SecretName& secret, const std::string& name) {
  return secret.name == name || fmt::format("{}/{}", secret.vault, secret.name) == name;
}

/// What `check` says of the policies, with the linter's remarks beside them.
std::string json_of(const Facts& facts, const CheckReport& report,
                    const std::vector<Remark>& remarks) {
  using Json = nlohmann::ordered_json;
  Json all = Json::parse(to_json(report, facts.graph()));
  all["remarks"] = Json::parse(to_json(facts, remarks));
  return detail::json_page(all);
}

[[noreturn]] void refuse(const Facts& facts, const std::string& name) {
  std::vector<std::string> known;
  for (const SecretName& one : facts.all_secrets())
    known.push_back(fmt::format("{}/{}", one.vault, one.name));
  for (NodeId node = 0; node < facts.size(); ++node)
    if (facts.is_work(node)) known.emplace_back(facts.graph().path(node));
  Failure failure{
      .what = fmt::format("there is no secret and no step \"{}\" in the pipeline", name),
      .hint = did_you_mean(name, known)};
  if (failure.hint.empty()) failure.hint = "`secrets` shows every secret, `graph` every step";
  throw WrongUsage(std::move(failure));
}

}  // namespace

int check(const Program& program, const Arguments& arguments) {
  const Facts facts{Graph(pipeline_of(program, arguments))};
  const CheckReport report = oche::check(facts, program.policies);
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

bool keeps_policies(const Program& program, const AnyTerm& pipeline) {
  if (program.policies.empty()) return true;
  const Graph graph(pipeline);
  const CheckReport report = oche::check(graph, program.policies);
  if (report.holds()) return true;
  std::fputs(oche::to_text(report, graph).c_str(), stderr);
  print_failure({.what = "the pipeline breaks its policies, so nothing was started",
                 .hint = "`check` shows the same and runs nothing"});
  return false;
}

int secrets(const Program& program, const Arguments& arguments) {
  const Facts facts{Graph(pipeline_of(program, arguments))};
  std::vector<SecretSights> all = who_sees(facts);
  if (!arguments.paths.empty()) {
    std::vector<SecretSights> chosen;
    for (const std::string& name : arguments.paths) {
      const std::size_t before = chosen.size();
      for (const SecretSights& one : all)
        if (is_called(one.name, name)) chosen.push_back(one);
      const std::optional<NodeId> node = facts.graph().find(name);
      if (chosen.size() == before && !node) refuse(facts, name);
      if (!node) continue;
      for (SecretSights& one : seen_by(facts, *node))
        chosen.push_back(std::move(one));
    }
    all = std::move(chosen);
  }
  print(arguments.json ? to_json(all, facts.graph()) : oche::to_text(all, facts.graph()));
  return exit_ok;
}

}  // namespace oche::cli
