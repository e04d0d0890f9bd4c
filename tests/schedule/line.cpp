// line.cpp - what waits comes in order, and what was taken out does not.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/schedule/line.hpp>

#include <catch2/catch.hpp>

#include <map>
#include <random>

using namespace oche;
using namespace oche::scheduling;

TEST_CASE("line: what was taken out of the front or the middle does not come", "[schedule][line]") {
  Line<char> line;
  const auto first = line.push({0, 3s, 0}, 'a');
  line.push({0, 2s, 1}, 'b');
  const auto third = line.push({0, 1s, 2}, 'c');
  line.push({0, 0s, 3}, 'd');
  line.erase(third);
  line.erase(first);
  CHECK(line.front() == 'b');
  // With the rank that another had.
  line.push({0, 1s, 2}, 'e');
  line.pop();
  CHECK(line.front() == 'e');
  line.pop();
  line.erase(line.number());
  CHECK(line.empty());
}

TEST_CASE("line: whatever is pushed, popped and erased, it is as an ordered tree would be",
          "[schedule][line]") {
  std::mt19937 random(1);
  const auto any = [&](std::size_t below) { return random() % below; };
  Line<int> line;
  std::map<Rank, std::pair<std::uint32_t, int>> tree;
  for (int i = 0; i < 20'000; ++i) {
    const bool grows = i / 1'000 % 2 == 0;
    if (tree.empty() || any(8) < (grows ? 5U : 2U)) {
      const Rank rank{static_cast<std::int64_t>(any(3)), Duration(any(50)),
                      static_cast<std::uint64_t>(i)};
      tree.emplace(rank, std::pair(line.push(rank, i), i));
    } else if (any(2) == 0) {
      line.pop();
      tree.erase(tree.begin());
    } else {
      const auto at = std::next(tree.begin(), static_cast<std::ptrdiff_t>(any(tree.size())));
      line.erase(at->second.first);
      tree.erase(at);
    }
    REQUIRE(line.empty() == tree.empty());
    if (tree.empty()) continue;
    REQUIRE(line.rank() == tree.begin()->first);
    REQUIRE(line.front() == tree.begin()->second.second);
    if (i % 100 != 0) continue;
    std::size_t waiting = 0;
    line.each([&](int) { ++waiting; });
    REQUIRE(waiting == tree.size());
  }
}
