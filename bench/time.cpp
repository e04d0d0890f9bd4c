// time.cpp - what it costs to know how long a pipeline takes.
// Layer: bench.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/time.hpp>

#include "report.hpp"
#include <oche/schedule/paths.hpp>
#include <oche/schedule/simulate.hpp>
#include <oche/term/step_payload.hpp>
#include <oche/term/term.hpp>

#include <string>
#include <string_view>

namespace {

using namespace bench;
using namespace oche;
using scheduling::TaskId;
using scheduling::Tasks;

constexpr const Type* parameters[2] = {&type_of<int>, &type_of<int>};
constexpr detail::Role roles[2] = {detail::Role::keyed, detail::Role::keyed};
constexpr detail::StepKind function = {
    .call = nullptr, .result = &type_of<int>, .parameters = parameters, .roles = roles, .count = 2};

std::size_t scattered(std::size_t i) { return (i * 2654435761U) >> 7U; }

/// Layers of steps, each of which needs two of the layer before.
AnyTerm layered(std::size_t steps, std::size_t width) {
  std::vector<Term<int>> last;
  for (std::size_t i = 0; i < width; ++i)
    last.push_back(constant(static_cast<int>(i)));  // unlike each other: equal steps are one
  std::vector<Term<int>> next = last;
  for (std::size_t i = 0; i < steps; ++i) {
    const std::size_t at = i % width;
    AnyTerm inputs[] = {last[at], last[scattered(i) % width]};
    next[at] =
        detail::typed<int>(detail::make_step(Where::current(), function, "work", nullptr, inputs));
    if (at + 1 == width) std::swap(last, next);
  }
  return all(last);
}

/// The same in plain arrays.
Tasks layered_tasks(TaskId count, TaskId width) {
  Tasks tasks;
  tasks.reserve(count, 2 * std::size_t{count});
  for (TaskId i = 0; i < count; ++i) {
    const TaskId first = i / width * width;
    const TaskId needs[] = {i - width, first - width + static_cast<TaskId>(scattered(i) % width)};
    const Duration takes = std::chrono::milliseconds(1 + scattered(i) % 1000);
    tasks.add({.duration = takes, .works = true},
              first == 0 ? std::span<const TaskId>() : std::span<const TaskId>(needs));
  }
  return tasks;
}

void report() {
  {
    const Tasks tasks = layered_tasks(1'000'000, 1000);
    const scheduling::Readers readers(tasks);
    line("critical path, 1,000,000 tasks",
         milliseconds([&] { benchmark::DoNotOptimize(scheduling::Paths(tasks, readers).span()); }),
         "ms");
    const scheduling::Paths paths(tasks, readers);
    line("drag of every critical task, 1,000,000 tasks",
         milliseconds([&] { benchmark::DoNotOptimize(paths.drags(tasks).size()); }), "ms");
  }
  for (const std::size_t steps : {std::size_t{10'000}, std::size_t{100'000}}) {
    const Facts facts(Graph(layered(steps, 500)));
    std::map<std::string, Duration> durations;
    for (NodeId node = 0; node < facts.size(); ++node) {
      if (facts.is_work(node))
        durations.emplace(facts.graph().path(node), std::chrono::milliseconds(1 + node % 997));
    }
    const Forecast forecast(facts, {.durations = durations});
    line(fmt::format("finish time for one choice of slots, {} steps", steps),
         milliseconds([&] { benchmark::DoNotOptimize(forecast.finish(16).at); }), "ms", 200);
    line(fmt::format("the forecast itself, of a graph and durations, {} steps", steps),
         milliseconds(
             [&] { benchmark::DoNotOptimize(Forecast(facts, {.durations = durations}).span()); }),
         "ms");
  }
}

void critical_path(benchmark::State& state) {
  const Tasks tasks = layered_tasks(static_cast<TaskId>(state.range(0)), 1000);
  const scheduling::Readers readers(tasks);
  for (auto _ : state)
    benchmark::DoNotOptimize(scheduling::Paths(tasks, readers).span());
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(critical_path)->Arg(10'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void finish(benchmark::State& state) {
  const Tasks tasks = layered_tasks(static_cast<TaskId>(state.range(0)), 1000);
  const scheduling::Readers readers(tasks);
  const scheduling::Paths paths(tasks, readers);
  for (auto _ : state)
    benchmark::DoNotOptimize(simulate(tasks, readers, {.slots = 16}, paths.remaining()).finish);
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(finish)->Arg(10'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) { return bench::main(argc, argv, report); }
