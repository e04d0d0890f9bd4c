// analysis.cpp - what questions about a graph cost that has not run.
// Layer: bench.
// SPDX-License-Identifier: Apache-2.0
#include "report.hpp"
#include <oche/analysis/golden.hpp>
#include <oche/analysis/impact.hpp>
#include <oche/analysis/lint.hpp>
#include <oche/analysis/query.hpp>
#include <oche/term/step_payload.hpp>
#include <oche/term/term.hpp>

#include <string>
#include <string_view>

namespace {

using namespace bench;
using namespace oche;

/// A command of its own label, so that no two become one.
Term<int> command_of(int number, const Term<int>& a, const Term<int>& b) {
  detail::CommandPayload payload{};
  payload.spec.operation = "exec";
  payload.spec.label = fmt::format("n{}", number);
  payload.spec.argv = {{"tool", 0}, {fmt::format("{}", number), 0}};
  const AnyTerm inputs[] = {a, b};
  return detail::typed<int>(
      detail::make_command(Where::current(), inputs, &type_of<int>, std::move(payload)));
}

/// `layers` of equally many commands; each reads two of the layer before. One node each.
AnyTerm layered(int nodes, int layers) {
  const Var<int> head{"head", 0};
  const int wide = nodes / layers;
  std::vector<Term<int>> before(static_cast<std::size_t>(wide), head.term());
  int number = 0;
  for (int layer = 0; layer < layers; ++layer) {
    std::vector<Term<int>> now;
    now.reserve(static_cast<std::size_t>(wide));
    for (int i = 0; i < wide; ++i)
      now.push_back(command_of(number++, before[static_cast<std::size_t>(i)],
                               before[static_cast<std::size_t>((i + layer + 1) % wide)]));
    before = std::move(now);
  }
  return all(before);
}

void report_size(int nodes, double target) {
  const Graph graph(layered(nodes, 100));
  benchmark::DoNotOptimize(graph.path(0).size());
  const Facts facts(graph);
  const std::string size = fmt::format("{} steps in 100 layers", nodes);
  const std::string first = "n0";
  const std::string last = fmt::format("n{}", nodes - 1);
  const auto ask = [&](const std::string& text) {
    return milliseconds([&] { benchmark::DoNotOptimize(query(facts, text).value().size()); });
  };
  line(fmt::format("facts, {}", size),
       milliseconds([&] { benchmark::DoNotOptimize(Facts(graph).size()); }), "ms");
  line(fmt::format("impact of one step, {}", size), milliseconds([&] {
         benchmark::DoNotOptimize(impact_of(facts, {*graph.find(first)}).runs.size());
       }),
       "ms", target);
  line(fmt::format("somepath, {}", size), ask(fmt::format("somepath({}, {})", last, "head")), "ms",
       target);
  line(fmt::format("rdeps, {}", size), ask(fmt::format("rdeps({})", first)), "ms", target);
  line(fmt::format("deps, {}", size), ask(fmt::format("deps({})", last)), "ms", target);
  line(fmt::format("allpaths, {}", size), ask(fmt::format("allpaths({}, {})", last, first)), "ms");
  line(fmt::format("golden plan, {}", size),
       milliseconds([&] { benchmark::DoNotOptimize(golden(facts).size()); }), "ms");
  line(fmt::format("every remark, {}", size),
       milliseconds([&] { benchmark::DoNotOptimize(lint(facts).size()); }), "ms");
}

void rdeps(benchmark::State& state) {
  const Graph graph(layered(static_cast<int>(state.range(0)), 100));
  benchmark::DoNotOptimize(graph.path(0).size());
  const Facts facts(graph);
  for (auto _ : state)
    benchmark::DoNotOptimize(query(facts, "rdeps(n0)").value().size());
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(rdeps)->Arg(10'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void report() {
  report_size(10'000, 0);
  report_size(100'000, 2);
  report_size(1'000'000, 0);
}

}  // namespace

int main(int argc, char** argv) { return bench::main(argc, argv, report); }
