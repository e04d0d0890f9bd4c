// rounds_flow.hpp - the peer of the sweeps: the same graphs in oneTBB's flow graph.
// Layer: bench.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

namespace bench {

enum class Sweep { fan, chain, layers };

}  // namespace bench

#ifdef OCHE_BENCH_TBB
#include "rounds_world.hpp"

#include <oneapi/tbb/flow_graph.h>
#include <oneapi/tbb/task_arena.h>

#include <chrono>
#include <deque>

namespace bench {

/// A million nodes, each of which computes a number when all that it reads are done. Numbers stand
/// in an array: nothing is allocated while it runs, nothing compared, no failure carried.
template <class Node>
class FlowSweep {
 public:
  explicit FlowSweep(Sweep sweep) : values_(million), start_(graph_), end_(graph_, [](auto) {}) {
    for (std::size_t i = 0; i < million; ++i)
      add(sweep, i);
    using oneapi::tbb::flow::make_edge;
    if (sweep == Sweep::fan)
      for (Node& node : nodes_)
        make_edge(node, end_);
  }
  void run(int number) {
    input_ = number;
    start_.try_put({});
    graph_.wait_for_all();
  }

 private:
  void add(Sweep sweep, std::size_t i) {
    using oneapi::tbb::flow::make_edge;
    constexpr std::size_t width = 1000;
    const int* first = &input_;
    const int* second = nullptr;
    if (sweep == Sweep::chain && i > 0) first = &values_[i - 1];
    const std::size_t above = i - width;
    const std::size_t beside = above / width * width + (above + 1) % width;
    if (sweep == Sweep::layers && i >= width) {
      first = &values_[above];
      second = &values_[beside];
    }
    nodes_.emplace_back(graph_, [first, second, to = &values_[i]](auto) {
      *to = second == nullptr ? next_number(*first) : (3 * *first + *second) % 1'000'003;
    });
    if (first == &input_) make_edge(start_, nodes_[i]);
    if (sweep == Sweep::chain && i > 0) make_edge(nodes_[i - 1], nodes_[i]);
    if (second == nullptr) return;
    make_edge(nodes_[above], nodes_[i]);
    make_edge(nodes_[beside], nodes_[i]);
  }

  int input_ = 0;
  std::vector<int> values_;
  oneapi::tbb::flow::graph graph_;
  oneapi::tbb::flow::broadcast_node<oneapi::tbb::flow::continue_msg> start_;
  oneapi::tbb::flow::continue_node<oneapi::tbb::flow::continue_msg> end_;
  std::deque<Node> nodes_;
};

/// Nanoseconds a node: the least of several runs, of this process's time or of the wall clock.
template <class Node>
double flow_time(Sweep sweep, int threads) {
  double best = std::numeric_limits<double>::max();
  oneapi::tbb::task_arena arena(threads);
  arena.execute([&] {
    FlowSweep<Node> flow(sweep);
    for (int i = 0; i < 4; ++i) {
      const auto start = std::chrono::steady_clock::now();
      const double own = processor_nanoseconds([&] { flow.run(i); });
      const std::chrono::duration<double, std::nano> wall =
          std::chrono::steady_clock::now() - start;
      best = std::min(best, threads == 1 ? own : wall.count());
    }
  });
  return best / million;
}

/// Under its best policy: inline, as tasks, or as tasks on two threads.
inline std::pair<std::string, double> flow_peer(Sweep sweep) {
  using oneapi::tbb::flow::continue_msg;
  using oneapi::tbb::flow::continue_node;
  using Task = continue_node<continue_msg>;
  using Inline = continue_node<continue_msg, oneapi::tbb::flow::lightweight>;
  const double tasks = flow_time<Task>(sweep, 1);
  const double threads = flow_time<Task>(sweep, 2);
  double best = std::min(tasks, threads);
  std::string all = fmt::format("tasks {:.0f}, two threads {:.0f}", tasks, threads);
  // Inline it recurses: a chain of a million would end the stack.
  if (sweep != Sweep::chain) {
    const double inlined = flow_time<Inline>(sweep, 1);
    all = fmt::format("inline {:.0f}, {}", inlined, all);
    best = std::min(best, inlined);
  }
  return {fmt::format("oneTBB flow graph ({})", all), best};
}

}  // namespace bench
#else
namespace bench {
inline std::pair<std::string, double> flow_peer(Sweep) {
  return {"oneTBB: -DOCHE_BENCH_TBB=ON", 0};
}
}  // namespace bench
#endif
