// report.hpp - what the benchmarks share: lines of a report, clocks, a folder, their main.
// Layer: bench.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <malloc.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <exception>
#include <filesystem>
#include <fstream>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace bench {

/// A bare number with as many digits as anybody wants to read; `-` for 0, which stands for none.
inline std::string number(double value) {
  if (value == 0) return "-";
  return fmt::format("{:.{}f}", value, value >= 1000 ? 0 : value >= 10 ? 1 : 3);
}

/// One line of `--report`: case, value, unit, target, peer, the peer's value in the same run.
/// Smaller is better.
inline void line(std::string_view name, double value, std::string_view unit, double target = 0,
                 std::string_view peer = "-", double of_peer = 0) {
  fmt::print("{}\t{}\t{}\t{}\t{}\t{}\n", name, value == 0 ? "0" : number(value), unit,
             number(target), peer, number(of_peer));
  std::fflush(stdout);
}

/// By the clock on the wall: for what waits, starts processes or writes files.
template <class F>
double wall_milliseconds(F&& run) {
  const auto start = std::chrono::steady_clock::now();
  run();
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  return took.count();
}

/// Nanoseconds of this process's processor time, so that a busy machine does not count.
template <class F>
double processor_nanoseconds(F&& run) {
  const std::clock_t start = std::clock();
  run();
  return static_cast<double>(std::clock() - start) * 1e9 / CLOCKS_PER_SEC;
}

/// The least of several runs, in nanoseconds of processor time; `run` takes which of them it is.
template <class F>
double least_nanoseconds(int times, F&& run) {
  double best = std::numeric_limits<double>::max();
  for (int i = 0; i < times; ++i)
    best = std::min(best, processor_nanoseconds([&] { run(i); }));
  return best;
}

/// The least of five runs, in milliseconds of processor time.
template <class F>
double milliseconds(F&& run) {
  return least_nanoseconds(5, [&](int) { run(); }) / 1e6;
}

/// Bytes of memory that this process has in use.
inline double resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::size_t total = 0;
  std::size_t pages = 0;
  file >> total >> pages;
  return static_cast<double>(pages) * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

/// What is allocated, without what the allocator keeps for later.
inline double heap_bytes() {
  const struct mallinfo2 info = ::mallinfo2();
  return static_cast<double>(info.uordblks) + static_cast<double>(info.hblkhd);
}

/// A folder that is gone at the end.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "oche-bench-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = std::move(name);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::string operator/(std::string_view name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

/// `--report` prints the report; anything else is for Google Benchmark.
inline int main(int argc, char** argv, void (*report)()) try {
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) != "--report") continue;
    report();
    return 0;
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 64;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
} catch (const std::exception& error) {
  fmt::print(stderr, "error: {}\n", error.what());
  return 1;
}

}  // namespace bench
