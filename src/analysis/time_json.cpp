// time_json.cpp - what a forecast says, for programs.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/time_words.hpp"
#include "base/dump_json.hpp"
#include "base/readable_time.hpp"
#include <oche/analysis/time.hpp>

#include <nlohmann/json.hpp>

namespace oche {
namespace detail::forecast {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const TimedStep& step) {
  return {{"path", step.path},
          {"fate", to_string(step.fate)},
          {"publishes", step.publishes},
          {"takes", in_seconds(step.takes)},
          {"is_known", step.is_known}};
}

Json json_of(const Finish& finish) {
  return {{"slots", finish.slots},
          {"start_up", in_seconds(finish.start_up)},
          {"at", in_seconds(finish.at)},
          {"least", in_seconds(finish.least)},
          {"most", in_seconds(finish.most)}};
}

}  // namespace

std::string path_json(const Forecast& forecast, unsigned slots) {
  Json all{{"span", in_seconds(forecast.span())}, {"work", in_seconds(forecast.work())}};
  all["critical"] = Json::array();
  for (const std::uint32_t i : forecast.critical())
    all["critical"].push_back(forecast.steps()[i].path);
  all["steps"] = Json::array();
  for (const TimedStep& step : forecast.steps()) {
    Json one = json_of(step);
    if (step.runs()) {
      one["begins"] = in_seconds(step.begin);
      one["slack"] = in_seconds(step.slack);
      one["drag"] = in_seconds(step.drag);
    }
    all["steps"].push_back(std::move(one));
  }
  all["finish"] = json_of(forecast.finish(slots));
  all["curve"] = Json::array();
  for (const Finish& point : forecast.curve())
    all["curve"].push_back(json_of(point));
  all["unseen"] = forecast.unseen();
  return detail::json_page(all);
}

std::string run_json(const Forecast& forecast, unsigned slots) {
  const Finish finish = forecast.finish(slots);
  Json all{{"outcome", to_string(forecast.outcome())}, {"finish", json_of(finish)}};
  all["runs"] = Json::array();
  for (const std::uint32_t i : finish.started) {
    Json one = json_of(forecast.steps()[i]);
    one["begins"] = in_seconds(finish.begins[i]);
    all["runs"].push_back(std::move(one));
  }
  all["others"] = Json::array();
  for (const TimedStep& step : forecast.steps()) {
    if (!step.runs())
      all["others"].push_back({{"path", step.path}, {"fate", to_string(step.fate)}});
  }
  all["unseen"] = forecast.unseen();
  return detail::json_page(all);
}

}  // namespace detail::forecast

std::string critical_path_json(const Forecast& forecast, unsigned slots) {
  return detail::forecast::path_json(forecast, slots);
}
std::string simulation_json(const Forecast& forecast, unsigned slots) {
  return detail::forecast::run_json(forecast, slots);
}

}  // namespace oche
