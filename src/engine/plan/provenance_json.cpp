// provenance_json.cpp - layouts and links as in-toto writes them, and back.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "base/dump_json.hpp"
#include <oche/base/record.hpp>
#include <oche/engine/provenance.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace oche {

namespace {

using InToto = nlohmann::ordered_json;
using What = ArtifactRule::What;

constexpr unsigned provenance_version = 1;
constexpr std::array<std::pair<What, std::string_view>, 4> one_word_rules = {
    {{What::require, "REQUIRE"},
     {What::allow, "ALLOW"},
     {What::create, "CREATE"},
     {What::disallow, "DISALLOW"}}};

/// What is written cannot be read as such.
struct NoProvenance {
  std::string what;
};

InToto json_of(const ArtifactRule& rule) {
  for (const auto& [what, word] : one_word_rules)
    if (what == rule.what) return InToto::array({word, rule.pattern});
  return InToto::array(
      {"MATCH", rule.pattern, "IN", rule.in, "WITH", "PRODUCTS", "FROM", rule.from});
}

ArtifactRule rule_of(const InToto& json) {
  const auto words = json.get<std::vector<std::string>>();
  if (words.size() == 2)
    for (const auto& [what, word] : one_word_rules)
      if (words[0] == word) return {what, words[1]};
  const bool is_match = words.size() == 8 && words[0] == "MATCH" && words[2] == "IN" &&
                        words[4] == "WITH" && words[5] == "PRODUCTS" && words[6] == "FROM";
  if (!is_match)
    throw NoProvenance{fmt::format("it has a rule that nobody expects: {}", json.dump())};
  return {What::match, words[1], words[3], words[7]};
}

InToto json_of(const std::vector<ArtifactRule>& rules) {
  InToto list = InToto::array();
  for (const ArtifactRule& rule : rules)
    list.push_back(json_of(rule));
  return list;
}

std::vector<ArtifactRule> rules_of(const InToto& json) {
  std::vector<ArtifactRule> rules;
  for (const InToto& one : json)
    rules.push_back(rule_of(one));
  return rules;
}

InToto json_of(const std::vector<Artifact>& artifacts) {
  InToto all = InToto::object();
  for (const Artifact& one : artifacts)
    all[one.name] = {{one.algorithm, one.digest}};
  return all;
}

std::vector<Artifact> artifacts_of(const InToto& json) {
  std::vector<Artifact> artifacts;
  for (const auto& [name, digests] : json.items())
    for (const auto& [algorithm, digest] : digests.items())
      artifacts.push_back({name, algorithm, digest.get<std::string>()});
  return artifacts;
}

Time time_of(const InToto& json) {
  const Result<Time> time = from_json<Time>(json.dump());
  if (!time) throw NoProvenance{time.failure().what};
  return time.value();
}

/// What `read` makes of the text; `what` says what it was to be.
template <class T, class Read>
Result<T> read_json(std::string_view text, std::string_view what, Read read) {
  try {
    return read(InToto::parse(text));
  } catch (const nlohmann::json::exception& error) {
    return Failure{fmt::format("this is no {}: {}", what, error.what())};
  } catch (const NoProvenance& wrong) {
    return Failure{fmt::format("this is no {}: {}", what, wrong.what)};
  }
}

}  // namespace

std::string to_json(const Layout& layout) {
  InToto steps = InToto::array();
  for (const LayoutStep& step : layout.steps)
    steps.push_back({{"_type", "step"},
                     {"name", step.path},
                     {"expected_materials", json_of(step.materials)},
                     {"expected_products", json_of(step.products)},
                     {"expected_command", InToto::array()},
                     {"pubkeys", InToto::array()},
                     {"threshold", 1}});
  const InToto made{{"_type", "layout"},
                    {"expires", print(layout.expires)},
                    {"readme", "made of a plan by oche"},
                    {"keys", InToto::object()},
                    {"steps", std::move(steps)},
                    {"inspect", InToto::array()}};
  return detail::json_page(InToto{{"signed", made},
                                  {"signatures", InToto::array()},
                                  {"oche",
                                   {{"version", provenance_version},
                                    {"after", layout.after},
                                    {"may", layout.may},
                                    {"inner", layout.inner}}}});
}

Result<Layout> layout_from_json(std::string_view text) {
  return read_json<Layout>(text, "layout", [](const InToto& json) {
    const InToto& beside = json.at("oche");
    if (beside.at("version") != provenance_version)
      throw NoProvenance{
          fmt::format("this version of oche reads those of version {}", provenance_version)};
    Layout layout{.steps = {},
                  .may = beside.at("may").get<std::vector<std::string>>(),
                  .inner = beside.at("inner").get<std::vector<std::string>>(),
                  .after = beside.at("after").get<std::int64_t>(),
                  .expires = time_of(json.at("signed").at("expires"))};
    for (const InToto& step : json.at("signed").at("steps"))
      layout.steps.push_back({step.at("name").get<std::string>(),
                              rules_of(step.at("expected_materials")),
                              rules_of(step.at("expected_products"))});
    return layout;
  });
}

std::string to_json(std::span<const StepLink> links) {
  InToto list = InToto::array();
  for (const StepLink& link : links) {
    InToto byproducts{{"state", link.state}, {"attempt", link.attempt}};
    byproducts["started"] = print(link.started);
    byproducts["isolation"] = link.isolation;
    list.push_back({{"_type", "link"},
                    {"name", link.path},
                    {"command", InToto::array()},
                    {"materials", json_of(link.materials)},
                    {"products", json_of(link.products)},
                    {"byproducts", std::move(byproducts)},
                    {"environment", {{"key", link.key}}}});
  }
  return detail::json_page(list);
}

Result<std::vector<StepLink>> links_from_json(std::string_view text) {
  return read_json<std::vector<StepLink>>(text, "list of links", [](const InToto& json) {
    std::vector<StepLink> links;
    for (const InToto& one : json) {
      const InToto& beside = one.at("byproducts");
      links.push_back({.path = one.at("name").get<std::string>(),
                       .materials = artifacts_of(one.at("materials")),
                       .products = artifacts_of(one.at("products")),
                       .key = one.at("environment").at("key").get<std::string>(),
                       .state = beside.at("state").get<std::string>(),
                       .attempt = beside.at("attempt").get<std::int64_t>(),
                       .started = time_of(beside.at("started")),
                       .isolation = beside.at("isolation").get<std::string>()});
    }
    return links;
  });
}

std::string to_json(std::span<const Departure> departures) {
  InToto list = InToto::array();
  for (const Departure& one : departures)
    list.push_back({{"what", to_string(one.what)}, {"path", one.path}, {"text", one.text}});
  return detail::json_page(list);
}

}  // namespace oche
