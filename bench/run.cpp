// run.cpp - what a run costs around the steps themselves: nothing to do, and a thousand commands.
// Layer: bench.
// SPDX-License-Identifier: Apache-2.0
//
// `--report` prints one line a case: case, value, unit, target, peer, the peer's value in the same
// run. A whole `calculator run` needs that example, built beside this program.
#include <oche/engine/engine.hpp>
#include <oche/oche.hpp>

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace {

using namespace oche;
namespace fs = std::filesystem;

constexpr int commands = 1000;
constexpr unsigned slots = 2;
constexpr int rounds = 3;

template <class F>
double milliseconds(F&& f) {
  const auto start = std::chrono::steady_clock::now();
  f();
  const std::chrono::duration<double, std::milli> passed = std::chrono::steady_clock::now() - start;
  return passed.count();
}

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "oche-bench-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

/// Commands that differ in a word, so that each is a job of its own.
Term<> many_commands() {
  const auto nothing = constant(Tree{"4b825dc642cb6eb9a060e54bf8d69288fbee4904"}, "nothing");
  std::vector<AnyTerm> all_of_them;
  for (int i = 0; i < commands; ++i) {
    all_of_them.push_back(exec(nothing, {.argv = {"true", std::to_string(i)}}));
  }
  return all(all_of_them);
}

/// Starts an engine, runs, ends it; as a program would.
double run_commands(const fs::path& state) {
  return milliseconds([&] {
    Engine engine{{.state = state.string(), .slots = slots, .isolation = Isolation::none}};
    const Evaluation run = engine.start(many_commands());
    run.wait_until_settled();
    if (!run.outcome().is_ok()) throw std::runtime_error("a command failed");
  });
}

int shell(const std::string& line) { return std::system((line + " >/dev/null 2>&1").c_str()); }

/// The same commands as a ninja file, run by ninja; 0 if it is not installed.
double run_ninja(const fs::path& folder) {
  std::ofstream file(folder / "build.ninja");
  file << "rule run\n  command = true $n\n";
  for (int i = 0; i < commands; ++i)
    file << fmt::format("build out{0}: run\n  n = {0}\n", i);
  file.close();
  int status = 0;
  const double time = milliseconds(
      [&] { status = shell(fmt::format("ninja -j{} -C '{}'", slots, folder.string())); });
  return status == 0 ? time : 0;
}

void line(std::string_view name, double value, double target, std::string_view peer = "-",
          double peer_value = 0) {
  fmt::print("{}\t{:.3f}\tms\t{:.3f}\t{}\t{}\n", name, value, target, peer,
             peer_value > 0 ? fmt::format("{:.3f}", peer_value) : "-");
}

void report_commands() {
  double first = 1e9;
  double again = 1e9;
  double theirs = 1e9;
  // Kept till the end: ext4 makes files slowly for a minute after it has removed as many.
  std::array<Folder, rounds> folders;
  for (const Folder& folder : folders) {  // turn about: other work on the machine hits both alike
    first = std::min(first, run_commands(folder.path() / "state"));
    again = std::min(again, run_commands(folder.path() / "state"));
    theirs = std::min(theirs, run_ninja(folder.path()));
  }
  line("1,000 commands, 2 slots, no isolation", first, 2 * theirs, "ninja", theirs);
  line("1,000 commands, all of them reused", again, 2 * theirs, "ninja", theirs);
}

/// `calculator run` with nothing to do, from its start to its exit.
void report_calculator(const fs::path& program) {
  const Folder folder;
  const fs::path repository = folder.path() / "calculator";
  fs::copy(fs::path(OCHE_SOURCE_FOLDER) / "examples/calculator/project", repository,
           fs::copy_options::recursive);
  const std::string git = fmt::format(
      "cd '{}' && git -c user.name=bench -c user.email=bench@localhost ", repository.string());
  for (const char* what : {"init -q -b main", "add .", "commit -q -m first"})
    shell(git + what);
  const std::string run = fmt::format("cd '{}' && '{}' run --repo calculator",
                                      folder.path().string(), program.string());
  if (!fs::exists(program) || shell(run) != 0) {
    fmt::print(stderr, "run: {} is not there or does not succeed: not measured\n",
               program.string());
    return;
  }
  double best = 1e9;
  for (int i = 0; i < 10; ++i)
    best = std::min(best, milliseconds([&] { shell(run); }));
  line("calculator run with nothing to do, whole process", best, 50);
}

void nothing_to_do(benchmark::State& state) {
  const Folder folder;
  run_commands(folder.path() / "state");
  for (auto _ : state)
    run_commands(folder.path() / "state");
}
BENCHMARK(nothing_to_do)->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::strcmp(argv[1], "--report") == 0) {
    report_calculator(fs::read_symlink("/proc/self/exe").parent_path() / "../examples/calculator");
    report_commands();
    return 0;
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
}
