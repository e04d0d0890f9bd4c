// list_results.cpp - the vector of a list's results, put together from the one before.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/random_pipeline.hpp"
#include "engine/rounds/script.hpp"

#include <catch2/catch.hpp>

using namespace oche;
using namespace oche::tests;

namespace {

std::string name_of_number(int x) { return "item " + std::to_string(x) + " of a list"; }
/// Changes what comes of some items, and not of others.
int beside(int x, int shift) { return x % 7 == 0 ? x + shift : x; }

/// Some edits of a list without doubles, as they come: one item, several, all the other way round.
void edit(std::vector<int>& list, Chance& chance, int& next) {
  const auto at = [&](std::size_t i) { return list.begin() + static_cast<std::ptrdiff_t>(i); };
  const std::size_t size = list.size();
  switch (chance.below(6)) {
    case 0:
    case 1:
      list.insert(at(chance.below(size + 1)), next++);
      break;
    case 2:
      if (size > 0) list.erase(at(chance.below(size)));
      break;
    case 3:
      for (int i = 0; i < 150; ++i)
        list.push_back(next++);
      break;
    case 4:
      if (size > 1) std::swap(list[chance.below(size)], list[0]);
      break;
    default:
      if (chance.one_in(4))
        std::reverse(list.begin(), list.end());
      else if (size > 200)
        list.erase(at(10), at(140));
  }
}

}  // namespace

TEST_CASE("list results: are those of the items, in order, after any edits",
          "[engine][rounds][lists]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Chance chance(seed);
    int next = 1000;
    std::vector<int> items;
    for (int i = 0; i < 200; ++i)
      items.push_back(i);
    Var<std::vector<int>> list{"list", items};
    Var<int> shift{"shift", 0};
    const Term<std::vector<std::string>> root = list_map(list.term(), [&](const Term<int>& x) {
      return map(name_of_number, map(beside, x, shift.term()));
    });
    Play play(root);
    int by = 0;
    for (int round = 0; round < 60; ++round) {
      edit(items, chance, next);
      list.set(items);
      if (chance.one_in(5)) shift.set(by = chance.number(3));
      play.next();
      std::vector<std::string> expected;
      for (const int x : items)
        expected.push_back(name_of_number(beside(x, by)));
      INFO("seed " << seed << ", round " << round);
      REQUIRE(play.rounds.root().value.as<std::vector<std::string>>() == expected);
    }
  }
}

TEST_CASE("list results: an item that fails for a while has its new result afterwards",
          "[engine][rounds][lists]") {
  std::vector<int> items;
  for (int i = 0; i < 130; ++i)
    items.push_back(i);
  Var<std::vector<int>> list{"list", items};
  Play play(list_map(list.term(), [](const Term<int>& x) { return work("try", {x}); }));
  for (int i = 0; i < 130; ++i)
    play.script.tell(fmt::format("try({})", i), ok(i));
  play.next();
  REQUIRE(play.rounds.root().value.as<std::vector<int>>() == items);
  play.tell("try(70)", fails("no"));
  CHECK(play.root() == "failed: no @list/70/try");
  items.insert(items.begin() + 3, 500);
  play.script.tell("try(500)", ok(500));
  list.set(items);
  play.next();
  play.tell("try(70)", ok(-70));
  items[71] = -70;
  CHECK(play.rounds.root().value.as<std::vector<int>>() == items);
}
