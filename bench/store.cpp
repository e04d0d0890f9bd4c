// store.cpp - what committing, looking up, importing and checking out cost.
// Layer: bench.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store/store.hpp"

#include "engine/trees/git_program.hpp"
#include "engine/trees/trees.hpp"
#include "report.hpp"
#include <oche/engine/engine.hpp>
#include <oche/engine/state_folder.hpp>
#include <oche/term/step.hpp>
#include <oche/term/term.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <future>
#include <memory>
#include <optional>
#include <random>
#include <string_view>
#include <system_error>

namespace {

using namespace bench;
using namespace oche;
using namespace oche::detail;
namespace fs = std::filesystem;

template <class T>
T must(Result<T> result) {
  if (result.is_failed()) throw Error(result.failure());
  return std::move(result).value();
}

StoredResult result_of(int number) {
  StoredResult result;
  result.key = sha256(std::to_string(number));
  result.step = "step";
  result.version = "1";
  result.value = std::string(100, 'v');
  result.value_digest = result.key;
  return result;
}

/// What the engine writes when a job has ended.
Changes job_of(int number) {
  Attempt attempt;
  attempt.id = number + 1;
  attempt.path = std::string("group/") + std::to_string(number % 100) + "/test";
  attempt.step = "step";
  attempt.state = AttemptState::ok;
  return {result_of(number), attempt, AddDuration{attempt.path, "step", std::chrono::seconds(1)},
          HistoryEntry{0, attempt.path}};
}

/// Jobs that end one after the other: each is submitted when the one before is stored.
void one_by_one(Store& store, int jobs) {
  for (int i = 0; i < jobs; ++i) {
    std::promise<void> stored;
    store.submit(job_of(i), [&](const CommitReport&) { stored.set_value(); });
    stored.get_future().wait();
  }
}

void all_at_once(Store& store, int jobs) {
  for (int i = 0; i < jobs; ++i)
    store.submit(job_of(i));
  (void)must(store.flush());
}

/// The least that anybody can do for a durable commit: append a page, sync.
void append_and_sync(const std::string& path, int times) {
  const std::string page(4096, 'x');
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  for (int i = 0; i < times; ++i) {
    if (::write(file, page.data(), page.size()) != 4096 || ::fdatasync(file) != 0) std::abort();
  }
  ::close(file);
}

void make_files(const std::string& folder, int count) {
  for (int i = 0; i < count; ++i) {
    const std::string inner = folder + "/d" + std::to_string(i / 100);
    if (i % 100 == 0) fs::create_directories(inner);
    std::ofstream(inner + "/f" + std::to_string(i)) << std::string(300, 'x') << i;
  }
}

void git(const std::string& folder, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"-C", folder, "-c", "user.name=B", "-c",
                                       "user.email=b@example.org", "-c", "gc.auto=0"});
  if (run_git(arguments, {}).exit_status != 0) throw std::runtime_error("git failed");
}

void report_store() {
  const Folder folder;
  const double bare = wall_milliseconds([&] { append_and_sync(folder / "bare", 1000); });
  {
    const auto store = must(Store::open(folder / "one"));
    line("store/1,000 jobs, one after the other",
         wall_milliseconds([&] { one_by_one(*store, 1000); }), "ms", 4 * bare,
         "append 4 kB and fdatasync", bare);
  }
  {
    const auto store = must(Store::open(folder / "many"));
    const double all = wall_milliseconds([&] { all_at_once(*store, 100'000); });
    line("store/100,000 jobs at once, each", all / 100, "us", 100, "append 4 kB and fdatasync",
         bare);
  }
  std::unique_ptr<Store> store;
  const double open = wall_milliseconds([&] { store = must(Store::open(folder / "many")); });
  line("store/open with 100,000 results", open, "ms", 10);
  std::unique_ptr<StoreReader> reader;
  const double read = wall_milliseconds([&] { reader = must(StoreReader::open(folder / "many")); });
  line("store/open with 100,000 results, for reading", read, "ms", 10);
  std::vector<Digest> keys;
  for (int i = 0; i < 100'000; ++i)
    keys.push_back(sha256(std::to_string(i)));
  std::shuffle(keys.begin(), keys.end(), std::mt19937(1));
  const double found = wall_milliseconds([&] {
    for (const Digest& key : keys)
      if (!must(store->find(key))) std::abort();
  });
  line("store/look-up among 100,000", found / 100, "us", 10);
  const double together =
      wall_milliseconds([&] { benchmark::DoNotOptimize(must(reader->find_many(keys))); });
  line("store/look-up of 100,000 together, each", together / 100, "us", 5);
}

void report_trees() {
  const Folder folder;
  Trees trees(folder / "objects.git");
  for (const int files : {1000, 10'000}) {
    const std::string work = folder / std::to_string(files);
    make_files(work, files);
    Tree tree;
    const double import = wall_milliseconds([&] { tree = must(trees.import_folder(work)); });
    const double again = wall_milliseconds([&] { (void)must(trees.import_folder(work)); });
    git(work, {"init", "--quiet"});
    const double add = wall_milliseconds([&] {
      git(work, {"-c", "core.fsync=loose-object", "add", "-A"});
      git(work, {"write-tree"});
    });
    const auto name = [files](std::string_view what) {
      return fmt::format("trees/{} {} files", what, files);
    };
    line(name("import"), import, "ms", add, "git add, write-tree", add);
    line(name("import, nothing new,"), again, "ms", add, "git add, write-tree", add);
    const double out = wall_milliseconds([&] { (void)must(trees.checkout(tree, work + "-out")); });
    const double theirs = wall_milliseconds(
        [&] { git(work, {"checkout-index", "--all", "--prefix=" + work + "-git/"}); });
    line(name("check out"), out, "ms", theirs, "git checkout-index", theirs);
    git(work, {"commit", "--quiet", "-m", "all"});
    Trees fresh(folder / (std::to_string(files) + ".git"));
    const double fetch = wall_milliseconds([&] { (void)must(fresh.fetch_commit(work, "HEAD")); });
    const double clone = wall_milliseconds([&] {
      git(work, {"clone", "--quiet", "--bare", "--depth=1", "file://" + work, work + "-clone"});
    });
    line(name("fetch"), fetch, "ms", clone, "git clone --depth=1", clone);
    const double same = wall_milliseconds([&] { (void)must(fresh.fetch_commit(work, "HEAD")); });
    line(name("fetch again"), same, "ms", 2);
  }
  const Tree empty = must(trees.merge({}));
  const double none = wall_milliseconds([&] {
    for (int i = 0; i < 1000; ++i)
      (void)must(trees.checkout(empty, folder / fmt::format("e{}", i)));
  });
  line("trees/check out the empty tree", none, "us", 50);
}

const auto next_number = step("next", [](Job&, int number) -> int { return number + 1; });

/// As many function steps; the time from nothing to settled, as a program that starts has it.
double run_steps(const std::string& state, int steps) {
  std::unique_ptr<Engine> engine;
  std::optional<Evaluation> run;
  const double took = wall_milliseconds([&] {
    std::vector<AnyTerm> numbers;
    numbers.reserve(static_cast<std::size_t>(steps));
    for (int i = 0; i < steps; ++i)
      numbers.push_back(next_number(i));
    engine = std::make_unique<Engine>(EngineOptions{.state = state, .slots = 2});
    run = engine->start(all(numbers));
    run->wait_until_settled();
  });
  if (!run->outcome().is_ok()) throw std::runtime_error("a step failed");
  return took;
}

void report_restart() {
  const Folder folder;
  const std::string state = folder / "state";
  constexpr int steps = 100'000;
  (void)run_steps(state, steps);
  double best = run_steps(state, steps);
  for (int i = 0; i < 2; ++i)
    best = std::min(best, run_steps(state, steps));
  line("store/restart with 100,000 results, all reused", best, "ms", 1000);
  const Retention retention{.age = std::chrono::hours(24 * 30)};
  const double dry =
      wall_milliseconds([&] { (void)must(StateFolder::collect(state, retention, true)); });
  line("store/gc of 100,000 results, all kept", dry, "ms", 1000);
}

void look_up(benchmark::State& state) {
  const Folder folder;
  const auto store = must(Store::open(folder / "state"));
  const auto count = static_cast<int>(state.range(0));
  all_at_once(*store, count);
  int next = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(store->find(sha256(std::to_string(next++ % count))));
}
BENCHMARK(look_up)->Arg(1000)->Arg(100'000);

void commit(benchmark::State& state) {
  const Folder folder;
  const auto store = must(Store::open(folder / "state"));
  for (auto _ : state)
    all_at_once(*store, static_cast<int>(state.range(0)));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(commit)->Arg(1)->Arg(10)->Arg(100)->Arg(1000)->UseRealTime();

void report() {
  report_store();
  report_restart();
  report_trees();
}

}  // namespace

int main(int argc, char** argv) { return bench::main(argc, argv, report); }
