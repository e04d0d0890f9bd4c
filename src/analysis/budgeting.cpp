// budgeting.cpp - adds up what can run at all, and what runs in forecasts.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/budgeting.hpp"

#include "analysis/possible.hpp"
#include "analysis/promise.hpp"
#include "analysis/time_cells.hpp"
#include "base/readable_time.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oche::detail {
namespace {

constexpr double an_hour = 3.6e12;
/// Forecasts that are made in search of a dear run.
constexpr std::size_t most_tries = 64;

/// How many copies there are at most of each that a layout has, by template; nothing: any number.
std::vector<std::optional<double>> copies_of(const Facts& facts, const Assumptions& known) {
  const Graph& graph = facts.graph();
  const auto templates = graph.templates();
  std::vector<std::optional<double>> copies(templates.size(), 1.0);
  if (templates.size() < 2) return copies;
  const std::vector<std::string> list = forecast::lay_out(facts, known).guessed;
  const std::set<std::string> guessed(list.begin(), list.end());
  for (TemplateId one = 1; one < templates.size(); ++one) {  // outer ones come first
    const std::optional<double> outer = copies[templates[one].parent];
    if (!guessed.contains(forecast::list_path(graph, one))) {
      copies[one] = outer;
      continue;
    }
    const SizeBounds bounds = facts.bounds(one);
    const auto laid_out = static_cast<double>(std::max<std::uint64_t>(1, bounds.least));
    copies[one] = bounds.most && outer
                      ? std::optional(*outer * static_cast<double>(*bounds.most) / laid_out)
                      : std::nullopt;
  }
  return copies;
}

}  // namespace

std::string_view to_string(Lacking lacking) {
  switch (lacking) {
    case Lacking::time:
      return "has never run and has no timeout";
    case Lacking::count:
      return "is done for any number of items";
    case Lacking::hole:
      return "is a hole: what it will build is not known";
  }
  return {};
}

double Budgeting::limit() const {
  // Sums of times are exact to the nanosecond; those of prices are rounded.
  if (budget_.price) return *budget_.price * (1 + 1e-9);
  return static_cast<double>(budget_.cpu_time.count()) + 0.5;
}

std::string Budgeting::text(double price) const {
  if (budget_.price) return fmt::format("{:.2f}", price);
  return duration_text(Duration(static_cast<Duration::rep>(std::min(price, 9.2e18))));
}

double Budgeting::rate(NodeId node) const {
  const double cpus = std::max(0.0, facts_.needs(node).cpus);
  return budget_.price ? cpus * budget_.rates.of(std::string(facts_.pool(node))) / an_hour : cpus;
}

std::optional<Duration> Budgeting::time_of(const TimedStep& step) const {
  auto found = known_.durations.find(step.path);
  if (found == known_.durations.end() && facts_.graph().template_of(step.node) != 0)
    found = known_.durations.find(std::string(facts_.graph().path(step.node)));
  if (found != known_.durations.end()) return std::max(found->second, Duration{});
  if (known_.unknown) return known_.unknown;
  const Duration timeout = facts_.timeout(step.node);
  if (timeout <= Duration{}) return std::nullopt;
  return timeout * std::max(1, facts_.retry(step.node).attempts);
}

Prices Budgeting::most() const {
  const Graph& graph = facts_.graph();
  const Possibilities possible = possibilities_of(facts_);
  const auto can_run = [&](NodeId node) {
    const auto in = graph.inputs(node);
    return possible.wanted.has(node) && std::all_of(in.begin(), in.end(), [&](NodeId input) {
             return possible.can(input, can_be_ok);
           });
  };
  const std::vector<std::optional<double>> copies = copies_of(facts_, known_);
  std::map<NodeId, Lacking> unknown;
  Prices prices;
  const Forecast forecast(facts_, known_);
  for (const TimedStep& step : forecast.steps()) {
    if (!can_run(step.node) || step.fate == Fate::reused) continue;
    const double each = rate(step.node);
    double& price = prices.of[step.node];
    const std::optional<Duration> time = time_of(step);
    const std::optional<double> count = copies[graph.template_of(step.node)];
    if (each <= 0 || time == Duration{}) continue;
    if (!time || !count)
      unknown.try_emplace(step.node, time ? Lacking::count : Lacking::time);
    else
      price += static_cast<double>(time->count()) * each * *count;
  }
  for (NodeId node = 0; node < graph.size(); ++node)
    if (graph.kind(node) == Kind::dynamic && can_run(node) && !runs_nothing(facts_, node))
      unknown.emplace(node, Lacking::hole);
  for (const auto& [node, price] : prices.of)
    prices.sum += price;
  prices.unknown.assign(unknown.begin(), unknown.end());
  return prices;
}

Prices Budgeting::run(const Assumptions& assumptions) const {
  Prices prices;
  const Forecast forecast(facts_, assumptions);
  for (const TimedStep& step : forecast.steps()) {
    if (!step.runs() || (!step.is_known && !known_.unknown)) continue;
    const double price = static_cast<double>(step.takes.count()) * rate(step.node);
    prices.of[step.node] += price;
    prices.sum += price;
  }
  return prices;
}

/// The steps nearest behind what an `or_else` tries first: with any of them the attempt fails.
std::vector<NodeId> Budgeting::first_attempts() const {
  const Graph& graph = facts_.graph();
  std::vector<NodeId> found;
  std::vector<bool> is_seen(graph.size());
  for (NodeId node = 0; node < graph.size(); ++node) {
    if (graph.kind(node) != Kind::or_else) continue;
    std::vector<NodeId> open = {graph.inputs(node)[0]};
    for (std::size_t at = 0; at < open.size() && found.size() < most_tries; ++at) {
      if (is_seen[open[at]]) continue;
      is_seen[open[at]] = true;
      const bool has_name = graph.find(graph.path(open[at])) == open[at];
      if (facts_.is_work(open[at]) && has_name) {
        found.push_back(open[at]);
        continue;
      }
      const auto in = graph.inputs(open[at]);
      open.insert(open.end(), in.begin(), in.end());
    }
  }
  return found;
}

Prices Budgeting::dear_run(std::set<NodeId>& failing) const {
  Assumptions assumptions = known_;
  Prices dearest = run(assumptions);
  for (const NodeId node : first_attempts()) {
    if (dearest.sum > limit()) break;
    const std::string path(facts_.graph().path(node));
    if (!assumptions.failing.insert(path).second) continue;
    Prices prices = run(assumptions);
    if (prices.sum > dearest.sum) {
      dearest = std::move(prices);
      failing.insert(node);
    } else {
      assumptions.failing.erase(path);
    }
  }
  return dearest;
}

}  // namespace oche::detail

namespace oche {

std::string Budget::text() const {
  if (price) return fmt::format("{:.2f}", *price);
  return detail::duration_text(cpu_time) + " of CPU time";
}

}  // namespace oche
