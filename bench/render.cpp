// render.cpp - what drawing costs, a box.
// Layer: bench.
// SPDX-License-Identifier: Apache-2.0
#include <oche/render/render.hpp>

#include "report.hpp"
#include <oche/term/step_payload.hpp>
#include <oche/term/term.hpp>

#include <string_view>

namespace {

using namespace bench;
using namespace oche;

constexpr const Type* parameters[2] = {&type_of<int>, &type_of<int>};
constexpr detail::Role roles[2] = {detail::Role::keyed, detail::Role::keyed};
constexpr detail::StepKind function = {
    .call = nullptr, .result = &type_of<int>, .parameters = parameters, .roles = roles, .count = 2};

Term<int> step_of(std::string_view name, const Term<int>& a, const Term<int>& b) {
  AnyTerm inputs[] = {a, b};
  return detail::typed<int>(detail::make_step(Where::current(), function, name, nullptr, inputs));
}

/// Chains of ten steps, a thousand boxes in a section, or all in none.
Graph pipeline(int boxes, bool in_sections) {
  std::vector<Term<>> ends;
  const auto thousand = [](int group) {
    std::vector<Term<int>> chains;
    for (int chain = 0; chain < 100; ++chain) {
      Term<int> last = step_of("fetch", constant(chain), constant(group));
      for (int i = 1; i < 10; ++i)
        last = step_of("test", last, constant(i));
      chains.push_back(last);
    }
    return all(chains);
  };
  for (int group = 0; group < boxes / 1000; ++group) {
    const std::string name = fmt::format("group {}", group);
    ends.push_back(in_sections ? section(name, [&] { return thousand(group); }) : thousand(group));
  }
  return Graph(all(ends));
}

void report_one(int boxes, bool in_sections) {
  const Graph graph = pipeline(boxes, in_sections);
  benchmark::DoNotOptimize(graph.path(0).size());  // paths are the graph's cost
  const PictureOptions options = {.open = Open::all};
  const Picture drawn = picture(graph, options);
  const auto tell = [&](std::string_view name, double target, auto draw) {
    line(fmt::format("{} of {} boxes{}", name, boxes,
                     in_sections ? fmt::format(" in {} sections", boxes / 1000) : ""),
         milliseconds(draw) * 1000 / static_cast<double>(drawn.boxes.size()), "us/box", target);
  };
  tell("picture", 0, [&] { benchmark::DoNotOptimize(picture(graph, options).boxes.size()); });
  tell("DOT", 10, [&] { benchmark::DoNotOptimize(to_dot(drawn).size()); });
  tell("text", 0, [&] { benchmark::DoNotOptimize(to_text(drawn).size()); });
  tell("JSON", 0, [&] { benchmark::DoNotOptimize(to_json(drawn).size()); });
  tell("Mermaid", 0, [&] { benchmark::DoNotOptimize(to_mermaid(drawn).size()); });
}

void report() {
  report_one(10'000, false);
  report_one(100'000, false);
  report_one(100'000, true);
  const Picture closed = picture(pipeline(100'000, true));
  line(fmt::format("SVG of {} closed groups", closed.boxes.size()),
       milliseconds([&] { benchmark::DoNotOptimize(to_svg(closed).size()); }), "ms");
}

void dot(benchmark::State& state) {
  const Picture drawn =
      picture(pipeline(static_cast<int>(state.range(0)), true), PictureOptions{.open = Open::all});
  for (auto _ : state)
    benchmark::DoNotOptimize(to_dot(drawn).size());
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(dot)->Arg(1'000)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

void text(benchmark::State& state) {
  const Picture drawn =
      picture(pipeline(static_cast<int>(state.range(0)), true), PictureOptions{.open = Open::all});
  for (auto _ : state)
    benchmark::DoNotOptimize(to_text(drawn).size());
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(text)->Arg(1'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) { return bench::main(argc, argv, report); }
