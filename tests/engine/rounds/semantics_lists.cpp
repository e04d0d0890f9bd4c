// semantics_lists.cpp - every row of semantics §2 about lists and options.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/script.hpp"

#include <catch2/catch.hpp>

using namespace oche;
using namespace oche::tests;

namespace rounds_tests {
struct Branch {
  std::string name;
  int commit = 0;
};
}  // namespace rounds_tests
BOOST_HANA_ADAPT_STRUCT(rounds_tests::Branch, name, commit);

namespace {

using rounds_tests::Branch;

using Ints = std::vector<int>;
Term<int> build(const Term<int>& x) { return work("build", {x}); }
Term<Ints> built(const Term<Ints>& list) { return list_map(list, build); }

}  // namespace

TEST_CASE("semantics: list_map, empty is ok and its template inert",
          "[engine][rounds][semantics]") {
  Var<Ints> list{"numbers", {}};
  Play play(built(list.term()));
  CHECK(play.root() == "ok []");
  const Snapshot seen = play.rounds.snapshot();
  for (const NodeId node : play.graph.templates()[1].nodes)
    CHECK(seen.nodes[node].state == State::not_wanted);
}

TEST_CASE("semantics: list_map, an item's failure fails the whole, other items go on",
          "[engine][rounds][semantics]") {
  Var<Ints> list{"numbers", {1, 2, 3}};
  Play play(built(list.term()));
  CHECK(play.script.said == Strings{"ask build(1)", "ask build(2)", "ask build(3)"});
  CHECK(play.root() == "ready @numbers/1/build");
  play.tell("build(2)", fails("no space"));
  CHECK(play.root() == "failed: no space @numbers/2/build");
  CHECK(play.script.asked.size() == 3);
  play.tell("build(3)", ok(30));
  CHECK(play.at("numbers/3/build") == "ok 30");
  play.tell("build(1)", fails("no time"));
  CHECK(play.root() == "failed: no time @numbers/1/build");
  CHECK(play.causes(play.rounds.root_cell()) == Strings{"numbers/1/build", "numbers/2/build"});
}

TEST_CASE("semantics: list_map, keeps order and duplicates with one instance per distinct item",
          "[engine][rounds][semantics]") {
  Var<Ints> list{"numbers", {3, 1, 3, 2}};
  Play play(built(list.term()));
  CHECK(play.script.said == Strings{"ask build(3)", "ask build(1)", "ask build(2)"});
  for (const int i : {1, 2, 3})
    play.script.tell(fmt::format("build({})", i), ok(i * 10));
  play.next();
  CHECK(play.root() == "ok [30, 10, 30, 20]");
  list.set({2, 3, 1});
  CHECK(play.next() == Strings{});  // reordering moves no instance
  CHECK(play.root() == "ok [20, 30, 10]");
  list.set({2, 2, 9, 1});
  CHECK(play.next() == Strings{"ask build(9)", "leave build(3)"});
  CHECK(play.root() == "ready @numbers/9/build");
}

TEST_CASE("semantics: list_map, by a key a changed item keeps its instance",
          "[engine][rounds][semantics]") {
  using Branches = std::vector<Branch>;
  Var<Branches> list{"branches", Branches{{"main", 1}, {"dev", 1}}};
  Play play(list_map(list.term(), by(&Branch::name), [](const Term<Branch>& branch) {
    return build(map([](const Branch& b) { return b.commit * 100 + b.name[0]; }, branch));
  }));
  const std::optional<CellId> main = play.rounds.cell_of("branches/main/build");
  REQUIRE(main);
  list.set({{"main", 2}, {"dev", 1}});
  CHECK(play.next() == Strings{"ask build(309)"});
  CHECK(play.rounds.cell_of("branches/main/build") == main);
  CHECK(play.evaluated() == Strings{"branches", "expand",
                                    "branches/main/" + play.evaluated()[2].substr(14),
                                    "branches/main/build", "list_map"});
  list.set({{"dev", 3}, {"main", 2}, {"dev", 4}});  // the first of two with one key counts
  play.next();
  CHECK(play.script.asked.size() == 2);
  CHECK(play.at("branches/dev/build") == "ready @branches/dev/build");
}

TEST_CASE("semantics: list_map, a captured term or the item itself may be the result",
          "[engine][rounds][semantics]") {
  Var<Ints> list{"numbers", {1, 2}};
  const Term<int> outside = work("outside", {});
  Play captured(list_map(list.term(), [&](const Term<int>&) { return outside; }));
  CHECK(captured.root() == "ready @outside");
  captured.tell("outside()", ok(7));
  CHECK(captured.root() == "ok [7, 7]");
  Play item(list_map(list.term(), [](const Term<int>& x) { return x; }));
  CHECK(item.root() == "ok [1, 2]");
  list.set({2, 5, 1});
  item.next();
  CHECK(item.root() == "ok [2, 5, 1]");
  captured.next();
  CHECK(captured.root() == "ok [7, 7, 7]");
  list.set({});
  captured.next();
  CHECK(captured.root() == "ok []");
  CHECK(captured.script.asked.empty());  // no item, so nobody asks for it
}

TEST_CASE("semantics: list_iter, as all: skipped is success, equal failures are told once",
          "[engine][rounds][semantics]") {
  Var<Ints> list{"numbers", {1, 2, 3}};
  const auto odd = [](int x) { return x % 2 == 1; };
  Play play(list_iter(list.term(),
                      [&](const Term<int>& x) { return only_if(map(odd, x), build(x), "even"); }));
  CHECK(play.root() == "ready @numbers/1/build");
  play.script.tell("build(3)", fails("no space"));
  play.tell("build(1)", fails("no space"));
  CHECK(play.root() == "failed: 1, 3 failed: no space @numbers/1/build");
  play.tell("build(1)", ok(1));
  play.tell("build(3)", ok(3));
  CHECK(play.root() == "ok ()");
  list.set({2});
  play.next();
  CHECK(play.root() == "skipped: even @numbers/2/even");
  list.set({});
  play.next();
  CHECK(play.root() == "ok ()");
}

TEST_CASE("semantics: a list not ok and never known gives its state, and nothing in it runs",
          "[engine][rounds][semantics]") {
  Var<Ints> list{"numbers", {1}};
  Graph graph{built(list.term())};
  Script script;
  Rounds rounds(graph, script);
  script.rounds = &rounds;
  script.input_answers["numbers"] = fails("offline");
  rounds.want(true);
  rounds.advance();
  CHECK(rounds.root().failure->what == "offline");
  CHECK(script.asked.empty());
  const Snapshot seen = rounds.snapshot();
  for (const NodeId node : graph.templates()[1].nodes) {
    CHECK(seen.nodes[node].state == State::blocked);
    CHECK(graph.label(seen.nodes[node].origin) == "numbers");
  }
}

TEST_CASE("semantics: a list not ok after being known keeps its items, stale, and starts nothing",
          "[engine][rounds][semantics]") {
  Var<Ints> list{"numbers", {1, 2}};
  Play play(list_map(list.term(), [](const Term<int>& x) { return work("test", {build(x)}); }));
  play.tell("build(1)", ok(1));
  play.script.said.clear();
  play.script.input_is("numbers", fails("offline"));
  CHECK(play.next() == Strings{});  // nothing is left
  CHECK(play.root() == "failed: offline @numbers");
  CHECK(play.at("numbers/1/build") == "stale 1");
  CHECK(play.script.held.size() == 2);  // test(1) and build(2) wait, and must not start
  // Running jobs finish; what follows from them is not started.
  play.tell("build(2)", ok(2));
  CHECK(play.script.said == Strings{"ask test(2)"});
  CHECK(play.script.held.size() == 2);
  CHECK(play.root() == "failed: offline @numbers");
  // An item leaves only when a good list lacks it.
  list.set({1});
  play.script.input_is("numbers", std::nullopt);
  CHECK(play.next() == Strings{"leave test(2)", "leave build(2)"});
  CHECK(play.script.held.empty());
  CHECK(play.at("numbers/1/build") == "ok 1");
  CHECK(play.root() == "ready @numbers/1/test");
}

TEST_CASE("semantics: a list not ok holds the lists and jobs inside its items too",
          "[engine][rounds][semantics]") {
  Var<std::vector<Ints>> list{"rows", {{1, 2}}};
  Play play(list_map(list.term(), [](const Term<Ints>& row) { return built(row); }));
  CHECK(play.script.asked.size() == 2);
  play.script.input_is("rows", active(Phase::running));
  play.next();
  CHECK(play.script.held.size() == 2);
  CHECK(play.root() == "running @rows");
  play.script.input_is("rows", std::nullopt);
  play.next();
  CHECK(play.script.held.empty());
}

TEST_CASE("semantics: a list that nobody wants is forgotten, and found again by a good one",
          "[engine][rounds][semantics]") {
  Var<Ints> list{"numbers", {1, 2}};
  Var<bool> on{"on", true};
  Play play(only_if(on.term(), built(list.term()), "off"));
  const std::optional<CellId> first = play.rounds.cell_of("numbers/1/build");
  on.set(false);
  CHECK(play.next() == Strings{"leave build(2)", "leave build(1)"});
  on.set(true);
  CHECK(play.next() == Strings{"ask build(1)", "ask build(2)"});
  CHECK(play.rounds.cell_of("numbers/1/build") == first);
  on.set(false);
  play.next();
  play.script.input_is("numbers", fails("offline"));
  on.set(true);
  CHECK(play.next() == Strings{});  // what it once was says nothing about what it is
  CHECK(play.root() == "failed: offline @numbers");
  CHECK(play.at("numbers/1/build") == "nowhere");
  play.script.input_is("numbers", std::nullopt);
  CHECK(play.next() == Strings{"ask build(1)", "ask build(2)"});
}

TEST_CASE("semantics: option_map, some to some re-keys the item only",
          "[engine][rounds][semantics]") {
  Var<std::optional<int>> option{"release", std::nullopt};
  Play play(option_map(option.term(), build));
  CHECK(play.root() == "ok none");
  option.set(4);
  CHECK(play.next() == Strings{"ask build(4)"});
  CHECK(play.root() == "ready @release/4/build");
  const CellId cell = play.rounds.root().origin;
  option.set(5);
  CHECK(play.next() == Strings{"ask build(5)"});
  CHECK(play.rounds.root().origin == cell);
  CHECK(play.root() == "ready @release/5/build");
  play.tell("build(5)", ok(50));
  CHECK(play.root() == "ok 50");
  option.set(std::nullopt);
  CHECK(play.next() == Strings{"leave build(5)"});
  CHECK(play.root() == "ok none");
}

TEST_CASE("semantics: option_map, what is remembered by paths is that of the item's own path",
          "[engine][rounds][semantics]") {
  Var<std::optional<int>> option{"release", 4};
  Var<int> number{"number", 1};
  Play play(option_map(option.term(), [&](const Term<int>&) {
    const auto sum = fold("sum", 0, [](int state, int x) { return state + x; }, number.term());
    return approve("ship it?", sum);
  }));
  number.set(2);
  CHECK(play.next() == Strings{"fold 2 -> 3"});
  play.script.approved = {"release/4/ship it?=3", "release/5/ship it?=7"};
  play.rounds.touch(*play.rounds.cell_of("release/4/ship it?"));
  play.next();
  CHECK(play.root() == "ok 3");
  option.set(5);  // another path: another sum, and nobody has agreed to it
  CHECK(play.next() == Strings{"fold 2 -> 2"});
  CHECK(play.root() == "awaiting approval @release/5/ship it?");
  option.set(4);  // as it was
  CHECK(play.next() == Strings{});
  CHECK(play.root() == "ok 3");
}

TEST_CASE("lists: an identity that throws fails the list, and its items stay",
          "[engine][rounds][semantics]") {
  Var<Ints> list{"numbers", {1, 2}};
  const auto key = [](int x) -> int {
    if (x == 13) throw std::runtime_error("unlucky");
    return x;
  };
  Play play(list_map(list.term(), by(key), build));
  list.set({1, 13});
  CHECK(play.next() == Strings{});
  CHECK(play.rounds.root().failure->what == "unlucky");
  CHECK(play.script.asked.size() == 2);
  list.set({1});
  CHECK(play.next() == Strings{"leave build(2)"});
}
