// queue.cpp - who goes next: classes, ageing, paths, slots and pools.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/schedule/queue.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <deque>
#include <random>
#include <string>

using namespace oche;
using namespace oche::scheduling;

namespace {

/// Letters that wait, each with a turn of its own.
class Letters {
 public:
  Letters(unsigned slots, std::vector<std::uint64_t> sizes, Duration ageing = usual_ageing)
      : queue(slots, sizes, ageing) {}
  void push(char what, int priority, Duration remaining, Duration since, const Claim& claim = {}) {
    places[what] = queue.push(what, priority, remaining, turn_++, since, claim);
  }
  /// Everything that can begin now, in order.
  std::string begin() {
    std::string begun;
    while (const auto next = queue.next()) {
      begun += next->first;
      places[next->first] = next->second;
    }
    return begun;
  }
  void end(char what) { queue.end(places[what]); }

  Queue<char> queue;
  std::map<char, Queue<char>::Place> places;

 private:
  std::uint64_t turn_ = 0;
};

}  // namespace

TEST_CASE("queue: the class, then the longest path, then who waits longer", "[schedule][queue]") {
  Letters letters(9, {});
  letters.push('c', 0, 1s, 0s);
  letters.push('b', 0, 5s, 1s);
  letters.push('d', 0, 1s, 2s);
  letters.push('a', 1, 0s, 3s);
  letters.push('e', -1, 90s, 4s);
  CHECK(letters.begin() == "abcde");
}

TEST_CASE("queue: a span of waiting is worth a class", "[schedule][queue]") {
  const auto order = [](Duration ageing, Duration later) {
    Letters letters(9, {}, ageing);
    letters.push('l', 0, 1s, 100s);
    letters.push('u', 1, 2s, 100s + later);
    letters.push('v', 0, 9s, 100s + later);
    return letters.begin();
  };
  CHECK(order(1min, 59s) == "uvl");
  CHECK(order(1min, 60s) == "ulv");   // of one class with urgent ones, whose paths are compared …
  CHECK(order(1min, 120s) == "luv");  // … until it has waited still longer
  CHECK(order(0s, 1000h) == "uvl");
}

TEST_CASE("queue: what began to wait before the others is older, whenever it comes in",
          "[schedule][queue]") {
  Letters letters(9, {}, 1min);
  letters.push('n', 1, 1s, 100s);
  letters.push('o', 0, 1s, 39s);  // it had been undecided
  letters.push('p', 0, 1s, 100s);
  CHECK(letters.begin() == "onp");
}

TEST_CASE("queue: what is taken out does not come, and slots come back", "[schedule][queue]") {
  Letters letters(1, {});
  letters.push('a', 0, 3s, 0s);
  letters.push('b', 0, 2s, 0s);
  letters.push('c', 0, 1s, 0s);
  letters.queue.erase(letters.places['b']);
  CHECK(letters.queue.size() == 2);
  CHECK(letters.begin() == "a");
  CHECK(letters.begin().empty());
  letters.end('a');
  CHECK(letters.begin() == "c");
  CHECK(letters.queue.empty());
  letters.queue.resize(3);
  letters.push('d', 0, 0s, 0s);
  letters.push('e', 0, 0s, 0s);
  letters.push('f', 0, 0s, 0s);
  CHECK(letters.begin() == "de");
  CHECK(letters.queue.room().running() == 3);
}

TEST_CASE("queue: nobody overtakes in a pool, and a full one holds nobody else back",
          "[schedule][queue]") {
  Letters letters(9, {4});
  letters.push('a', 0, 9s, 0s, {{0, 3}});
  CHECK(letters.begin() == "a");
  letters.push('b', 0, 8s, 0s, {{0, 2}});
  letters.push('c', 0, 7s, 0s, {{0, 1}});  // it would fit
  letters.push('d', 0, 6s, 0s);
  CHECK(letters.begin() == "d");
  letters.end('a');
  CHECK(letters.begin() == "bc");
}

TEST_CASE("queue: what takes more than there is gets all of it", "[schedule][queue]") {
  Letters letters(9, {4, 0});
  letters.push('a', 0, 9s, 0s, {{0, 100}});
  letters.push('b', 0, 8s, 0s, {{0, 1}});
  CHECK(letters.begin() == "a");
  letters.end('a');
  CHECK(letters.begin() == "b");
  letters.push('c', 0, 9s, 0s, {{0, 100}, {1, 1000}});  // the second has no limit
  CHECK(letters.begin().empty());
  letters.queue.resize(std::vector<std::uint64_t>{1000, 0});
  CHECK(letters.begin() == "c");
}

TEST_CASE("queue: of several pools all are taken at once, and the share of one that waits is kept",
          "[schedule][queue]") {
  Letters letters(9, {1, 2});
  letters.push('a', 0, 9s, 0s, {{0, 1}});
  CHECK(letters.begin() == "a");
  letters.push('b', 0, 8s, 0s, {{0, 1}, {1, 1}});  // lacks the first
  letters.push('c', 0, 7s, 0s, {{0, 1}, {1, 1}});  // is not the first in line there
  letters.push('d', 0, 6s, 0s, {{1, 1}});
  letters.push('e', 0, 5s, 0s, {{1, 1}});
  CHECK(letters.begin() == "d");  // one is kept for `b`, none for `c`
  letters.end('a');
  CHECK(letters.begin() == "b");
  letters.end('d');
  CHECK(letters.begin() == "");  // now one is kept for `c`
  letters.end('b');
  CHECK(letters.begin() == "ce");
}

TEST_CASE("queue: with any mixture of pools everything gets its turn", "[schedule][queue]") {
  std::mt19937 chance(3);
  for (int round = 0; round < 300; ++round) {
    const std::vector<std::uint64_t> sizes = {1 + chance() % 4, 1 + chance() % 4, chance() % 3};
    Queue<int> queue(1 + chance() % 4, sizes, Duration(5));
    constexpr int count = 60;
    std::vector<bool> has_begun(count);
    std::deque<Queue<int>::Place> running;
    int pushed = 0;
    int begun = 0;
    for (std::int64_t now = 0; begun < count; ++now) {
      REQUIRE(now < 10 * count);  // else something waits for ever
      for (std::uint32_t i = chance() % 4; i > 0 && pushed < count; --i) {
        Claim claim;
        for (ResourceId resource = 0; resource < sizes.size(); ++resource) {
          if (chance() % 2 == 0) claim.push_back({resource, 1 + chance() % 5});
        }
        queue.push(pushed, static_cast<int>(chance() % 3), Duration(chance() % 4),
                   static_cast<std::uint64_t>(pushed), Duration(now), claim);
        ++pushed;
      }
      while (const auto next = queue.next()) {
        const int which = next->first;
        REQUIRE_FALSE(has_begun[static_cast<std::size_t>(which)]);
        has_begun[static_cast<std::size_t>(which)] = true;
        running.push_back(next->second);
        ++begun;
      }
      REQUIRE((queue.empty() || !running.empty()));  // nothing is idle without need
      if (!running.empty()) {
        queue.end(running.front());
        running.pop_front();
      }
    }
    for (const auto& place : running)
      queue.end(place);
    REQUIRE(queue.room().running() == 0);
  }
}
