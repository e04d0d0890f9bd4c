// interleavings.cpp - many orders, each of which a seed brings back.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/testing/interleavings.hpp>

#include "testing/support.hpp"

#include <cstdlib>
#include <set>

using namespace testing_tests;

namespace {

/// The order in which three jobs end under a seed.
std::string order_of_ends(std::uint64_t seed) {
  TestEngine engine{{.seed = seed}};
  engine.script("**", succeeds());
  engine.start(all({{"a", work("a")}, {"b", work("b")}, {"c", work("c")}}));
  std::string order;
  const std::string story = engine.story();
  for (std::size_t at = story.find(" ok "); at != story.npos; at = story.find(" ok ", at + 1))
    order += story[at + 4];
  return order;
}

}  // namespace

TEST_CASE("for_each_order: every order of ends comes up, and its seed brings it back",
          "[testing]") {
  std::set<std::string> seen;
  for_each_order(100, [&](std::uint64_t seed) {
    const std::string order = order_of_ends(seed);
    seen.insert(order);
    return order == order_of_ends(seed);
  });
  CHECK(seen == std::set<std::string>{"abc", "acb", "bac", "bca", "cab", "cba"});
  CHECK(order_of_ends(0) == "abc");
}

TEST_CASE("for_each_order: what fails is told with its seed, and can be had alone", "[testing]") {
  std::vector<std::uint64_t> tried;
  const auto body = [&](std::uint64_t seed) {
    tried.push_back(seed);
    return seed != 7;
  };
  CHECK_THAT(said([&] { for_each_order(100, body); }),
             Catch::Contains("seed") && Catch::Contains("hint: set OCHE_SEED=7"));
  CHECK(tried.size() == 7);
  tried.clear();
  ::setenv("OCHE_SEED", "7", 1);
  CHECK_FALSE(said([&] { for_each_order(100, body); }).empty());
  ::unsetenv("OCHE_SEED");
  CHECK(tried == std::vector<std::uint64_t>{7});
  tried.clear();
  ::setenv("OCHE_CASES", "3", 1);
  for_each_order(100, body);
  ::unsetenv("OCHE_CASES");
  CHECK(tried == std::vector<std::uint64_t>{1, 2, 3});
}

TEST_CASE("for_each_order: what the body throws comes through", "[testing]") {
  struct Checked {};
  CHECK_THROWS_AS(for_each_order(3, [](std::uint64_t) { throw Checked(); }), Checked);
}
