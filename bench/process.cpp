// process.cpp - what starting, isolating and listening to child processes costs.
// Layer: bench.
// SPDX-License-Identifier: Apache-2.0
#include "engine/process/processes.hpp"
#include "report.hpp"

#include <algorithm>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <string_view>
#include <system_error>

namespace {

using namespace bench;

using namespace oche::detail;

constexpr int commands = 1000;
constexpr int slots = 2;

/// Runs `count` requests, `slots` at a time, and waits for all.
void run_all(Processes& processes, int count, const ProcessRequest& request,
             const std::filesystem::path& logs = {}) {
  std::mutex mutex;
  std::condition_variable done;
  int started = 0;
  int ended = 0;
  std::function<void()> next = [&] {
    auto one = request;
    const int number = started++;
    if (!logs.empty()) {
      one.log = std::make_shared<LogWriter>(logs / fmt::format("{}.log", number));
      one.log->append("key        0\ncommand    true\nisolation  none\nhost       here\n\n");
    }
    processes.start(std::move(one), [&](const ProcessResult& result) {
      if (!result.is_success()) std::terminate();
      const std::lock_guard lock{mutex};
      if (started < count) next();
      if (++ended == count) done.notify_one();
    });
  };
  std::unique_lock lock{mutex};
  for (int i = 0; i < std::min(slots, count); ++i)
    next();
  done.wait(lock, [&] { return ended == count; });
}

ProcessRequest command(std::vector<std::string> argv, const Folder& folder) {
  ProcessRequest request;
  request.argv = std::move(argv);
  request.folder = folder.path();
  return request;
}

/// The same commands as a ninja file, run by ninja; nothing if it is not installed.
double ninja(const Folder& folder) {
  std::ofstream file{folder.path() / "build.ninja"};
  file << "rule run\n  command = true\n";
  for (int i = 0; i < commands; ++i)
    file << "build out" << i << ": run\n";
  file.close();
  const auto line =
      fmt::format("ninja -j{} -C '{}' >/dev/null 2>&1", slots, folder.path().string());
  int status = 0;
  const auto time = wall_milliseconds([&] { status = std::system(line.c_str()); });
  return status == 0 ? time : 0;
}

void report() {
  const Folder folder;
  Processes processes;
  const auto plain = command({"true"}, folder);
  double ours = 1e9, logged = 1e9, theirs = 1e9;
  for (int i = 0; i < 3; ++i) {  // turn about: other work on the machine hits both alike
    ours = std::min(ours, wall_milliseconds([&] { run_all(processes, commands, plain); }));
    logged = std::min(
        logged, wall_milliseconds([&] { run_all(processes, commands, plain, folder.path()); }));
    theirs = std::min(theirs, ninja(folder));
  }
  line("1,000 commands, 2 slots", ours, "ms", 2 * theirs, "ninja", theirs);
  line("1,000 commands, 2 slots, a log file each", logged, "ms", 2 * theirs, "ninja", theirs);

  {
    std::vector<char> big(std::size_t{2} << 30, 1);
    benchmark::DoNotOptimize(big.data());
    const auto from_big = wall_milliseconds([&] { run_all(processes, 200, plain); }) / 200;
    line("one command from a process of 2 GiB", from_big, "ms", 2 * ours / commands,
         "from a small one", ours / commands);
  }

  auto flood = command({"sh", "-c", "head -c 1000000000 /dev/zero"}, folder);
  flood.log = std::make_shared<LogWriter>(folder.path() / "flood.log");
  line("1 GB of output, 64 MiB of it kept",
       wall_milliseconds([&] { run_all(processes, 1, flood); }), "ms", 2000);

  const auto probe = wall_milliseconds([&] { static_cast<void>(processes.isolation()); });
  if (!processes.isolation().is_available()) return;
  line("finding out about the sandbox", probe, "ms", 15);
  auto boxed = plain;
  boxed.isolation = Isolation::required;
  line("one command in the sandbox, 2 slots",
       wall_milliseconds([&] { run_all(processes, 100, boxed); }) / 100, "ms", 14);
}

void one_command(benchmark::State& state) {
  const Folder folder;
  Processes processes;
  auto request = command({"true"}, folder);
  request.isolation = state.range(0) != 0 ? Isolation::preferred : Isolation::none;
  for (auto _ : state)
    run_all(processes, slots, request);
  state.SetItemsProcessed(state.iterations() * slots);
}
BENCHMARK(one_command)->ArgName("isolated")->Arg(0)->Arg(1)->UseRealTime();

void masking(benchmark::State& state) {
  Masker masker{{"a-secret-of-20-bytes", "another-one"}};
  const std::string text(64 << 10, 'a');
  std::string out;
  for (auto _ : state) {
    out.clear();
    masker.feed(text, out);
    benchmark::DoNotOptimize(out.data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(masking);

}  // namespace

int main(int argc, char** argv) { return bench::main(argc, argv, report); }
