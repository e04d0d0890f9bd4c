// rounds_lists.hpp - what one item of many costs, and a list that fails and recovers.
// Layer: bench.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/elements.hpp"
#include "rounds_world.hpp"

namespace bench {

inline std::vector<int> numbers(int count) {
  std::vector<int> made;
  for (int i = 0; i < count; ++i)
    made.push_back(i);
  return made;
}

/// Steps of an item: three nodes, two of them steps.
inline Term<int> three_steps(const Term<int>& x) { return work(map(next_number, work(x))); }

inline Term<> list_root(const Var<std::vector<int>>& list, bool has_results) {
  if (!has_results) return list_iter(list.term(), three_steps);
  return map([](const std::vector<int>& v) { return v.size(); },
             list_map(list.term(), three_steps));
}

/// What the round spends on looking for the difference, by the same functions on the same values.
inline double compare_time(const std::vector<int>& now, const std::vector<int>& before) {
  const detail::Elements a(type_of<std::vector<int>>, &now);
  const detail::Elements b(type_of<std::vector<int>>, &before);
  return least_nanoseconds(20, [&](int) {
    const std::size_t first = detail::equal_at_start(type_of<int>, a, b);
    const std::size_t rest = std::min(a.size(), b.size()) - first;
    volatile std::size_t last = detail::equal_at_end(type_of<int>, a, b, rest);
    static_cast<void>(last);
  });
}

inline double median(std::vector<double> times) {
  std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2),
                   times.end());
  return times[times.size() / 2];
}

inline void report_list(int items, bool has_results, double target, double beyond_target) {
  std::vector<int> values = numbers(items);
  Var<std::vector<int>> list{"list", values};
  const Graph graph(list_root(list, has_results));
  Jobs jobs;
  Rounds rounds(graph, jobs, {.root_value = false});
  rounds.want(true);
  rounds.advance();
  const CellId cell = *rounds.cell_of("list");
  std::vector<int> before;
  std::vector<double> times;
  for (int i = 0; i < 201; ++i) {
    before = values;
    if (i % 2 == 0)
      values.insert(values.begin() + items / 3, items + i);
    else
      values.erase(values.begin() + items / 3);
    list.set(values);
    rounds.touch(cell);
    times.push_back(processor_nanoseconds([&] { rounds.advance(); }));
  }
  const double round = median(std::move(times));
  const double compare = compare_time(values, before);
  const std::string what = fmt::format("an item is added to or removed from a list of {}{}", items,
                                       has_results ? ", the results are read" : "");
  line(what, round / 1000, "us", target, "its comparison", compare / 1000);
  line(what + ": beyond comparing", (round - compare) / 1000, "us", beyond_target);
  line(what + ": comparing, an item", compare / items, "ns", 5);
}

/// With a job running for every item.
inline void report_recovery(int items) {
  Var<std::vector<int>> list{"list", numbers(items)};
  const Graph graph(list_root(list, true));
  Jobs jobs;
  jobs.are_done = false;
  Rounds rounds(graph, jobs, {.root_value = false});
  rounds.want(true);
  rounds.advance();
  const CellId cell = *rounds.cell_of("list");
  const double time = least_nanoseconds(20, [&](int) {
    jobs.input = broken();
    rounds.touch(cell);
    rounds.advance();
    jobs.input.reset();
    rounds.touch(cell);
    rounds.advance();
  });
  line(fmt::format("a list of {} with as many running jobs fails and recovers", items), time / 1e6,
       "ms", 10, "jobs left", static_cast<double>(jobs.left));
}

}  // namespace bench
