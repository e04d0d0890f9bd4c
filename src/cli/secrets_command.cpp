// secrets_command.cpp - who can see which secret, and where it could be cut off.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "base/dump_json.hpp"
#include "cli/commands.hpp"
#include "cli/terminal.hpp"
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

std::vector<std::string> paths_of_work(const Facts& facts) {
  std::vector<std::string> paths;
  for (NodeId node = 0; node < facts.size(); ++node)
    if (facts.is_work(node)) paths.emplace_back(facts.graph().path(node));
  return paths;
}

[[noreturn]] void refuse_name(const Facts& facts, const std::string& name) {
  std::vector<std::string> known = paths_of_work(facts);
  for (const SecretName& one : facts.all_secrets())
    known.push_back(fmt::format("{}/{}", one.vault, one.name));
  Failure failure{
      .what = fmt::format("there is no secret and no step \"{}\" in the pipeline", name),
      .hint = did_you_mean(name, known)};
  if (failure.hint.empty()) failure.hint = "`secrets` shows every secret, `graph` every step";
  throw WrongUsage(std::move(failure));
}

/// The secrets of these names, and those that steps of these paths see; all if none is named.
std::vector<SecretSights> sights_of(const Facts& facts, const std::vector<std::string>& names) {
  std::vector<SecretSights> all = who_sees(facts);
  if (names.empty()) return all;
  std::vector<SecretSights> chosen;
  for (const std::string& name : names) {
    const std::size_t before = chosen.size();
    for (const SecretSights& one : all)
      if (is_called(one.name, name)) chosen.push_back(one);
    const std::optional<NodeId> node = facts.graph().find(name);
    if (chosen.size() == before && !node) refuse_name(facts, name);
    if (!node) continue;
    for (SecretSights& one : seen_by(facts, *node))
      chosen.push_back(std::move(one));
  }
  return chosen;
}

/// Whom to keep secrets from.
std::vector<NodeId> nodes_at(const Facts& facts, const std::vector<std::string>& paths) {
  std::vector<NodeId> nodes;
  for (const std::string& path : paths) {
    const std::optional<NodeId> node = facts.graph().find(path);
    if (!node) {
      Failure failure{.what = fmt::format("--keep-from: there is no step \"{}\"", path),
                      .hint = did_you_mean(path, paths_of_work(facts))};
      if (failure.hint.empty()) failure.hint = "`graph` shows every step";
      throw WrongUsage(std::move(failure));
    }
    nodes.push_back(*node);
  }
  return nodes;
}

SecretCut cut_of(const Facts& facts, const SecretName& name, const std::vector<NodeId>& kept) {
  const auto all = facts.all_secrets();
  const auto found = std::find_if(all.begin(), all.end(), [&](const SecretName& one) {
    return one.vault == name.vault && one.name == name.name;
  });
  const auto secret = static_cast<SecretId>(found - all.begin());
  return cheapest_cut(facts, {&secret, 1}, kept);
}

std::string text_of(const Facts& facts, const std::vector<SecretSights>& secrets,
                    const Arguments& arguments, const std::vector<NodeId>& kept) {
  if (kept.empty() || secrets.empty()) return oche::to_text(secrets, facts.graph());
  std::string text;
  for (const SecretSights& one : secrets) {
    text += oche::to_text({one}, facts.graph());
    text += fmt::format("  to keep it from {}:\n", fmt::join(arguments.kept, ", "));
    text += oche::to_text(cut_of(facts, one.name, kept), facts.graph(), 4);
  }
  return text;
}

std::string json_of(const Facts& facts, const std::vector<SecretSights>& secrets,
                    const std::vector<NodeId>& kept) {
  using Json = nlohmann::ordered_json;
  Json all = Json::parse(to_json(secrets, facts.graph()));
  for (std::size_t i = 0; i < secrets.size() && !kept.empty(); ++i)
    all[i]["cut"] = Json::parse(to_json(cut_of(facts, secrets[i].name, kept), facts.graph()));
  return detail::json_page(all);
}

}  // namespace

int secrets(const Program& program, const Arguments& arguments) {
  const Facts facts{Graph(pipeline_of(program, arguments))};
  const std::vector<SecretSights> all = sights_of(facts, arguments.paths);
  const std::vector<NodeId> from = nodes_at(facts, arguments.kept);
  print(arguments.json ? json_of(facts, all, from) : text_of(facts, all, arguments, from));
  return exit_ok;
}

}  // namespace oche::cli
