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
#include <oche/analysis/secret_cut.hpp>
#include <oche/analysis/secrets.hpp>
#include <oche/graph/graph.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace oche::cli {

namespace {

bool is_called(const SecretName& secret, const std::string& name) {
  return secret.name == name || fmt::format("{}/{}", secret.vault, secret.name) == name;
}

/// What is known of durations, if a policy asks for that: the others need no state folder.
Assumptions asked_of(const Program& program, const Arguments& arguments) {
  const auto asks = [](const Policy& policy) {
    return policy.claim() == Policy::Claim::cost_at_most;
  };
  const bool is_asked = std::any_of(program.policies.begin(), program.policies.end(), asks);
  return is_asked ? known_of(arguments) : Assumptions();
}

/// What `check` says of the policies, with the linter's remarks beside them.
std::string json_of(const Facts& facts, const CheckReport& report,
                    const std::vector<Remark>& remarks) {
  using Json = nlohmann::ordered_json;
  Json all = Json::parse(to_json(report, facts.graph()));
  all["remarks"] = Json::parse(to_json(facts, remarks));
  return detail::json_page(all);
}

/// Where to cut a secret off from the steps that were named.
SecretCut cut_of(const Facts& facts, const SecretName& name, const std::vector<NodeId>& kept) {
  for (SecretId one = 0; one < facts.all_secrets().size(); ++one)
    if (facts.all_secrets()[one].name == name.name && facts.all_secrets()[one].vault == name.vault)
      return cheapest_cut(facts, {&one, 1}, kept);
  return {};
}

std::string sights_text(const Facts& facts, const std::vector<SecretSights>& secrets,
                        const std::vector<NodeId>& kept) {
  if (kept.empty() || secrets.empty()) return oche::to_text(secrets, facts.graph());
  std::string text;
  for (const SecretSights& one : secrets) {
    text += oche::to_text({one}, facts.graph());
    text += "  what would keep it away:\n";
    text += oche::to_text(cut_of(facts, one.name, kept), facts.graph(), 4);
  }
  return text;
}

std::string sights_json(const Facts& facts, const std::vector<SecretSights>& secrets,
                        const std::vector<NodeId>& kept) {
  using Json = nlohmann::ordered_json;
  Json all = Json::parse(to_json(secrets, facts.graph()));
  for (std::size_t i = 0; i < secrets.size() && !kept.empty(); ++i)
    all[i]["cut"] = Json::parse(to_json(cut_of(facts, secrets[i].name, kept), facts.graph()));
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
  const CheckReport report = oche::check(facts, program.policies, asked_of(program, arguments));
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
  const CheckReport report = oche::check(graph, program.policies, asked_of(program, arguments));
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
  std::vector<NodeId> kept;
  for (const std::string& path : arguments.kept) {
    const std::optional<NodeId> node = facts.graph().find(path);
    if (!node) refuse(facts, path);
    kept.push_back(*node);
  }
  print(arguments.json ? sights_json(facts, all, kept) : sights_text(facts, all, kept));
  return exit_ok;
}

}  // namespace oche::cli
