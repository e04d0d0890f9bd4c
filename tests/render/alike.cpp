// alike.cpp - tests of the division of boxes into those that stand alike.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "render/shrink/alike.hpp"

#include "graph/support.hpp"
#include "support/cases.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <set>
#include <utility>

using namespace oche;
using namespace oche::tests;

namespace {

using Classes = std::vector<std::uint32_t>;

struct Boxes {
  Picture picture;
  Classes looks;
};

/// Numbers in the order in which they come.
template <class Key>
Classes numbered(const std::vector<Key>& keys) {
  std::map<Key, std::uint32_t> known;
  Classes numbers;
  for (const Key& key : keys)
    numbers.push_back(
        known.try_emplace(key, static_cast<std::uint32_t>(known.size())).first->second);
  return numbers;
}

/// Arrows lead to later boxes, as in every picture of a pipeline; some stand twice.
Boxes any_boxes(std::uint32_t seed) {
  Chance chance(seed);
  const auto below = [&](std::size_t most) {
    return static_cast<std::uint32_t>(chance.below(most));
  };
  const std::uint32_t count = 1 + below(40);
  const std::uint32_t looks = 1 + below(3);
  Boxes made;
  made.picture.boxes.resize(count);
  std::vector<std::uint32_t> looking(count);
  for (std::uint32_t& one : looking)
    one = below(looks);
  made.looks = numbered(looking);
  for (std::uint32_t i = below(3 * count); i > 0 && count > 1; --i) {
    const std::uint32_t to = 1 + below(count - 1);
    made.picture.arrows.push_back({.from = below(to), .to = to});
  }
  return made;
}

/// Everything told apart by everything around it, again and again.
Classes divided_naively(const Boxes& boxes) {
  Classes classes = numbered(boxes.looks);
  for (;;) {
    using Around = std::set<std::pair<bool, std::uint32_t>>;
    std::vector<std::pair<std::uint32_t, Around>> keys;
    for (const std::uint32_t own : classes)
      keys.push_back({own, {}});
    for (const Arrow& arrow : boxes.picture.arrows) {
      keys[arrow.to].second.insert({false, classes[arrow.from]});
      keys[arrow.from].second.insert({true, classes[arrow.to]});
    }
    Classes next = numbered(keys);
    if (next == classes) return classes;
    classes = std::move(next);
  }
}

}  // namespace

TEST_CASE("alike: as if everything were told apart again and again", "[render][shrink]") {
  for (std::uint32_t seed = 0; seed < cases_of(3000); ++seed) {
    const Boxes boxes = any_boxes(seed);
    INFO("seed " << seed);
    const Classes found = detail::alike(boxes.picture, boxes.looks, boxes.looks.size());
    REQUIRE(numbered(found) == divided_naively(boxes));
  }
}

TEST_CASE("alike: a long chain ends, for it is looked at so many times and no more",
          "[render][shrink]") {
  constexpr std::uint32_t length = 200'000;
  Picture chain;
  chain.boxes.resize(length);
  for (std::uint32_t i = 1; i < length; ++i)
    chain.arrows.push_back({.from = i - 1, .to = i});
  const Classes found = detail::alike(chain, Classes(length, 0), length);
  CHECK(std::set<std::uint32_t>(found.begin(), found.end()).size() == length);
}
