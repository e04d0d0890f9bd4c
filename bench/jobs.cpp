// jobs.cpp - what jobs cost beside what they do: very many small ones, and very many that wait.
// Layer: bench.
// SPDX-License-Identifier: Apache-2.0
#include "report.hpp"
#include <oche/engine/engine.hpp>
#include <oche/oche.hpp>
#include <oche/schedule/queue.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace bench;
using namespace oche;
namespace fs = std::filesystem;

constexpr int steps = 10'000;
constexpr int waiting = 100'000;
constexpr unsigned slots = 2;

[[nodiscard]] EngineOptions options_in(const Folder& folder) {
  return {.state = folder / "state", .slots = slots, .isolation = Isolation::none};
}

const auto trivial = step("trivial", [](Job&, int n) { return n + 1; });

/// From the start of an engine to its end, per step, in microseconds.
double run_steps(const Folder& folder, int count) {
  std::vector<AnyTerm> all_of_them;
  for (int i = 0; i < count; ++i)
    all_of_them.push_back(trivial(i));
  const Term<> pipeline = all(all_of_them);
  const double time = wall_milliseconds([&] {
    Engine engine(options_in(folder));
    const Evaluation run = engine.start(pipeline);
    run.wait_until_settled();
    if (!run.outcome().is_ok()) throw std::runtime_error("a step failed");
  });
  return time * 1000 / count;
}

/// What the disk needs for as many files as there are logs, per file, in microseconds.
double write_files(const Folder& folder, int count) {
  const std::string bytes(300, 'x');  // the first lines of a log
  fs::create_directory(folder / "files");
  const double time = wall_milliseconds([&] {
    for (int i = 0; i < count; ++i)
      std::ofstream(folder / fmt::format("files/{}", i)) << bytes;
  });
  return time * 1000 / count;
}

std::size_t count_threads() {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& one : fs::directory_iterator("/proc/self/task"))
    ++count;
  return count;
}

struct Crowd {
  double memory = 0;        ///< bytes, terms and all
  std::size_t threads = 0;  ///< of the process
};

/// Commands that are all ready, while no slot is free.
Crowd wait_for_slots(int count) {
  const double before = resident_bytes();
  const auto nothing = constant(Tree{"4b825dc642cb6eb9a060e54bf8d69288fbee4904"}, "nothing");
  std::vector<AnyTerm> all_of_them;
  for (int i = 0; i < count; ++i)
    all_of_them.push_back(exec(nothing, {.argv = {"true", std::to_string(i)}}));
  const Folder folder;
  Engine engine(options_in(folder));
  engine.resize_slots(0);
  const Evaluation run = engine.start(all(all_of_them));
  const auto in_state = [&](State state) {
    return run.snapshot()->counts[static_cast<std::size_t>(state)];
  };
  // A job is ready as soon as it is asked for; the store is asked, and the queue entered, a little
  // later: memory has stopped to grow then.
  double last = 0;
  for (int still = 0; still < 20;) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    const double now = resident_bytes();
    const bool is_there = in_state(State::ready) == static_cast<std::uint32_t>(count);
    still = is_there && now < last + 1e5 ? still + 1 : 0;
    last = std::max(last, now);
  }
  return {last - before, count_threads()};
}

/// Takes one of those that wait, and puts another in, with several kinds of claims; nanoseconds.
double choose(std::size_t waiting_ones, std::size_t kinds) {
  const std::vector<std::uint64_t> sizes = {8000, 1 << 20};
  scheduling::Queue<int> queue(4, sizes);
  std::uint64_t turn = 0;
  const auto push = [&] {
    const std::uint64_t n = turn++;
    const scheduling::Claim claim = {{0, 1000 + n % kinds}, {1, 1000}};
    queue.push(0, static_cast<int>(n % 3), Duration((n * 2654435761U) % 1'000'000), n,
               Duration(static_cast<std::int64_t>(n)), claim);
  };
  for (std::size_t i = 0; i < waiting_ones; ++i)
    push();
  constexpr int rounds = 100'000;
  return processor_nanoseconds([&] {
           for (int i = 0; i < rounds; ++i) {
             queue.end(queue.next()->second);
             push();
           }
         }) /
         rounds;
}

void report() {
  const Crowd crowd = wait_for_slots(waiting);  // first, while nothing was freed that could be used
  line("100,000 commands that wait for slots", crowd.memory / (1 << 20), "MiB", 1024);
  line("threads of the process meanwhile", static_cast<double>(crowd.threads), "threads", 20);
  double first = 1e9;
  double again = 1e9;
  double files = 1e9;
  // Kept till the end: ext4 makes files slowly for minutes after it has removed as many.
  const Folder folders[3];
  for (const Folder& folder : folders) {
    first = std::min(first, run_steps(folder, steps));
    again = std::min(again, run_steps(folder, steps));
    files = std::min(files, write_files(folder, steps));
  }
  // OCurrent needed 850 us for each trivial job, on another machine.
  line("10,000 trivial function steps, first run, store and logs, each", first, "us", 100,
       "a file of 300 bytes made and written", files);
  line("the same, all of them reused, each", again, "us", 100);
  line("one of 100,000 that wait is chosen, and another one waits", choose(100'000, 1), "ns", 5000);
  line("the same with 64 kinds of claims", choose(100'000, 64), "ns", 5000);
}

void trivial_steps(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    const Folder folder;
    state.ResumeTiming();
    benchmark::DoNotOptimize(run_steps(folder, static_cast<int>(state.range(0))));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(trivial_steps)->Arg(1000)->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) { return bench::main(argc, argv, report); }
