// rounds.cpp - what a change costs: one branch of a million, a sweep, an item of a list.
// Layer: bench.
// SPDX-License-Identifier: Apache-2.0
// `--report` prints one line a case: case, value, unit, target, peer, the peer's value in the same
// run. The peers: evaluating the same functions over plain arrays by hand, where that says
// anything.
#include "engine/rounds/rounds.hpp"

#include <oche/term/payload.hpp>
#include <oche/term/step_payload.hpp>
#include <oche/term/term.hpp>

#include <benchmark/benchmark.h>
#include <fmt/core.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <string_view>

namespace {

using namespace oche;
using detail::Asker;
using detail::CellId;
using detail::JobAnswer;
using detail::Rounds;
using detail::Value;

constexpr const Type* no_parameters[1] = {};
constexpr detail::Role keyed[2] = {};
constexpr detail::StepKind some_step = {.call = nullptr,
                                        .result = &type_of<int>,
                                        .parameters = no_parameters,
                                        .roles = keyed,
                                        .count = 1};

Term<int> work(const Term<int>& x, Where where = Where::current()) {
  AnyTerm inputs[] = {x};
  return detail::typed<int>(detail::make_step(where, some_step, "work", nullptr, inputs));
}
int next_number(int x) { return x + 1; }

/// Every job is done at once; its result is its argument, or what `change` says.
class Done final : public detail::JobsSide {
 public:
  CellId changed_cell = detail::no_cell;
  JobAnswer changed;
  JobAnswer ask(const Asker& who, std::span<const Value> arguments) override {
    if (who.cell == changed_cell) return changed;
    JobAnswer answer;
    answer.kind = JobAnswer::Kind::ok;
    answer.value = arguments[0];
    return answer;
  }
  void leave(const Asker&, bool) override {}
  JobAnswer ask_input(const Asker& who) override {
    JobAnswer answer;
    answer.kind = JobAnswer::Kind::ok;
    answer.value = static_cast<const detail::InputPayload*>(who.graph->term(who.node).payload)
                       ->source->read()
                       .value();
    return answer;
  }
  void leave_input(const Asker&) override {}
  bool is_approved(const Asker&, const Value&) override { return true; }
  std::optional<Folded> folded(const Asker&) override { return std::nullopt; }
  void fold(const Asker&, const Value&, const Value&) override {}
};

/// Of this process's processor time, so that a busy machine does not count.
template <class F>
double nanoseconds(F&& run) {
  const std::clock_t start = std::clock();
  run();
  return static_cast<double>(std::clock() - start) * 1e9 / CLOCKS_PER_SEC;
}

double resident_bytes() {
  std::ifstream file("/proc/self/statm");
  double pages = 0;
  double resident = 0;
  file >> pages >> resident;
  return resident * 4096;
}

void line(std::string_view name, double value, std::string_view unit, std::string_view target,
          std::string_view peer = "-", std::string_view peer_value = "-") {
  fmt::print("{}\t{:.2f}\t{}\t{}\t{}\t{}\n", name, value, unit, target, peer, peer_value);
}

JobAnswer ok(int value) {
  JobAnswer answer;
  answer.kind = JobAnswer::Kind::ok;
  answer.value = Value::make(int{value});
  return answer;
}
JobAnswer broken() {
  JobAnswer answer;
  answer.kind = JobAnswer::Kind::failed;
  answer.failure = std::make_shared<const Failure>(Failure{"broken"});
  return answer;
}

// ---- one branch of many ------------------------------------------------------------------------

constexpr int branches = 1'000'000;

struct Wide {
  Wide() {
    const double before = resident_bytes();
    std::vector<Term<>> all_of_them;
    all_of_them.reserve(branches);
    for (int i = 0; i < branches; ++i)
      all_of_them.push_back(map(next_number, work(map(next_number, constant(i)))));
    const Term<> root = all(all_of_them);
    all_of_them = {};
    const double terms = resident_bytes();
    graph.emplace(root);
    rounds.emplace(*graph, jobs, detail::RoundsOptions{.root_value = false});
    rounds->want(true);
    rounds->advance();
    bytes = (resident_bytes() - terms) / branches;
    term_bytes = (terms - before) / branches;
    steps = rounds->steps();
  }
  void change(std::size_t i, const JobAnswer& answer) {
    jobs.changed_cell = steps[i];
    jobs.changed = answer;
    rounds->touch(steps[i]);
    rounds->advance();
  }
  std::optional<Graph> graph;
  Done jobs;
  std::optional<Rounds> rounds;
  std::vector<CellId> steps;
  double bytes = 0;
  double term_bytes = 0;
};

void report_wide() {
  Wide wide;
  line("graph and rounds, each of 1,000,000 branches of four nodes, one an idle step", wide.bytes,
       "bytes", "300", "its terms", fmt::format("{:.0f}", wide.term_bytes));
  const std::pair<const char*, std::size_t> places[] = {
      {"first", 0}, {"middle", branches / 2}, {"last", branches - 1}};
  for (const auto& [name, place] : places) {
    for (const bool is_failure : {false, true}) {
      constexpr int times = 2000;
      const double all_of_it = nanoseconds([&] {
        for (int i = 0; i < times; ++i)
          wide.change(place, is_failure && i % 2 == 0 ? broken() : ok(1000 + i));
      });
      line(fmt::format("the {} of 1,000,000 branches changes, {}", name,
                       is_failure ? "a failure" : "a value"),
           all_of_it / times / 1000, "us", "3");
    }
  }
  // Far apart, so that nothing is in a cache.
  constexpr int times = 1000;
  std::size_t place = 0;
  const double cold = nanoseconds([&] {
    for (int i = 0; i < times; ++i) {
      place = (place + 617'777) % branches;
      wide.change(place, ok(5000 + i));
    }
  });
  line("any of 1,000,000 branches changes, cold", cold / times / 1000, "us", "30");
}

// ---- sweeps ------------------------------------------------------------------------------------

void report_sweep(std::string_view name, const Term<>& root, Var<int>& input, double nodes) {
  const Graph graph(root);
  Done jobs;
  Rounds rounds(graph, jobs, {.root_value = false});
  rounds.want(true);
  rounds.advance();
  CellId cell = detail::no_cell;
  for (NodeId node = 0; node < graph.size(); ++node)
    if (graph.kind(node) == Kind::input) cell = node;
  double best = 1e300;
  for (int i = 0; i < 5; ++i) {
    input.set(i + 10);
    rounds.touch(cell);
    best = std::min(best, nanoseconds([&] { rounds.advance(); }));
  }
  // The same functions over an array of values, each in an allocation of its own.
  std::vector<Value> values(static_cast<std::size_t>(nodes));
  double by_hand = 1e300;
  for (int i = 0; i < 3; ++i)
    by_hand = std::min(by_hand, nanoseconds([&] {
                         int x = i;
                         for (Value& value : values)
                           value = Value::make(x = next_number(x));
                       }));
  line(name, best / nodes, "ns/node", "100", "allocating as many values",
       fmt::format("{:.0f}", by_hand / nodes));
}

void report_sweeps() {
  Var<int> input{"input", 1};
  {
    std::vector<Term<>> fan;
    for (int i = 0; i < branches; ++i)
      fan.push_back(map(next_number, input.term()));
    report_sweep("a change reaches 1,000,000 maps side by side", all(fan), input, branches);
  }
  {
    Term<int> last = input.term();
    for (int i = 0; i < branches; ++i)
      last = map(next_number, last);
    report_sweep("a change reaches 1,000,000 maps in a chain", last, input, branches);
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
    report_sweep("a change reaches 1,000 layers of 1,000 maps", all(last), input, branches);
  }
}

// ---- lists -------------------------------------------------------------------------------------

void report_list(int items, bool has_results, std::string_view target) {
  std::vector<int> values;
  for (int i = 0; i < items; ++i)
    values.push_back(i);
  Var<std::vector<int>> list{"list", values};
  const auto body = [](const Term<int>& x) { return work(map(next_number, work(x))); };
  const Term<> root = has_results ? Term<>(map([](const std::vector<int>& v) { return v.size(); },
                                               list_map(list.term(), body)))
                                  : list_iter(list.term(), body);
  const Graph graph(root);
  Done jobs;
  Rounds rounds(graph, jobs, {.root_value = false});
  rounds.want(true);
  rounds.advance();
  const CellId cell = *rounds.cell_of("list");
  double total = 0;
  constexpr int times = 200;
  for (int i = 0; i < times; ++i) {
    if (i % 2 == 0)
      values.insert(values.begin() + items / 3, items + i);
    else
      values.erase(values.begin() + items / 3);
    list.set(values);
    rounds.touch(cell);
    total += nanoseconds([&] { rounds.advance(); });
  }
  const std::vector<int> other = values;
  const double compare = nanoseconds([&] {
    for (int i = 0; i < times; ++i)
      benchmark::DoNotOptimize(other == values);
  });
  line(fmt::format("an item is added to or removed from a list of {}{}", items,
                   has_results ? ", the results are read" : ""),
       total / times / 1000, "us", target, "comparing two vectors",
       fmt::format("{:.2f}", compare / times / 1000));
}

void report() {
  report_wide();
  report_sweeps();
  report_list(10'000, false, "100");
  report_list(10'000, true, "250");
  report_list(100'000, false, "550");
  report_list(100'000, true, "700");
}

// ---- the same for Google Benchmark -------------------------------------------------------------

void one_branch(benchmark::State& state) {
  static Wide wide;
  int value = 0;
  for (auto _ : state)
    wide.change(static_cast<std::size_t>(state.range(0)), ok(++value));
}
BENCHMARK(one_branch)->Arg(0)->Arg(branches / 2)->Arg(branches - 1);

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) != "--report") continue;
    report();
    return 0;
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
