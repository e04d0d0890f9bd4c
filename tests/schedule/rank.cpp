// rank.cpp - which of two pieces of ready work goes first.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/schedule/rank.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
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
