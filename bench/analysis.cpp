// analysis.cpp - what questions cost about a pipeline that has not run: every figure of theirs.
// Layer: bench.
// SPDX-License-Identifier: Apache-2.0
// Beside them `ninja -n` and, where it is installed, `bazel query` on the same graph.
#include "analysis_growth.hpp"
#include "analysis_proofs.hpp"
#include <oche/analysis/cost.hpp>
#include <oche/analysis/lint.hpp>
#include <oche/analysis/query.hpp>
#include <oche/engine/engine.hpp>
#include <oche/engine/live_plan.hpp>
#include <oche/engine/plan.hpp>
#include <oche/render/render.hpp>
#include <oche/testing/test_engine.hpp>

#include <sys/resource.h>

#include <cmath>
#include <cstdlib>
#include <map>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

using namespace bench;
using namespace oche;

constexpr int layers = 100;  // where nothing else is said
constexpr int passes = 15;

double peak_megabytes() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_maxrss) / 1024;
}

/// Has to be the first: the most that a process ever had never gets less.
void report_whole() {
  const double before = peak_megabytes();
  const AnyTerm term = layered(16'000, layers);
  const double took = milliseconds([&] {
    const Graph graph(term);
    const Facts facts(graph);
    const Forecast forecast(facts);
    benchmark::DoNotOptimize(forecast.finish(16).at);
    benchmark::DoNotOptimize(cost_of(facts, forecast).price);
    benchmark::DoNotOptimize(lint(facts).size());
    benchmark::DoNotOptimize(to_dot(picture(graph, {.open = Open::all})).size());
  });
  line("analysis, statistics and DOT, 16,000 nodes in 100 layers", took, "ms", 150);
  line("the most memory meanwhile, beside the program's own", peak_megabytes() - before, "MB", 100);
}

void report_pictures() {
  for (const auto& [steps, target] : {std::pair(10'000, 200.0), std::pair(100'000, 500.0)}) {
    const AnyTerm term = layered(steps, layers);
    std::size_t boxes = 0;
    const double took = milliseconds([&] {
      const Picture readable = shrunk(picture(Graph(term), {.open = Open::all}));
      boxes = readable.boxes.size();
      benchmark::DoNotOptimize(to_svg(readable).size());
    });
    line(fmt::format("first readable picture as SVG, {} steps ({} boxes)", steps, boxes), took,
         "ms", target);
  }
}

int quiet(const std::string& command) {
  return std::system((command + " >/dev/null 2>&1").c_str());
}

/// The least of three, or 0 where that program is not installed.
double theirs(const std::string& program, const std::string& command) {
  if (quiet("command -v " + program) != 0) return 0;
  double best = 1e9;
  for (int i = 0; i < 3; ++i) {
    int status = 0;
    best = std::min(best, wall_milliseconds([&] { status = quiet(command); }));
    if (status != 0) throw std::runtime_error(command + " fails");
  }
  return best;
}

double ninja_dry_run(int steps) {
  const Folder folder;
  write_ninja(folder / "build.ninja", steps, layers);
  return theirs("ninja", fmt::format("ninja -n -C '{}'", folder.path().string()));
}

double bazel_query(int steps, const std::string& query) {
  const Folder folder;
  write_bazel(folder.path().string(), steps, layers);
  const std::string here =
      fmt::format("cd '{0}' && bazel --output_user_root='{0}/out' ", folder.path().string());
  const double took = theirs("bazel", here + "query '" + query + "'");
  if (took > 0) quiet(here + "shutdown");
  return took;
}

/// Everything has run once, many at a time so that they are stored together; then nothing is to be
/// done, and that is to be known.
void report_plan(int steps, double target) {
  const Folder folder;
  const EngineOptions options{
      .state = folder / "state", .slots = 200, .isolation = Isolation::none};
  const AnyTerm term = layered_steps(steps, layers, 1);
  {
    Engine engine(options);
    const Evaluation run = engine.start(term);
    run.wait_until_settled();
    if (!run.outcome().is_ok()) throw std::runtime_error("a step failed");
  }
  double best = 1e9;
  std::size_t reused = 0;
  for (int i = 0; i < 5; ++i)
    best = std::min(best, wall_milliseconds([&] { reused = plan(term, options).reuse.size(); }));
  if (reused != static_cast<std::size_t>(steps)) throw std::runtime_error("not all is reused");
  line(fmt::format("plan with keys and stored results, {} steps", steps), best, "ms", target,
       "ninja -n", ninja_dry_run(steps));
}

void report_questions() {
  const std::map<std::string, double> targets = {{"impact of one step", 2},
                                                 {"somepath", 2},
                                                 {"rdeps", 2},
                                                 {"finish time for one choice of slots", 200}};
  const std::map<std::string, double> bazel = {
      {"deps", bazel_query(100'000, "deps(//:n99999)")},
      {"rdeps", bazel_query(100'000, "rdeps(//..., //:n0)")}};
  for (const auto& [name, values] : figures_of({{100'000, layers}}, passes)) {
    const auto target = targets.find(name);
    const auto peer = bazel.find(name);
    line(fmt::format("{}, 100,000 steps in 100 layers", name), values[0], "ms",
         target == targets.end() ? 0 : target->second, peer == bazel.end() ? "-" : "bazel query",
         peer == bazel.end() ? 0 : peer->second);
  }
}

/// How cost grows with a pipeline, and not with how far away its memory is: one of a million nodes
/// beside a hundred of 10,000. What it looks like beside one of 10,000, which after the first time
/// is all in the caches, is told as the peer. What grows only in width asks most of a queue: a
/// hundred times as much waits at a time.
void report_growth() {
  const Figures cached = figures_of({{10'000, layers}}, passes);
  const Figures figures =
      figures_of({{10'000, layers, 100}, {1'000'000, 10 * layers}, {1'000'000, layers}}, passes);
  for (const auto& [shape, which] :
       {std::pair{"10 times as long and as wide", 1U}, std::pair{"100 times as wide", 2U}}) {
    for (const auto& [name, values] : figures)
      line(fmt::format("growth from 10,000 to 1,000,000, {}: {}", shape, name),
           1 + std::log10(values[which] / values[0]) / 2, "exponent", 1.1,
           "from one in warm caches", std::log10(values[which] / cached.at(name)[0]) / 2);
  }
}

void report_memory() {
  constexpr int nodes = 1'000'000;
  const AnyTerm term = layered(nodes, layers);
  const double before = heap_bytes();
  const Graph graph(term);
  const Facts facts(graph);
  double bytes = heap_bytes() - before;
  for (NodeId node = 0; node < graph.size(); ++node)
    bytes -= static_cast<double>(graph.label(node).size());
  line("graph and facts beside labels, 1,000,000 nodes", bytes / nodes, "bytes/node", 300);
}

/// The same pipeline twice, so that the engine knows its durations as the forecast does.
void report_prediction() {
  constexpr int steps = 1'000;
  constexpr unsigned slots = 8;
  const auto duration = [](std::string_view path) {
    std::uint32_t hash = 2166136261U;
    for (const char c : path)
      hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return Duration(std::chrono::seconds(1 + hash % 600));
  };
  testing::TestEngine engine({.slots = slots});
  engine.script("**", [&](const testing::Started& started) {
    return testing::runs().after(duration(started.path));
  });
  Duration real{};
  Duration predicted{};
  for (const int head : {1, 2}) {
    const AnyTerm term = layered_steps(steps, 20, head);
    const Graph graph(term);
    Assumptions assumptions;
    for (NodeId node = 0; node < graph.size(); ++node)
      if (is_job(graph.kind(node)))
        assumptions.durations.emplace(graph.path(node), duration(graph.path(node)));
    predicted = Forecast(Facts(graph), assumptions).finish(slots).at;
    const Time begun = engine.now();
    const Evaluation run = engine.start(term);
    engine.run();
    real = engine.now() - begun;
    engine.end(run);
  }
  const double off =
      std::abs(static_cast<double>((predicted - real).count())) / static_cast<double>(real.count());
  line("predicted against real finish, 1,000 steps of known durations", 100 * off, "%", 2);
}

/// What a terminal pays to know at every moment what is left.
void report_live() {
  constexpr int steps = 100'000;
  const Graph graph(layered(steps, layers));
  const Assumptions assumptions{.durations = durations_of(Facts(graph))};
  std::vector<Event> events;
  Time at{};
  for (int i = 0; i < steps; ++i)
    for (const Event::What what : {Event::What::started, Event::What::finished})
      events.push_back({.what = what, .at = at += 1ms, .path = fmt::format("n{}", i)});
  LivePlan left(graph, assumptions);
  const double took = processor_nanoseconds([&] {
    for (const Event& event : events) {
      left.take(event);
      benchmark::DoNotOptimize(left.longest(event.at));
    }
  });
  line(fmt::format("live plan of {} steps: an event and what is left", steps),
       took / 1000 / static_cast<double>(events.size()), "us");
}

void rdeps(benchmark::State& state) {
  const Graph graph(layered(static_cast<int>(state.range(0)), layers));
  benchmark::DoNotOptimize(graph.path(0).size());
  const Facts facts(graph);
  for (auto _ : state)
    benchmark::DoNotOptimize(query(facts, "rdeps(n0)").value().size());
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(rdeps)->Arg(10'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void report() {
  report_whole();
  report_plan(5'000, 50);
  report_plan(100'000, 1000);
  report_pictures();
  report_questions();
  report_growth();
  const proofs::Names names;
  proofs::report_proofs(names, 100'000, 5);
  proofs::report_proofs(names, 1'000'000, 50);
  report_memory();
  report_prediction();
  report_live();
}

}  // namespace

int main(int argc, char** argv) { return bench::main(argc, argv, report); }
