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

namespace {

using Random = std::mt19937;

/// Pushes, pops and erases at random, with ranks that `rank_of` makes.
template <class F>
void compare_with_tree(int actions, F rank_of) {
  Random random(1);
  const auto any = [&](std::size_t below) { return random() % below; };
  Line<int> line;
  std::map<Rank, std::pair<std::uint32_t, int>> tree;
  for (int i = 0; i < actions; ++i) {
    const bool grows = i / (actions / 4) % 2 == 0;
    if (tree.empty() || any(8) < (grows ? 5U : 2U)) {
      Rank rank = rank_of(random, i);
      rank.turn = static_cast<std::uint64_t>(i);
      tree.emplace(rank, std::pair(line.push(rank, i), i));
    } else if (any(2) == 0) {
      line.pop();
      tree.erase(tree.begin());
    } else {
      auto at = tree.lower_bound(rank_of(random, i));
      if (at == tree.end())
        at = std::next(tree.begin(), static_cast<std::ptrdiff_t>(any(tree.size())));
      line.erase(at->second.first);
      tree.erase(at);
    }
    REQUIRE(line.empty() == tree.empty());
    if (tree.empty()) continue;
    REQUIRE(line.rank() == tree.begin()->first);
    REQUIRE(line.front() == tree.begin()->second.second);
    if (i % 500 != 0) continue;
    std::size_t waiting = 0;
    line.each([&](int) { ++waiting; });
    REQUIRE(waiting == tree.size());
  }
}

Duration up_to(Random& random, Duration longest) {
  return Duration(static_cast<std::int64_t>(random() % 1'000'000) * (longest.count() / 1'000'000));
}

}  // namespace

TEST_CASE("line: whatever is pushed, popped and erased, it is as an ordered tree would be",
          "[schedule][line]") {
  constexpr int actions = 40'000;
  const auto class_of = [](Random& random) { return static_cast<std::int64_t>(random() % 3); };
  SECTION("a few short paths") {
    compare_with_tree(actions, [&](Random& random, int) {
      return Rank{class_of(random), Duration(static_cast<std::int64_t>(random() % 50))};
    });
  }
  SECTION("paths of all lengths") {
    compare_with_tree(actions, [&](Random& random, int) {
      return Rank{class_of(random), up_to(random, Duration(1ns) * (1LL << random() % 63))};
    });
  }
  SECTION("each comes before all others") {
    compare_with_tree(actions, [](Random&, int i) { return Rank{0, i * 1ms}; });
  }
  SECTION("each comes behind all others") {
    compare_with_tree(actions, [](Random&, int i) { return Rank{0, 1h - i * 1us}; });
  }
  SECTION("paths grow shorter, as those of a pipeline do") {
    compare_with_tree(actions, [](Random& random, int i) {
      return Rank{0, 100h - i * 10ms + up_to(random, 20s)};
    });
  }
  SECTION("nothing is known") {
    compare_with_tree(actions, [](Random&, int) { return Rank{}; });
  }
  SECTION("classes without end") {
    compare_with_tree(actions, [](Random& random, int) {
      const auto priority = static_cast<std::int64_t>(random()) << random() % 31;
      return Rank{random() % 2 == 0 ? priority : -priority, up_to(random, 9000h)};
    });
  }
}
