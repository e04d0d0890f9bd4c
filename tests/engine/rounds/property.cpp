// property.cpp - rounds equal evaluation from scratch, on random pipelines with random histories.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/trial.hpp"
#include "support/cases.hpp"

#include <catch2/catch.hpp>

#include <iostream>

using namespace oche;
using namespace oche::tests;

namespace {

// Rounds have one thread: the thread sanitizer finds nothing in them, and takes its time.
#ifdef __has_feature
#if __has_feature(thread_sanitizer)
#define OCHE_TESTS_ARE_SLOW
#endif
#endif
#ifdef OCHE_TESTS_ARE_SLOW
constexpr std::uint32_t usual_cases = 2000;
#else
constexpr std::uint32_t usual_cases = 10000;
#endif

}  // namespace

TEST_CASE("rounds: equal evaluation from scratch on random pipelines and histories",
          "[engine][rounds][property]") {
  const std::uint64_t cases = cases_of(usual_cases);
  const std::uint64_t seed = seed_of(first_seed);
  std::size_t cells = 0;
  std::size_t rounds = 0;
  for (std::uint64_t i = 0; i < cases; ++i) {
    Trial trial(seed + i);
    const std::string difference = trial.run();
    cells += trial.cells();
    rounds += trial.rounds();
    INFO("seed " << seed + i);
    REQUIRE(difference == "");
  }
  std::cout << fmt::format("{} random pipelines from seed {}, {} rounds, {} outcomes compared\n",
                           cases, seed, rounds, cells);
}

// What random trials found once, each mended since.
TEST_CASE("rounds: seeds that once differed from evaluation from scratch",
          "[engine][rounds][property]") {
  // 780513: an option's item was renamed, and a fold in it kept what was stored for the other name.
  // 20276342: what was evaluated and given up in one round kept a list that nobody had wanted.
  // 20293939: in a list in a hole, an item that only an inner hole reads.
  // 20297713: a list was evaluated after its items, because of what a hole before it had read.
  for (const std::uint64_t seed : {780513ULL, 20276342ULL, 20293939ULL, 20297713ULL}) {
    INFO("seed " << seed);
    CHECK(Trial(seed).run() == "");
  }
}
