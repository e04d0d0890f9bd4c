// graph.cpp - what compiling a term to a graph costs, a node.
// Layer: bench.
// SPDX-License-Identifier: Apache-2.0
#include <oche/graph/graph.hpp>

#include "report.hpp"
#include <oche/term/step_payload.hpp>
#include <oche/term/term.hpp>

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace {

using namespace bench;
using namespace oche;

constexpr int branches = 1'000'000;

constexpr const Type* parameters[2] = {&type_of<int>, &type_of<int>};
constexpr detail::Role roles[2] = {detail::Role::keyed, detail::Role::keyed};
constexpr detail::StepKind function = {
    .call = nullptr, .result = &type_of<int>, .parameters = parameters, .roles = roles, .count = 2};

Term<int> step_of(std::string_view name, const Term<int>& a, const Term<int>& b) {
  AnyTerm inputs[] = {a, b};
  return detail::typed<int>(detail::make_step(Where::current(), function, name, nullptr, inputs));
}

/// Every branch: a step of two inputs, and a function of its result. Two nodes each.
Term<> wide(int count, bool alike, std::vector<Term<int>>* held = nullptr) {
  const Var<int> head{"head", 0};
  std::vector<Term<int>> numbers;
  for (int i = 0; i < 1000; ++i)
    numbers.push_back(constant(i));
  std::vector<Term<int>> ends;
  ends.reserve(static_cast<std::size_t>(count));
  const auto increment = [](int x) { return x + 1; };
  for (int i = 0; i < count; ++i) {
    const auto& number = numbers[static_cast<std::size_t>(i % 1000)];
    if (alike)
      ends.push_back(step_of("again", step_of("test", head.term(), number), number));
    else
      ends.push_back(step_of("test", map(increment, head.term()), number));
  }
  if (held != nullptr) *held = ends;
  return all(ends);
}

Term<int> chain(int count) {
  const auto increment = [](int x) { return x + 1; };
  Term<int> last = constant(0);
  for (int i = 0; i < count; ++i)
    last = map(increment, last);
  return last;
}

/// A walk that only numbers the nodes, with a hash table of their addresses.
std::size_t peer_walk(const AnyTerm& term) {
  std::unordered_map<const detail::Node*, std::uint32_t> numbers;
  std::vector<std::pair<const detail::Node*, std::size_t>> stack = {{term.node(), 0}};
  while (!stack.empty()) {
    auto& [node, next] = stack.back();
    if (next < node->inputs().size()) {
      const detail::Node* const input = node->inputs()[next++];
      if (!numbers.contains(input)) stack.emplace_back(input, 0);
    } else {
      numbers.emplace(node, static_cast<std::uint32_t>(numbers.size()));
      stack.pop_back();
    }
  }
  return numbers.size();
}

void report_one(std::string_view name, const AnyTerm& term, double nodes) {
  const double own =
      least_nanoseconds(3, [&](int) { benchmark::DoNotOptimize(Graph(term).size()); });
  const double peer = least_nanoseconds(3, [&](int) { benchmark::DoNotOptimize(peer_walk(term)); });
  line(name, own / nodes, "ns/node", 300, "numbering them in std::unordered_map", peer / nodes);
}

void report() {
  {
    const auto term = wide(branches, false);
    report_one("compile 2,000,000 nodes, equal ones merged", term, 2.0 * branches);
  }
  {
    std::vector<Term<int>> held;
    const auto term = wide(branches, false, &held);
    report_one("the same, the program still holds every branch", term, 2.0 * branches);
  }
  {
    const auto term = wide(branches, true);
    report_one("2,000,000 nodes of which 2,000 are left", term, 2.0 * branches);
  }
  report_one("a chain of 1,000,000", chain(branches), branches);
  {
    const auto term = wide(branches / 10, false);
    double best = std::numeric_limits<double>::max();
    for (int i = 0; i < 3; ++i) {
      const Graph graph(term);
      best = std::min(
          best, processor_nanoseconds([&] { benchmark::DoNotOptimize(graph.path(0).size()); }));
    }
    line("paths of 200,000 nodes", best / (branches / 5), "ns/node");
  }
}

void compile(benchmark::State& state) {
  const auto term = wide(static_cast<int>(state.range(0)) / 2, false);
  for (auto _ : state)
    benchmark::DoNotOptimize(Graph(term).size());
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(compile)->Arg(20'000)->Arg(200'000)->Arg(2'000'000)->Unit(benchmark::kMillisecond);

void compile_chain(benchmark::State& state) {
  const auto term = chain(static_cast<int>(state.range(0)));
  for (auto _ : state)
    benchmark::DoNotOptimize(Graph(term).size());
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(compile_chain)->Arg(10'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) { return bench::main(argc, argv, report); }
