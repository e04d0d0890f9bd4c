// trace.cpp - which nodes a change evaluates, and that depth and width cost no stack.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/script.hpp"

#include <catch2/catch.hpp>

using namespace oche;
using namespace oche::tests;

namespace {

using Ints = std::vector<int>;
int next_number(int x) { return x + 1; }
int half(int x) { return x / 2; }

}  // namespace

TEST_CASE("rounds: a change evaluates what reads it, in order, once", "[engine][rounds][trace]") {
  Var<int> a{"a", 1};
  Var<int> b{"b", 1};
  const Term<int> left = work("left", {a.term()});
  const Term<int> right = work("right", {b.term()});
  Play play(all({{"both", work("both", {left, right})}, {"left only", work("after", {left})}}));
  CHECK(play.evaluated() == Strings{"a", "left", "b", "right", "both", "left only", "all"});
  b.set(2);
  play.next();
  CHECK(play.evaluated() == Strings{"b", "right"});  // still active at the same place
  play.script.tell("left(1)", ok(1));
  play.tell("right(2)", ok(2));
  CHECK(play.evaluated() == Strings{"left", "right", "both", "left only", "all"});
  play.next();
  CHECK(play.evaluated().empty());
  CHECK(play.rounds.changed().empty());
}

TEST_CASE("rounds: a number that somebody looks at stays what it was", "[engine][rounds][trace]") {
  Var<int> a{"a", 1};
  Play play(map(next_number, map(next_number, a.term())));
  const CellOutcome seen = play.rounds.root();
  a.set(5);
  play.next();
  CHECK(seen.value.as<int>() == 3);
  CHECK(play.root() == "ok 7");
  a.set(6);
  play.next();
  CHECK(play.root() == "ok 8");
  CHECK(play.rounds.changed().size() == 3);
}

TEST_CASE("rounds: a function of a number throws, and gives one again", "[engine][rounds][trace]") {
  Var<int> a{"a", 1};
  const auto fussy = [](int x) -> int { return x == 2 ? throw std::runtime_error("two") : x; };
  Play play(map(next_number, map(fussy, a.term())));
  CHECK(play.root() == "ok 2");
  a.set(2);
  play.next();
  CHECK(play.root().starts_with("failed: two @"));
  a.set(3);
  play.next();
  CHECK(play.root() == "ok 4");
}

TEST_CASE("rounds: an equal value stops", "[engine][rounds][trace]") {
  Var<int> a{"a", 2};
  const Term<int> halved = map(half, a.term());
  Play play(work("build", {halved}));
  a.set(3);
  play.next();
  CHECK(play.evaluated() == Strings{"a", "map"});
  CHECK(play.script.said.empty());
}

TEST_CASE("rounds: an unwanted part is not evaluated", "[engine][rounds][trace]") {
  Var<int> a{"a", 1};
  const auto is_odd = [](int x) { return x % 2 == 1; };
  Var<int> on{"on", 0};
  Play play(only_if(map(is_odd, on.term()), work("build", {map(next_number, a.term())}), "off"));
  CHECK(play.evaluated() == Strings{"on", "map", "off"});
  a.set(2);
  play.next();
  CHECK(play.evaluated().empty());
  on.set(1);
  play.next();
  CHECK(play.evaluated() == Strings{"on", "map", "a", "map", "build", "off"});
  on.set(0);
  play.next();
  CHECK(play.evaluated() == Strings{"on", "map", "off"});
}

TEST_CASE("rounds: of a list only the items that came are evaluated", "[engine][rounds][trace]") {
  Var<Ints> list{"numbers", {}};
  Ints numbers;
  for (int i = 0; i < 300; ++i)
    numbers.push_back(i);
  list.set(numbers);
  Play play(list_map(list.term(), [](const Term<int>& x) { return work("build", {x}); }));
  numbers.insert(numbers.begin() + 150, 1000);
  list.set(numbers);
  play.next();
  CHECK(play.evaluated() == Strings{"numbers", "expand", "numbers/1000/build", "list_map"});
  numbers.erase(numbers.begin() + 10);
  list.set(numbers);
  CHECK(play.next() == Strings{"leave build(10)"});
  CHECK(play.evaluated() == Strings{"numbers", "expand", "list_map"});
  play.tell("build(200)", active(Phase::running));
  CHECK(play.evaluated() == Strings{"numbers/200/build"});
}

TEST_CASE("rounds: the last branch of a wide all costs what the first does",
          "[engine][rounds][trace]") {
  std::vector<Term<>> branches;
  for (int i = 0; i < 1000; ++i)
    branches.push_back(work("branch", {constant(i)}));
  Play play(all(branches));
  for (const int i : {0, 500, 999}) {
    play.tell(fmt::format("branch({})", i), fails("broken"));
    CHECK(play.evaluated() == Strings{"branch", "all"});
    CHECK(play.root() == "failed: broken @" + play.rounds.path_of(play.rounds.root().origin));
    play.tell(fmt::format("branch({})", i), ok(1));
    CHECK(play.evaluated() == Strings{"branch", "all"});
  }
}

TEST_CASE("rounds: a chain of a million maps needs no stack", "[engine][rounds][scale]") {
  Var<int> start{"start", 1};
  Term<int> last = start.term();
  constexpr int depth = 1'000'000;
  for (int i = 0; i < depth; ++i)
    last = map(next_number, last);
  Play play(last, {.trace = false});
  CHECK(play.rounds.root().value.as<int>() == depth + 1);
  start.set(5);
  play.next();
  CHECK(play.rounds.root().value.as<int>() == depth + 5);
  play.script.input_is("start", fails("offline"));
  play.next();
  CHECK(play.rounds.failures().size() == 1);
  play.rounds.want(false);
  play.next();
  CHECK(play.rounds.state(play.rounds.root_cell()) == State::not_wanted);
}

TEST_CASE("rounds: an all of a million branches needs no stack", "[engine][rounds][scale]") {
  constexpr int width = 1'000'000;
  Var<int> input{"input", 1};
  std::vector<Term<>> branches;
  branches.reserve(width);
  for (int i = 0; i < width; ++i)
    branches.push_back(map(next_number, input.term()));
  Play play(all(branches), {.trace = false});
  CHECK(play.rounds.root().status == Status::ok);
  play.script.input_is("input", fails("offline"));
  play.next();
  CHECK(play.rounds.root().failure->what == "offline");
  CHECK(play.rounds.failures().size() == 1);
  play.script.input_is("input", std::nullopt);
  play.next();
  CHECK(play.rounds.root().status == Status::ok);
}
