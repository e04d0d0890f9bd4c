// saved_plan_json.cpp - a kept plan as JSON, and back.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "base/dump_json.hpp"
#include <oche/engine/saved_plan.hpp>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace oche {

namespace {

using PlanJson = nlohmann::ordered_json;

constexpr unsigned plan_version = 1;

PlanJson json_of(const std::vector<SavedStep>& steps) {
  PlanJson list = PlanJson::array();
  for (const SavedStep& step : steps) {
    PlanJson one{{"path", step.path}, {"key", step.key}};
    one["made_of"] = PlanJson::array();
    for (const auto& [name, text] : step.made_of)
      one["made_of"].push_back(PlanJson::array({name, text}));
    list.push_back(std::move(one));
  }
  return list;
}

std::vector<SavedStep> steps_at(const PlanJson& json) {
  std::vector<SavedStep> steps;
  for (const PlanJson& one : json) {
    SavedStep step{one.at("path").get<std::string>(), one.at("key").get<std::string>()};
    for (const PlanJson& part : one.at("made_of"))
      step.made_of.emplace_back(part.at(0).get<std::string>(), part.at(1).get<std::string>());
    steps.push_back(std::move(step));
  }
  std::ranges::sort(steps, {}, &SavedStep::path);  // whoever wrote it
  return steps;
}

}  // namespace

std::string to_json(const SavedPlan& plan) {
  PlanJson all{{"format", "oche-plan"}, {"version", plan_version}};
  all["will"] = json_of(plan.will);
  all["may"] = plan.may;
  all["reused"] = json_of(plan.reused);
  all["holes"] = PlanJson::array();
  for (const SavedHole& hole : plan.holes) {
    PlanJson one{{"path", hole.path}, {"may_run", hole.may_run}, {"never", hole.never}};
    if (hole.at_most) one["at_most"] = *hole.at_most;
    all["holes"].push_back(std::move(one));
  }
  all["questions"] = PlanJson::array();
  for (const Question& one : plan.questions)
    all["questions"].push_back(
        {{"path", one.path}, {"value", one.value.hex()}, {"shown", one.shown}});
  return detail::json_page(all);
}

Result<SavedPlan> saved_plan_from_json(std::string_view text) {
  try {
    const PlanJson json = PlanJson::parse(text);
    if (json.at("format") != "oche-plan") return Failure{"this is no plan"};
    if (json.at("version") != plan_version)
      return Failure{fmt::format("this version of oche reads plans of version {}", plan_version)};
    SavedPlan plan{.will = steps_at(json.at("will")),
                   .reused = steps_at(json.at("reused")),
                   .may = json.at("may").get<std::vector<std::string>>()};
    std::ranges::sort(plan.may);
    for (const PlanJson& one : json.at("holes")) {
      SavedHole hole{one.at("path").get<std::string>(),
                     one.at("may_run").get<std::vector<std::string>>(),
                     one.at("never").get<std::vector<std::string>>()};
      if (one.contains("at_most")) hole.at_most = one.at("at_most").get<std::uint32_t>();
      plan.holes.push_back(std::move(hole));
    }
    for (const PlanJson& one : json.at("questions")) {
      const auto value = Digest::from_hex(one.at("value").get<std::string>());
      if (!value) return Failure{"this is no plan: a question has no digest"};
      plan.questions.push_back(
          {one.at("path").get<std::string>(), *value, one.at("shown").get<std::string>()});
    }
    return plan;
  } catch (const nlohmann::json::exception& error) {
    return Failure{fmt::format("this is no plan: {}", error.what())};
  }
}

}  // namespace oche
