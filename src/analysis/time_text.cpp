// time_text.cpp - what a forecast says, for people.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/time_words.hpp"
#include "base/readable_time.hpp"
#include "base/text.hpp"
#include <oche/analysis/time.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace oche {

namespace detail::forecast {

namespace {

/// Lines of cells, each column as wide as its widest cell; the last is not filled up.
class TimeTable {
 public:
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  [[nodiscard]] std::string text() const {
    std::vector<std::size_t> widths;
    for (const auto& row : rows_) {
      widths.resize(std::max(widths.size(), row.size()));
      for (std::size_t i = 0; i < row.size(); ++i)
        widths[i] = std::max(widths[i], display_width(row[i]));
    }
    std::string text;
    for (const auto& row : rows_) {
      text += " ";
      for (std::size_t i = 0; i < row.size(); ++i) {
        text += " " + row[i];
        if (i + 1 < row.size()) text += std::string(1 + widths[i] - display_width(row[i]), ' ');
      }
      text += "\n";
    }
    return text;
  }

 private:
  std::vector<std::vector<std::string>> rows_;
};

std::string slots_text(unsigned slots) {
  return slots == 1 ? "1 slot" : fmt::format("{} slots", slots);
}

std::string finish_line(const Finish& finish) {
  std::string line = fmt::format("with {}: {}", slots_text(finish.slots), duration_text(finish.at));
  if (finish.start_up > Duration{})
    line += fmt::format(", {} of it before the first step", duration_text(finish.start_up));
  if (finish.least == finish.at) return line + ", which no order of the steps can improve\n";
  return line + fmt::format(" (no order ends before {}, none without idle slots after {})\n",
                            duration_text(finish.least), duration_text(finish.most));
}

std::string curve_text(const std::vector<Finish>& points) {
  std::vector<std::string> slots = {"slots"}, ends = {"ends after"};
  for (const Finish& point : points) {
    slots.push_back(std::to_string(point.slots));
    ends.push_back(duration_text(point.at));
  }
  TimeTable table;
  table.add(std::move(slots));
  table.add(std::move(ends));
  const Duration best = points.back().at;
  const auto first = std::find_if(points.begin(), points.end(),
                                  [&](const Finish& point) { return point.at == best; });
  return table.text() + fmt::format("more than {} would not help\n", slots_text(first->slots));
}

std::string unseen_text(const Forecast& forecast) {
  std::string text;
  for (const std::string& one : forecast.unseen())
    text += "note: " + one + "\n";
  return text;
}

}  // namespace

std::string path_text(const Forecast& forecast, unsigned slots) {
  const std::vector<TimedStep>& steps = forecast.steps();
  if (forecast.critical().empty()) return "no step would run\n" + unseen_text(forecast);
  std::string text = fmt::format("critical path: {} of {} of work\n",
                                 duration_text(forecast.span()), duration_text(forecast.work()));
  TimeTable path;
  path.add({"begins", "takes", "drag", "step"});
  for (const std::uint32_t i : forecast.critical()) {
    path.add({duration_text(steps[i].begin), duration_text(steps[i].takes),
              duration_text(steps[i].drag), steps[i].path});
  }
  text += path.text();

  std::vector<bool> is_told(steps.size());
  for (const std::uint32_t i : forecast.critical())
    is_told[i] = true;
  std::vector<const TimedStep*> others;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].runs() && !is_told[i]) others.push_back(&steps[i]);
  }
  // All stand in one array: of equal slack, the earlier one first.
  std::sort(others.begin(), others.end(), [](const TimedStep* a, const TimedStep* b) {
    return a->slack != b->slack ? a->slack < b->slack : a < b;
  });
  if (!others.empty()) {
    constexpr std::size_t most = 10;
    text += "others, and how much longer they could take:\n";
    TimeTable table;
    for (std::size_t i = 0; i < std::min(most, others.size()); ++i) {
      table.add({duration_text(others[i]->begin), duration_text(others[i]->takes),
                 duration_text(others[i]->slack), others[i]->path});
    }
    text += table.text();
    if (others.size() > most) text += fmt::format("  and {} more\n", others.size() - most);
  }
  text += finish_line(forecast.finish(slots)) + curve_text(forecast.curve());
  return text + unseen_text(forecast);
}

std::string run_text(const Forecast& forecast, unsigned slots) {
  const Finish finish = forecast.finish(slots);
  const std::vector<TimedStep>& steps = forecast.steps();
  std::string text;
  TimeTable runs;
  for (const std::uint32_t i : finish.started) {
    const TimedStep& step = steps[i];
    runs.add({duration_text(finish.begins[i]), duration_text(finish.begins[i] + step.takes),
              step.path,
              std::string(to_string(step.fate)) +
                  (step.publishes && step.fate == Fate::succeeds ? ", is published" : "")});
  }
  if (!finish.started.empty()) text += "runs, from and until:\n" + runs.text();
  for (const Fate fate :
       {Fate::reused, Fate::blocked, Fate::skipped, Fate::waits, Fate::not_wanted}) {
    std::string lines;
    for (const TimedStep& step : steps) {
      if (step.fate == fate) lines += fmt::format("  {}\n", step.path);
    }
    if (!lines.empty()) text += fmt::format("{}:\n{}", to_string(fate), lines);
  }
  text += fmt::format("{} after {} with {}; {} of {} steps run\n",
                      forecast.outcome() == Fate::waits ? "waits for a person or an input"
                                                        : to_string(forecast.outcome()),
                      duration_text(finish.at), slots_text(finish.slots), finish.started.size(),
                      steps.size());
  return text + unseen_text(forecast);
}

}  // namespace detail::forecast

std::string critical_path_text(const Forecast& forecast, unsigned slots) {
  return detail::forecast::path_text(forecast, slots);
}
std::string simulation_text(const Forecast& forecast, unsigned slots) {
  return detail::forecast::run_text(forecast, slots);
}

}  // namespace oche
