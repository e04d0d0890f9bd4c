// run.cpp - what a run costs around the steps themselves: nothing to do, and a thousand commands.
// Layer: bench.
// SPDX-License-Identifier: Apache-2.0
// A whole `calculator run` needs that example, built beside this program.
#include "report.hpp"
#include <oche/engine/engine.hpp>
#include <oche/oche.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace {

using namespace bench;
using namespace oche;
namespace fs = std::filesystem;

constexpr int commands = 1000;
constexpr unsigned slots = 2;
constexpr int rounds = 3;

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
  return wall_milliseconds([&] {
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
  const double time = wall_milliseconds(
      [&] { status = shell(fmt::format("ninja -j{} -C '{}'", slots, folder.string())); });
  return status == 0 ? time : 0;
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
  line("1,000 commands, 2 slots, no isolation", first, "ms", 2 * theirs, "ninja", theirs);
  line("1,000 commands, all of them reused", again, "ms", 2 * theirs, "ninja", theirs);
}

/// `calculator run` with nothing to do, from its start to its exit.
void report_calculator() {
  const fs::path program =
      fs::read_symlink("/proc/self/exe").parent_path() / "../examples/calculator";
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
    best = std::min(best, wall_milliseconds([&] { shell(run); }));
  line("calculator run with nothing to do, whole process", best, "ms", 50);
}

void nothing_to_do(benchmark::State& state) {
  const Folder folder;
  run_commands(folder.path() / "state");
  for (auto _ : state)
    run_commands(folder.path() / "state");
}
BENCHMARK(nothing_to_do)->Unit(benchmark::kMillisecond);

void report() {
  report_calculator();
  report_commands();
}

}  // namespace

int main(int argc, char** argv) { return bench::main(argc, argv, report); }
