// term.cpp - what building and freeing the terms of a large pipeline costs.
// Layer: bench.
// SPDX-License-Identifier: Apache-2.0
// The peer of building is as many bare allocations of the same size, of freeing their frees.
// Times are the thread's own, so that other work on the machine does not count.
#include "report.hpp"
#include <oche/term/step.hpp>

#include <malloc.h>
#include <time.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

using namespace bench;
using namespace oche;

namespace {

constexpr auto join = step("join", [](Job&, int a, int b) { return a + b; });
constexpr auto tuned =
    step("tuned", [](Job&, int a, int b) { return a + b; }, {.timeout = 20min, .priority = 1});

/// `count` steps, each of which reads the two before it.
template <class S>
void build(std::vector<Term<int>>& terms, std::size_t count, const S& step) {
  for (std::size_t i = 0; i < count; ++i)
    terms.push_back(step(terms.back(), terms[terms.size() - 2]));
}

std::vector<Term<int>> room_for(std::size_t count) {
  std::vector<Term<int>> terms;
  terms.reserve(count + 2);
  terms.push_back(constant(1));
  terms.push_back(constant(2));
  return terms;
}

void build_steps(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  for (auto _ : state) {
    state.PauseTiming();
    {
      auto terms = room_for(count);
      state.ResumeTiming();
      build(terms, count, join);
      state.PauseTiming();
    }
    state.ResumeTiming();
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(build_steps)->Arg(1'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void one_step_with_plain_values(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(join(1, 2));
}
BENCHMARK(one_step_with_plain_values);

void one_map(benchmark::State& state) {
  const auto x = constant(1);
  for (auto _ : state)
    benchmark::DoNotOptimize(map([](int n) { return n; }, x));
}
BENCHMARK(one_map);

std::size_t bytes_in_use() { return mallinfo2().uordblks; }

double now() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

double nanoseconds_since(double start, std::size_t count) {
  return (now() - start) / static_cast<double>(count);
}

struct Cost {
  double make = 1e9;
  double free = 1e9;
  double bytes = 0;
};

void keep_best(Cost& best, const Cost& one) {
  best.make = std::min(best.make, one.make);
  best.free = std::min(best.free, one.free);
  best.bytes = one.bytes;
}

template <class S>
Cost cost_of(std::size_t count, const S& step) {
  Cost best;
  for (int run = 0; run < 5; ++run) {
    Cost one;
    auto terms = room_for(count);
    const std::size_t before = bytes_in_use();
    auto start = now();
    build(terms, count, step);
    one.make = nanoseconds_since(start, count);
    one.bytes = static_cast<double>(bytes_in_use() - before) / static_cast<double>(count);
    start = now();
    terms.clear();
    one.free = nanoseconds_since(start, count);
    keep_best(best, one);
  }
  return best;
}

Cost cost_of_malloc(std::size_t count, std::size_t size) {
  Cost best;
  std::vector<void*> blocks(count);
  for (int run = 0; run < 5; ++run) {
    Cost one;
    const std::size_t before = bytes_in_use();
    auto start = now();
    for (void*& block : blocks) {
      block = std::malloc(size);
      std::memset(block, 1, size);
    }
    one.make = nanoseconds_since(start, count);
    one.bytes = static_cast<double>(bytes_in_use() - before) / static_cast<double>(count);
    start = now();
    for (void* block : blocks)
      std::free(block);
    one.free = nanoseconds_since(start, count);
    keep_best(best, one);
  }
  return best;
}

void report() {
  constexpr std::size_t count = 1'000'000;
  // The node, two inputs, the payload.
  constexpr std::size_t size = sizeof(detail::Node) + 16 + sizeof(detail::StepPayload);
  const Cost ours = cost_of(count, join);
  const Cost theirs = cost_of_malloc(count, size);
  line("build a step with two inputs, of 1,000,000", ours.make, "ns", 80, "malloc and fill",
       theirs.make);
  line("bytes of it", ours.bytes, "B", 160, "malloc", theirs.bytes);
  line("free it", ours.free, "ns", 80, "free", theirs.free);
  const Cost options = cost_of(count, tuned);
  line("build one with options of its own", options.make, "ns", 200);
  line("bytes of it, options included", options.bytes, "B", 640);
}

}  // namespace

int main(int argc, char** argv) { return bench::main(argc, argv, report); }
