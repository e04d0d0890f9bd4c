// bands.cpp - what is taken out comes before all that is left.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/schedule/bands.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

using namespace oche;
using namespace oche::scheduling;

namespace {

struct Waiting {
  Rank rank;
};

std::uint64_t key(const Waiting& one) { return rough(one.rank); }

}  // namespace

TEST_CASE("bands: a few at a time, each time all before the rest", "[schedule][bands]") {
  std::mt19937 random(1);
  constexpr std::size_t few = 8;
  Bands<Waiting> bands;
  bands.place_border(rough({.remaining = 1000h}));
  std::vector<std::uint64_t> left;
  const auto put = [&](Duration remaining) {
    const Waiting one{{.remaining = remaining}};
    if (!bands.holds(key(one))) return;
    bands.put(one, key(one));
    left.push_back(key(one));
  };
  for (int round = 0; round < 2'000; ++round) {
    for (auto count = random() % 20; count > 0; --count)
      put(1000h - Duration(1ms) * static_cast<std::int64_t>(random() % (1U << random() % 30)));
    if (bands.empty()) continue;
    std::sort(left.begin(), left.end());
    const std::vector<Waiting>& taken = bands.take(few);
    REQUIRE(!taken.empty());
    std::vector<std::uint64_t> keys;
    std::transform(taken.begin(), taken.end(), std::back_inserter(keys), key);
    std::sort(keys.begin(), keys.end());
    REQUIRE((keys.size() <= few || keys.front() == keys.back()));
    REQUIRE(std::equal(keys.begin(), keys.end(), left.begin()));
    left.erase(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(keys.size()));
    REQUIRE(bands.empty() == left.empty());
    REQUIRE((left.empty() || bands.holds(left.front())));
    REQUIRE(!bands.holds(keys.back()));
    if (round % 7 != 0) continue;
    bands.move_border(keys.front() - random() % keys.front());
    std::size_t count = 0;
    bands.each([&](const Waiting&) { ++count; });
    REQUIRE(count == left.size());
  }
}
