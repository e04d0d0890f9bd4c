// formula.cpp - sums up what steps take for each nest of lists that they stand in.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/formula.hpp>

#include "analysis/time_cells.hpp"
#include "base/readable_time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

// One item of each list stands for all: a forecast with one item each gives every step's time. What
// stands in lists is done for each item, so work is a sum of products. The longest path visits one
// item of each list at most, so the span has no sizes in it.

namespace oche {
namespace {

using detail::forecast::list_path;

std::vector<std::string> lists_around(const Graph& graph, NodeId node) {
  std::vector<std::string> lists;
  for (TemplateId of = graph.template_of(node); of != 0; of = graph.templates()[of].parent)
    lists.insert(lists.begin(), list_path(graph, of));
  return lists;
}

double size_of(const Sizes& sizes, const std::string& list) {
  const auto found = sizes.find(list);
  return found == sizes.end() ? 1 : std::max(0.0, found->second);
}

/// `1h30m`, `6m10s`, `0.25s`: short, to stand in a sum.
std::string short_text(Duration time) {
  std::string text;
  if (time >= 1h) text += fmt::format("{}h", time / 1h);
  if (time % 1h >= 1min) text += fmt::format("{}m", time % 1h / 1min);
  const double seconds = detail::in_seconds(time % 1min);
  if (seconds > 0 || text.empty()) text += fmt::format("{:.4g}s", seconds);
  return text;
}

double times(const SizeTerm& term, const Sizes& sizes) {
  double product = 1;
  for (const std::string& list : term.lists)
    product *= size_of(sizes, list);
  return product;
}

}  // namespace

SizeFormula size_formula(const Facts& facts, const Assumptions& assumptions) {
  Assumptions one = assumptions;
  const Graph& graph = facts.graph();
  for (TemplateId of = 1; of < graph.templates().size(); ++of)
    one.items[list_path(graph, of)] = {"*"};
  const Forecast forecast(facts, one);
  std::map<std::vector<std::string>, Duration> sums;
  for (const TimedStep& step : forecast.steps())
    if (step.runs()) sums[lists_around(graph, step.node)] += step.takes;
  SizeFormula formula;
  formula.span = forecast.span();
  for (const auto& [lists, each] : sums)
    if (each > Duration::zero()) formula.work.push_back({lists, each});
  std::sort(formula.work.begin(), formula.work.end(), [](const SizeTerm& a, const SizeTerm& b) {
    return std::pair(a.lists.size(), a.lists) < std::pair(b.lists.size(), b.lists);
  });
  return formula;
}

Duration SizeFormula::work_at(const Sizes& sizes) const {
  double sum = 0;
  for (const SizeTerm& term : work)
    sum += static_cast<double>(term.each.count()) * times(term, sizes);
  return Duration(static_cast<Duration::rep>(std::llround(std::min(sum, 9.2e18))));
}

std::map<std::string, double> SizeFormula::fits(Duration time, unsigned slots,
                                                const Sizes& sizes) const {
  const double m = std::max(1u, slots);
  // work/m + (1 - 1/m) span ≤ time
  const double room =
      static_cast<double>(time.count()) * m - (m - 1) * static_cast<double>(span.count());
  std::map<std::string, double> most;
  for (const SizeTerm& of : work) {
    for (const std::string& list : of.lists) {
      double fixed = 0;
      double slope = 0;
      for (const SizeTerm& term : work) {
        Sizes without = sizes;
        without[list] = 1;
        const bool has = std::find(term.lists.begin(), term.lists.end(), list) != term.lists.end();
        (has ? slope : fixed) += static_cast<double>(term.each.count()) * times(term, without);
      }
      if (slope > 0) most[list] = std::max(0.0, std::floor((room - fixed) / slope + 1e-9));
    }
  }
  return most;
}

unsigned SizeFormula::least_slots_for_span(const Sizes& sizes) const {
  if (span <= Duration::zero()) return 1;
  const double slots =
      std::ceil(static_cast<double>(work_at(sizes).count()) / static_cast<double>(span.count()));
  return static_cast<unsigned>(std::clamp(slots, 1.0, 1e9));
}

std::string to_text(const SizeFormula& formula) {
  std::vector<std::string> terms;
  for (const SizeTerm& term : formula.work) {
    std::string text = short_text(term.each);
    for (const std::string& list : term.lists)
      text += fmt::format("·|{}|", list);
    terms.push_back(std::move(text));
  }
  if (terms.empty()) terms.emplace_back("0s");
  return fmt::format("work  {}\nspan  {}\n", fmt::join(terms, " + "), short_text(formula.span));
}

}  // namespace oche
