// diff_finish.cpp - when an outline's steps would have ended.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/diff_finish.hpp"

#include <oche/schedule/simulate.hpp>

#include <algorithm>
#include <vector>

namespace oche::detail {

std::optional<Duration> usual_of(const Outline& one, const Outline& other,
                                 const std::map<std::string, Duration>& durations) {
  std::vector<Duration> known;
  for (const Outline* outline : {&one, &other})
    for (const OutlineNode& node : outline->nodes) {
      const auto found = durations.find(node.path);
      if (node.is_work && found != durations.end()) known.push_back(found->second);
    }
  if (known.empty()) return std::nullopt;
  const auto middle = known.begin() + static_cast<std::ptrdiff_t>(known.size() / 2);
  std::nth_element(known.begin(), middle, known.end());
  return *middle;
}

Duration finish_of(const Outline& outline, const std::map<std::string, Duration>& durations,
                   Duration unknown, unsigned slots) {
  std::vector<scheduling::Task> made(outline.order.size());
  for (const OutlineNode& node : outline.nodes) {
    if (!node.is_work) continue;
    const auto found = durations.find(node.path);
    made[node.place].works = true;
    made[node.place].duration = found == durations.end() ? unknown : found->second;
  }
  scheduling::Tasks tasks;
  for (std::size_t i = 0; i < made.size(); ++i)
    tasks.add(made[i], outline.order[i]);
  const scheduling::Readers readers(tasks);
  return scheduling::simulate(tasks, readers, {.slots = slots}, {}).finish;
}

}  // namespace oche::detail
