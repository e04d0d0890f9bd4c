// rank.cpp - which of two pieces of ready work goes first.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/schedule/rank.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <limits>
#include <vector>

using namespace oche;
using scheduling::Rank;

TEST_CASE("rank: priority, then the longest path, then who has waited", "[schedule][rank]") {
  const std::vector<Rank> in_order = {{2, 1s, 9}, {1, 3s, 8}, {1, 2s, 3},  {1, 2s, 4},
                                      {0, 9s, 1}, {0, 0s, 2}, {-1, 99s, 0}};
  std::vector<Rank> shuffled = in_order;
  std::reverse(shuffled.begin(), shuffled.end());
  std::sort(shuffled.begin(), shuffled.end());
  CHECK(shuffled == in_order);
  CHECK_FALSE(in_order[0] < in_order[0]);
}

TEST_CASE("rank: what goes first is never roughly behind", "[schedule][rank]") {
  constexpr std::int64_t end = std::numeric_limits<std::int64_t>::max();
  std::vector<Rank> all;
  for (const std::int64_t priority : {std::int64_t{0}, std::int64_t{1}, std::int64_t{524'286},
                                      std::int64_t{524'287}, std::int64_t{524'288}, end})
    for (const Duration remaining : {0ns, 1ns, 1'023ns, 1'024ns, Duration(1h), Duration(5'003h),
                                     Duration(5'004h), Duration::max(), -1ns})
      for (const std::int64_t sign : {1, -1})
        all.push_back({sign * priority, remaining, all.size()});
  all.push_back({-end - 1, 1s, all.size()});
  std::sort(all.begin(), all.end());
  CHECK(std::is_sorted(all.begin(), all.end(),
                       [](const Rank& a, const Rank& b) { return rough(a) < rough(b); }));
  CHECK(rough({0, 2us}) < rough({0, 0us}));
  CHECK(rough({1, 0s}) < rough({0, 1h}));
  CHECK(rough({0, Duration(5'000h)}) < rough({0, Duration(4'999h)}));
}
