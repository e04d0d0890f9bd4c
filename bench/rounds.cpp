// rounds.cpp - what a change costs: one branch of a million, a sweep, an item of a list.
// Layer: bench.
// SPDX-License-Identifier: Apache-2.0
#include "rounds_flow.hpp"
#include "rounds_lists.hpp"
#include "rounds_world.hpp"

#include <benchmark/benchmark.h>

namespace {

using namespace oche;
using namespace bench;

// ---- one branch of many ------------------------------------------------------------------------

/// A million branches under one `all`, after a round in which all of them were new, and one more.
struct Wide {
  template <class Branch>
  explicit Wide(Branch branch, bool are_done = true) {
    jobs.are_done = are_done;
    const double before = heap_bytes();
    std::vector<Term<>> all_of_them;
    all_of_them.reserve(million);
    for (int i = 0; i < million; ++i)
      all_of_them.push_back(branch(i));
    const Term<> root = all(all_of_them);
    all_of_them = {};
    const double terms = heap_bytes();
    graph.emplace(root);
    rounds.emplace(*graph, jobs, detail::RoundsOptions{.root_value = false});
    rounds->want(true);
    rounds->advance();
    rounds->advance();
    bytes = (heap_bytes() - terms) / million;
    term_bytes = (terms - before) / million;
    steps = rounds->steps();
  }
  void change(std::size_t i, JobAnswer answer) {
    jobs.changed_cell = steps[i];
    jobs.changed = std::move(answer);
    rounds->touch(steps[i]);
    rounds->advance();
  }
  std::optional<Graph> graph;
  Jobs jobs;
  std::optional<Rounds> rounds;
  std::vector<CellId> steps;
  double bytes = 0;
  double term_bytes = 0;
};

Term<int> two_maps(int i) { return map(next_number, work(map(next_number, constant(i)))); }

constexpr std::pair<const char*, std::size_t> places[] = {
    {"first", 0}, {"middle", million / 2}, {"last", million - 1}};

void report_memory(std::string_view what, const Wide& wide) {
  line(fmt::format("graph and rounds, each of 1,000,000 branches of {}", what), wide.bytes, "bytes",
       300, "its terms", wide.term_bytes);
}

void report_wide() {
  Wide wide(two_maps);
  report_memory("four nodes, one an idle step", wide);
  for (const auto& [name, place] : places) {
    for (const bool is_failure : {false, true}) {
      constexpr int times = 200;
      const auto change = [&](int i) {
        wide.change(place, is_failure && i % 2 == 0 ? broken() : ok(1000 + i));
      };
      const double best = least_nanoseconds(10, [&](int) {
        for (int i = 0; i < times; ++i)
          change(i);
      });
      line(fmt::format("the {} of 1,000,000 branches changes, {}", name,
                       is_failure ? "a failure" : "a value"),
           best / times / 1000, "us", 3);
    }
  }
  // Far apart, so that nothing is in a cache.
  constexpr int times = 1000;
  std::size_t place = 0;
  const double cold = processor_nanoseconds([&] {
    for (int i = 0; i < times; ++i) {
      place = (place + 617'777) % million;
      wide.change(place, ok(5000 + i));
    }
  });
  line("any of 1,000,000 branches changes, cold", cold / times / 1000, "us", 30);
}

void report_step_and_map() {
  const Term<int> source = constant(7);
  const Wide wide(
      [&](int i) { return map(next_number, work(map([i](int x) { return x + i; }, source))); });
  report_memory("a map, a step and a map", wide);
}

void report_active() {
  Wide wide([](int i) { return work(constant(i)); }, false);
  for (const auto& [name, place] : places) {
    constexpr int times = 200;
    const double best = least_nanoseconds(10, [&](int) {
      for (int i = 0; i < times; ++i)
        wide.change(place, i % 2 == 0 ? ok(i) : running());
    });
    line(fmt::format("the {} of 1,000,000 running jobs ends", name), best / times / 1000, "us", 5);
  }
}

// ---- sweeps ------------------------------------------------------------------------------------

void report_sweep(std::string_view name, Sweep sweep, const Term<>& root, Var<int>& input) {
  double best = 0;
  {
    const Graph graph(root);
    Jobs jobs;
    Rounds rounds(graph, jobs, {.root_value = false});
    rounds.want(true);
    rounds.advance();
    CellId cell = detail::no_cell;
    for (NodeId node = 0; node < graph.size(); ++node)
      if (graph.kind(node) == Kind::input) cell = node;
    int value = 10;
    rounds.advance();
    best = std::numeric_limits<double>::max();
    for (int i = 0; i < 8; ++i) {
      input.set(++value);
      rounds.touch(cell);
      best = std::min(best, processor_nanoseconds([&] { rounds.advance(); }));
    }
  }
  const auto [peer, peer_value] = flow_peer(sweep);
  line(name, best / million, "ns/node", 100, peer, peer_value);
}

void report_sweeps() {
  Var<int> input{"input", 1};
  {
    std::vector<Term<>> fan;
    for (int i = 0; i < million; ++i)
      fan.push_back(map(next_number, input.term()));
    report_sweep("a change reaches 1,000,000 maps side by side", Sweep::fan, all(fan), input);
  }
  {
    Term<int> last = input.term();
    for (int i = 0; i < million; ++i)
      last = map(next_number, last);
    report_sweep("a change reaches 1,000,000 maps in a chain", Sweep::chain, last, input);
  }
  {
    std::vector<Term<int>> layer(1000, input.term());
    for (int i = 0; i < 1000; ++i) {
      std::vector<Term<int>> next;
      for (std::size_t k = 0; k < layer.size(); ++k)
        next.push_back(map([](int a, int b) { return (3 * a + b) % 1'000'003; }, layer[k],
                           layer[(k + 1) % layer.size()]));
      layer = std::move(next);
    }
    std::vector<Term<>> last(layer.begin(), layer.end());
    report_sweep("a change reaches 1,000 layers of 1,000 maps", Sweep::layers, all(last), input);
  }
}

void report() {
  report_wide();
  report_step_and_map();
  report_active();
  report_sweeps();
  report_list(10'000, false, 100, 50);
  report_list(10'000, true, 250, 200);
  report_list(100'000, false, 550, 50);
  report_list(100'000, true, 700, 200);
  report_recovery(10'000);
}

// ---- the same for Google Benchmark -------------------------------------------------------------

void one_branch(benchmark::State& state) {
  static Wide wide(two_maps);
  int value = 0;
  for (auto _ : state)
    wide.change(static_cast<std::size_t>(state.range(0)), ok(++value));
}
BENCHMARK(one_branch)->Arg(0)->Arg(million / 2)->Arg(million - 1);

}  // namespace

int main(int argc, char** argv) { return bench::main(argc, argv, report); }
