// simulation.cpp - a week of a pipeline of 1,000 steps, played by the real engine on its own clock.
// Layer: bench.
// SPDX-License-Identifier: Apache-2.0
#include "report.hpp"
#include <oche/oche.hpp>
#include <oche/testing/testing.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace bench;
using namespace oche;
using namespace oche::testing;

constexpr int components = 100;
constexpr int steps_each = 10;
constexpr int changes = 7 * 24 * 6;  // one every ten minutes

const auto task = step("task", [](Job&, const std::string& before, int) { return before; });

/// Ten steps for each component, one after the other, and all of them together.
struct Pipeline {
  std::vector<std::unique_ptr<Var<std::string>>> commits;
  Term<> all_of_them = all();

  Pipeline() {
    std::vector<std::pair<std::string, Term<std::string>>> ends;
    for (int i = 0; i < components; ++i) {
      const std::string name = fmt::format("component{}", i);
      commits.push_back(std::make_unique<Var<std::string>>(name, "0"));
      ends.emplace_back(name, section(name, [&] {
                          Term<std::string> last = commits.back()->term();
                          for (int n = 0; n < steps_each; ++n)
                            last = task(last, n);
                          return last;
                        }));
    }
    all_of_them = all(ends);
  }
};

/// Between one and eight minutes; one in fifty fails.
End played(const Started& started) {
  std::uint64_t hash = static_cast<std::uint64_t>(started.attempt);
  for (const char c : started.path)
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  hash ^= hash >> 29U;
  const Duration takes = 1min + std::chrono::seconds(hash % 420);
  if (hash / 420 % 50 == 0) return fails("it said no").after(takes);
  return succeeds(fmt::format("{} {}", started.path, started.attempt)).after(takes);
}

/// How many jobs that took.
std::uint32_t play_a_week() {
  TestEngine engine{{.slots = 64}};
  engine.script("**", played);
  const Pipeline pipeline;
  const Evaluation run = engine.start(pipeline.all_of_them);
  for (int i = 0; i < changes; ++i) {
    pipeline.commits[static_cast<std::size_t>(i * 37 % components)]->set(std::to_string(i + 1));
    engine.advance(10min);
  }
  engine.run();
  if (engine.elapsed() < 7 * 24h) throw std::runtime_error("that was no week");
  return run.counts().ran;
}

void report() {
  double best = 1e9;
  std::uint32_t jobs = 0;
  for (int i = 0; i < 3; ++i) {
    std::uint32_t ran = 0;
    best = std::min(best, wall_milliseconds([&] { ran = play_a_week(); }));
    if (jobs != 0 && ran != jobs) throw std::runtime_error("two weeks of the same were different");
    jobs = ran;
  }
  line(fmt::format("a week of 1,000 steps, a change every 10 minutes, {} jobs", jobs), best, "ms",
       1000);
  line("the same, for each job", best * 1000 / jobs, "us", 100);
}

void a_week(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(play_a_week());
}
BENCHMARK(a_week)->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) { return bench::main(argc, argv, report); }
