// holes.cpp - dynamic: what its function builds, what it may read and run.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/script.hpp"

#include <catch2/catch.hpp>

using namespace oche;
using namespace oche::tests;

namespace {

using Ints = std::vector<int>;
Term<int> times(const Term<int>& x, int factor) {
  return map([factor](int n) { return n * factor; }, x);
}

}  // namespace

TEST_CASE("semantics: dynamic, the input's state, then the state of what f built",
          "[engine][rounds][semantics]") {
  Play play(dynamic("hole", [](int n) { return work("build", {constant(n)}); }, work("x", {})));
  CHECK(play.root() == "ready @x");
  CHECK(play.tell("x()", ok(1)) == Strings{"ask build(1)"});
  CHECK(play.root() == "ready @hole/build");
  play.tell("build(1)", fails("no"));
  CHECK(play.root() == "failed: no @hole/build");
  CHECK(play.rounds.failures().size() == 1);
  CHECK(play.tell("x()", ok(2)) == Strings{"ask build(2)", "leave build(1)"});
  play.tell("build(2)", ok(20));
  CHECK(play.root() == "ok 20");
}

TEST_CASE("semantics: dynamic, f throwing fails this node", "[engine][rounds]") {
  Play play(
      dynamic("hole", [](int) -> Term<int> { throw std::runtime_error("no plan"); }, constant(1)));
  CHECK(play.root() == "failed: no plan @hole");
  CHECK(play.rounds.root().failure->where.find("holes.cpp:") != std::string::npos);
}

TEST_CASE("dynamic: while its input is not ok, what it built stays and starts nothing",
          "[engine][rounds]") {
  Play play(dynamic("hole", [](int n) { return work("build", {constant(n)}); }, work("x", {})));
  play.tell("x()", ok(1));
  CHECK(play.tell("x()", fails("offline")) == Strings{});
  CHECK(play.root() == "failed: offline @x");
  CHECK(play.script.held.size() == 1);
  CHECK(play.tell("x()", ok(1)) == Strings{});
  CHECK(play.script.held.empty());
  CHECK(play.root() == "ready @hole/build");
}

TEST_CASE("dynamic: what it built is forgotten when nobody wants it", "[engine][rounds]") {
  Var<bool> on{"on", true};
  Play play(only_if(
      on.term(),
      dynamic("hole", [](int n) { return work("build", {constant(n)}); }, work("x", {})), "off"));
  play.tell("x()", ok(1));
  const std::optional<CellId> first = play.rounds.cell_of("hole/build");
  on.set(false);
  CHECK(play.next() == Strings{"leave x()", "leave build(1)"});
  on.set(true);
  CHECK(play.next() == Strings{"ask x()", "ask build(1)"});
  CHECK(play.rounds.cell_of("hole/build") == first);
  on.set(false);
  play.next();
  play.script.tell("x()", fails("offline"));
  on.set(true);
  CHECK(play.next() == Strings{"ask x()"});
  CHECK(play.root() == "failed: offline @x");
  CHECK(play.at("hole/build") == "nowhere");
}

TEST_CASE("dynamic: a function that threw is called again when it is wanted again",
          "[engine][rounds]") {
  Var<bool> on{"on", true};
  int calls = 0;
  Play play(only_if(on.term(),
                    dynamic(
                        "hole",
                        [&calls](int n) -> Term<int> {
                          if (++calls == 1) throw std::runtime_error("no plan");
                          return constant(n);
                        },
                        constant(1)),
                    "off"));
  CHECK(play.root() == "failed: no plan @hole");
  on.set(false);
  play.next();
  on.set(true);
  play.next();
  CHECK(play.root() == "ok 1");
}

TEST_CASE("dynamic: a captured term is read outside, not evaluated twice", "[engine][rounds]") {
  const Term<int> outside = work("outside", {});
  const Term<int> ten = times(outside, 10);
  Var<int> number{"number", 1};
  const auto build = [ten](int n) { return times(ten, n); };
  Play before(all(ten, dynamic("hole", build, number.term())));
  Play after(all(dynamic("hole", build, number.term()), ten));  // reads ahead
  for (Play* play : {&before, &after}) {
    CHECK(play->script.asked.size() == 1);
    CHECK(play->root() == "ready @outside");
    play->tell("outside()", ok(2));
    CHECK(play->at("hole") == "ok 20");
    CHECK(play->script.asked.size() == 1);
    play->tell("outside()", ok(3));
    CHECK(play->at("hole") == "ok 30");
  }
  number.set(2);
  for (Play* play : {&before, &after}) {
    play->next();
    CHECK(play->at("hole") == "ok 60");
  }
}

TEST_CASE("dynamic: a captured term is wanted by the hole alone", "[engine][rounds]") {
  const Term<int> outside = work("outside", {});
  const auto is_odd = [](int n) { return n % 2 == 1; };
  Var<int> number{"number", 2};
  Play play(all(only_if(map(is_odd, number.term()), outside, "even"),
                dynamic(
                    "hole", [outside](int n) { return n == 4 ? constant(0) : times(outside, n); },
                    number.term())));
  CHECK(play.script.asked.size() == 1);
  play.tell("outside()", ok(5));
  CHECK(play.at("hole") == "ok 10");
  CHECK(play.at("even") == "skipped: even @even");
  number.set(4);
  CHECK(play.next() == Strings{"leave outside()"});
  CHECK(play.at("hole") == "ok 0");
  number.set(3);
  CHECK(play.next() == Strings{"ask outside()"});
  CHECK(play.at("hole") == "ok 15");
  CHECK(play.at("even") == "ok 5");
}

TEST_CASE("dynamic: in a list, with the item captured", "[engine][rounds]") {
  Var<Ints> list{"numbers", {1, 2}};
  Play play(list_map(list.term(), [](const Term<int>& item) {
    return dynamic("hole", [item](int n) { return work("build", {times(item, n)}); }, item);
  }));
  CHECK(play.script.said == Strings{"ask build(1)", "ask build(4)"});
  CHECK(play.root() == "ready @numbers/1/hole/build");
  const std::optional<CellId> cell = play.rounds.cell_of("numbers/2/hole/build");
  REQUIRE(cell);
  CHECK(play.rounds.path_of(*cell) == "numbers/2/hole/build");
  play.tell("build(4)", ok(4));
  list.set({2});
  CHECK(play.next() == Strings{"leave build(1)"});
  CHECK(play.root() == "ok [4]");
}

TEST_CASE("dynamic: lists in a hole, holes in a hole", "[engine][rounds]") {
  Var<int> number{"number", 2};
  Play play(dynamic(
      "outer",
      [](int n) {
        Ints items;
        for (int i = 0; i < n; ++i)
          items.push_back(i);
        return list_map(constant(items), [](const Term<int>& item) {
          return dynamic("inner", [](int i) { return work("build", {constant(i)}); }, item);
        });
      },
      number.term()));
  CHECK(play.script.asked.size() == 2);
  play.script.tell("build(0)", ok(5));
  play.tell("build(1)", ok(6));
  CHECK(play.root() == "ok [5, 6]");
  number.set(3);
  play.next();
  CHECK(play.script.asked.size() == 3);
  CHECK(play.rounds.counts()[static_cast<std::size_t>(State::ok)] == 2);
  CHECK(play.rounds.counts()[static_cast<std::size_t>(State::ready)] == 1);
}

TEST_CASE("dynamic: in a list in a hole, an item that only an inner hole reads",
          "[engine][rounds]") {
  const auto inner = [](const Term<int>& item) {
    return dynamic("inner", [item](int n) { return times(item, n); }, constant(10));
  };
  const Term<Ints> list = constant(Ints{1, 2});
  Play play(dynamic("outer", [list, inner](int) { return list_map(list, inner); }, constant(0)));
  CHECK(play.root() == "ok [10, 20]");
}

TEST_CASE("dynamic: promises are kept before anything runs", "[engine][rounds]") {
  const auto deploy = [](int n) -> Term<int> {
    return n < 5 ? work("build", {constant(n)}) : work("deploy", {constant(n)});
  };
  Var<int> number{"number", 1};
  Play never(dynamic("hole", deploy, number.term()).never({"deploy"}));
  Play only(dynamic("hole", deploy, number.term()).may_run({"build"}));
  CHECK(never.root() == "ready @hole/build");
  number.set(7);
  CHECK(never.next() == Strings{"leave build(1)"});
  CHECK(never.rounds.root().failure->what ==
        "the hole promised never to run deploy, but builds deploy");
  only.next();
  CHECK(only.rounds.root().failure->what ==
        "the hole promised to run nothing but build, but builds deploy");
}

TEST_CASE("dynamic: at most so many steps, those of items and of inner holes included",
          "[engine][rounds]") {
  Var<Ints> list{"numbers", {1, 2}};
  const Term<Ints> numbers = list.term();
  Play play(dynamic(
                "hole",
                [numbers](int) {
                  return list_map(numbers, [](const Term<int>& item) {
                    return dynamic(
                        "inner", [](int n) { return work("build", {constant(n)}); }, item);
                  });
                },
                constant(1))
                .at_most(2));
  CHECK(play.script.asked.size() == 2);
  list.set({1, 2, 3});
  play.next();
  const Failure& broken = *play.rounds.root().failure;
  CHECK(broken.what == "the hole promised at most 2 steps, but builds 3");
  // Both lines: that of the promise, and that of what breaks it.
  CHECK(broken.where.find("holes.cpp:") != std::string::npos);
  REQUIRE(broken.facts.size() == 1);
  CHECK(broken.facts.front().value.find("holes.cpp:") != std::string::npos);
  CHECK(broken.facts.front().value != broken.where);
  CHECK(play.script.asked.empty());
}

TEST_CASE("dynamic: a hole that builds holes without end is refused", "[engine][rounds]") {
  struct Endless {
    static Term<int> build(int n) { return dynamic("deeper", &Endless::build, constant(n + 1)); }
  };
  Play play(Endless::build(0));
  CHECK(play.rounds.root().failure->what == "holes are nested more than 32 deep");
}

TEST_CASE("dynamic: a hole that reads itself is refused", "[engine][rounds]") {
  auto self = std::make_shared<std::optional<Term<int>>>();
  const Term<int> hole = dynamic("hole", [self](int) { return times(**self, 2); }, constant(1));
  *self = times(hole, 3);
  Play play(hole);
  CHECK(play.rounds.root().failure->what ==
        "the function of a hole returned a term that reads the hole");
  self->reset();
}
