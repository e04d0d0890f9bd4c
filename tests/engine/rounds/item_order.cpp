// item_order.cpp - the order of a list's items against a plain vector.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/item_order.hpp"

#include "engine/rounds/bits.hpp"
#include "engine/rounds/item_table.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <set>

using namespace oche::detail;
using namespace oche::detail::rounds;

namespace {

std::uint32_t& block_in(void* blocks, InstanceId item) {
  return (*static_cast<std::vector<std::uint32_t>*>(blocks))[item];
}

}  // namespace

TEST_CASE("item order: equals a vector under random splices", "[engine][rounds]") {
  std::mt19937 random(7);
  const auto below = [&](std::size_t n) { return static_cast<std::uint32_t>(random() % n); };
  constexpr Status statuses[] = {Status::ok, Status::skipped, Status::active, Status::failed};
  std::vector<std::uint32_t> blocks(20000, nothing);
  std::vector<Status> status(20000, Status::ok);
  ItemOrder order(&block_in, &blocks);
  std::vector<InstanceId> model;
  InstanceId fresh = 0;
  for (int round = 0; round < 400; ++round) {
    const std::uint32_t from = below(model.size() + 1);
    const std::uint32_t count = std::min<std::uint32_t>(
        below(round % 7 == 0 ? 300 : 4), static_cast<std::uint32_t>(model.size()) - from);
    std::vector<ItemOrder::Item> items;
    for (std::uint32_t i = below(round % 5 == 0 ? 200 : 3); i > 0; --i) {
      status[fresh] = statuses[below(4)];
      items.push_back({fresh, status[fresh]});
      ++fresh;
    }
    order.splice(from, count, items);
    const auto at = [&](std::uint32_t i) { return model.begin() + i; };
    model.erase(at(from), at(from + count));
    std::vector<InstanceId> ids;
    for (const ItemOrder::Item& item : items)
      ids.push_back(item.instance);
    model.insert(at(from), ids.begin(), ids.end());
    for (int i = 0; i < 5 && !model.empty(); ++i) {
      const InstanceId item = model[below(model.size())];
      const Status now = statuses[below(4)];
      order.reclass(item, status[item], now);
      status[item] = now;
    }
    std::vector<InstanceId> seen;
    order.each(0, [&](InstanceId item) {
      seen.push_back(item);
      return true;
    });
    REQUIRE(seen == model);
    REQUIRE(order.size() == model.size());
    const std::uint32_t skip = below(model.size() + 1);
    std::vector<InstanceId> rest;
    order.each(skip, [&](InstanceId item) {
      rest.push_back(item);
      return true;
    });
    REQUIRE(rest == std::vector<InstanceId>(at(skip), model.end()));
    for (const Status one : {Status::skipped, Status::active, Status::failed}) {
      std::vector<InstanceId> expected;
      for (const InstanceId item : model)
        if (status[item] == one) expected.push_back(item);
      std::vector<InstanceId> found;
      order.each_of(one, [&](InstanceId item) {
        found.push_back(item);
        return true;
      });
      REQUIRE(found == expected);
      REQUIRE(order.count(one) == expected.size());
    }
  }
}

TEST_CASE("item table: finds what was put in and not taken out", "[engine][rounds]") {
  std::mt19937 random(11);
  ItemTable table;
  std::set<InstanceId> model;
  const auto hash = [](InstanceId item) { return static_cast<std::size_t>(item % 37) * 1000003; };
  for (int round = 0; round < 20000; ++round) {
    const auto item = static_cast<InstanceId>(random() % 500);
    if (model.contains(item)) {
      table.erase(hash(item), item);
      model.erase(item);
    } else {
      table.insert(hash(item), item);
      model.insert(item);
    }
    const auto other = static_cast<InstanceId>(random() % 500);
    const InstanceId found = table.find(hash(other), [&](InstanceId one) { return one == other; });
    REQUIRE(found == (model.contains(other) ? other : nothing));
  }
  CHECK(table.size() == model.size());
}

TEST_CASE("bits: next finds what a set would", "[engine][rounds]") {
  std::mt19937 random(13);
  for (const std::uint32_t bound : {1u, 64u, 65u, 4096u, 300000u}) {
    Bits bits;
    bits.resize(bound);
    std::set<std::uint32_t> model;
    for (int round = 0; round < 3000; ++round) {
      const auto i = static_cast<std::uint32_t>(random() % bound);
      if (random() % 2 == 0) {
        bits.set(i);
        model.insert(i);
      } else {
        bits.clear(i);
        model.erase(i);
      }
      const auto from = static_cast<std::uint32_t>(random() % bound);
      const auto expected = model.lower_bound(from);
      REQUIRE(bits.next(from) == (expected == model.end() ? Bits::none : *expected));
      REQUIRE(bits.has(i) == model.contains(i));
    }
  }
}
