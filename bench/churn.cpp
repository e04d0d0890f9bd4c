// churn.cpp - whether memory grows while inputs and lists change all the time.
// Layer: bench.
// SPDX-License-Identifier: Apache-2.0
#include "report.hpp"
#include <oche/engine/engine.hpp>
#include <oche/oche.hpp>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace bench;
using namespace oche;
using namespace std::chrono_literals;

constexpr std::size_t branches = 2000;   // that there may be
constexpr std::size_t most_items = 400;  // at a time
constexpr int revisions = 40;            // so that results come back, too

const auto build_of = step("build", [](Job&, const std::string& name, int revision) -> std::string {
  return fmt::format("{} {}", name, revision);
});
const auto check = step("check", [](Job&, const std::string& built) -> int {
  if (built.size() % 7 == 0) throw std::runtime_error("one of some that fail");
  return static_cast<int>(built.size());
});

/// A list that gains and loses items and an input that all of them read.
class World {
 public:
  World() : random_(20261122) {
    const auto revision = revision_.term();
    const auto results = list_map(names_.term(), [revision](Term<std::string> name) {
      return attempt(
          check(map([](const std::string& text) { return text + "!"; }, build_of(name, revision))));
    });
    pipeline_ = all(results);
  }
  [[nodiscard]] const Term<>& pipeline() const { return pipeline_; }

  void change() {
    for (int i = 0; i < 10; ++i) {
      const std::string name = fmt::format("branch{}", random_() % branches);
      if (present_.erase(name) == 0 && present_.size() < most_items) present_.insert(name);
    }
    names_.set({present_.begin(), present_.end()});
    if (random_() % 100 == 0) revision_.set(static_cast<int>(random_() % revisions));
  }

 private:
  std::mt19937_64 random_;
  std::set<std::string> present_;
  Var<std::vector<std::string>> names_{"names", {}};
  Var<int> revision_{"revision", 0};
  Term<> pipeline_ = all();
};

/// How long it goes on: OCHE_MINUTES, or ten.
std::chrono::minutes wanted_time() {
  const char* said = std::getenv("OCHE_MINUTES");
  return std::chrono::minutes(said == nullptr ? 10 : std::max(2, std::atoi(said)));
}

void report() {
  const Folder folder;
  Engine engine({.state = folder / "state", .slots = 2, .isolation = Isolation::none});
  World world;
  const Evaluation run = engine.start(world.pipeline());
  const auto whole = wanted_time();
  const auto begun = std::chrono::steady_clock::now();
  std::uint64_t changes = 0;
  double early = 0;
  for (auto minute = 1min; minute <= whole; ++minute) {
    while (std::chrono::steady_clock::now() - begun < minute) {
      world.change();
      ++changes;
      run.wait_until_settled();
    }
    const double now = resident_bytes();
    // The first half fills caches: of the allocator, of SQLite, of folders to work in.
    if (minute == whole / 2) early = now;
    line(fmt::format("memory after {} min, {} changes, {} jobs", minute.count(), changes,
                     run.counts().ran),
         now / (1 << 20), "MiB", early * 1.05 / (1 << 20), "half-way", early / (1 << 20));
  }
}

}  // namespace

int main(int argc, char** argv) { return bench::main(argc, argv, report); }
