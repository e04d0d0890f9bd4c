// views.cpp - paths of cells, and snapshots.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/script.hpp"

#include <catch2/catch.hpp>

using namespace oche;
using namespace oche::tests;

namespace {

using Texts = std::vector<std::string>;

struct Row {
  std::string title;
  int number = 0;
  [[nodiscard]] std::string item_name() const { return title; }
};

Term<int> length(const Term<std::string>& text) {
  return map([](const std::string& s) { return static_cast<int>(s.size()); }, text);
}

}  // namespace
BOOST_HANA_ADAPT_STRUCT(Row, title, number);

TEST_CASE("paths: an item's star is its name, in lists of lists too", "[engine][rounds][paths]") {
  Var<std::vector<Texts>> rows{"rows", {{"a", "b"}, {"c"}}};
  Play play(list_map(rows.term(), [](const Term<Texts>& row) {
    return list_map(row, [](const Term<std::string>& x) { return work("build", {length(x)}); });
  }));
  for (const CellId cell : play.rounds.live()) {
    const std::string path = play.rounds.path_of(cell);
    CHECK(play.rounds.cell_of(path) == cell);
  }
  CHECK(play.rounds.steps().size() == 3);
  CHECK_FALSE(play.rounds.cell_of("rows/none/build"));
}

TEST_CASE("paths: item_name, short text, digest; a clash is resolved by digest",
          "[engine][rounds][paths]") {
  Var<std::vector<Row>> rows{"rows", {{"one", 1}, {"two", 2}, {"two", 3}}};
  Play named(list_map(rows.term(), [](const Term<Row>& row) {
    return work("build", {map([](const Row& r) { return r.number; }, row)});
  }));
  CHECK(named.at("rows/one/build") == "ready @rows/one/build");
  Strings paths;
  for (const CellId cell : named.rounds.steps())
    paths.push_back(named.rounds.path_of(cell));
  REQUIRE(paths.size() == 3);
  CHECK(paths[1].starts_with("rows/two~"));
  CHECK(paths[2].starts_with("rows/two~"));
  CHECK(paths[1] != paths[2]);
  rows.set({{"two", 3}, {"two", 2}, {"one", 1}});
  named.next();
  Strings again;
  for (const CellId cell : named.rounds.steps())
    again.push_back(named.rounds.path_of(cell));
  CHECK(again == Strings{paths[2], paths[1], paths[0]});  // reordering moves no path
  rows.set({{"two", 3}});
  named.next();
  CHECK(named.at("rows/two/build") == "ready @rows/two/build");

  Var<Texts> texts{"texts", {"short", std::string(100, 'x'), "a/b"}};
  Play plain(list_map(texts.term(),
                      [](const Term<std::string>& x) { return work("build", {length(x)}); }));
  paths.clear();
  for (const CellId cell : plain.rounds.steps())
    paths.push_back(plain.rounds.path_of(cell));
  CHECK(paths[0] == "texts/short/build");
  CHECK(paths[1].size() == std::string("texts//build").size() + 12);
  CHECK(paths[2] == "texts/a-b/build");
}

TEST_CASE("snapshot: own states, blocked ones with their origin, sums of templates",
          "[engine][rounds][snapshot]") {
  Var<std::vector<int>> list{"numbers", {1, 2, 3}};
  const Term<int> bad = work("bad", {});
  Play play(all(bad, work("after", {bad}),
                list_map(list.term(), [](const Term<int>& x) { return work("build", {x}); })));
  play.script.tell("bad()", fails("no"));
  play.script.tell("build(1)", ok(1));
  play.tell("build(2)", active(Phase::running));
  const Snapshot seen = play.rounds.snapshot();
  const auto view = [&](std::string_view path) { return seen.nodes[*play.graph.find(path)]; };
  CHECK(view("bad").state == State::failed);
  CHECK(view("bad").text == "no");
  CHECK(view("after").state == State::blocked);
  CHECK(view("after").origin == *play.graph.find("bad"));
  CHECK(view("numbers/*/build").state == State::running);
  REQUIRE(seen.lists.size() == 1);
  REQUIRE(seen.lists[0].second.size() == 3);
  CHECK(seen.lists[0].second[1].name == "2");
  CHECK(seen.lists[0].second[1].path == "numbers/2");
  CHECK(seen.counts[static_cast<std::size_t>(State::ok)] == 1);
  CHECK(seen.counts[static_cast<std::size_t>(State::running)] == 1);
  CHECK(seen.counts[static_cast<std::size_t>(State::ready)] == 1);
  CHECK(seen.counts[static_cast<std::size_t>(State::failed)] == 1);
  CHECK(seen.counts[static_cast<std::size_t>(State::blocked)] == 1);
  CHECK(play.rounds.activity()[static_cast<std::size_t>(Phase::running)] == 1);
  play.script.input_is("numbers", fails("offline"));
  play.next();
  const Snapshot later = play.rounds.snapshot();
  CHECK(later.nodes[*play.graph.find("numbers/*/build")].stale);
  std::size_t decorated = 0;
  (void)play.rounds.snapshot([&](CellId, NodeView& one) { decorated += one.reused = true; });
  CHECK(decorated > 5);
}

TEST_CASE("snapshot: counts of a group", "[engine][rounds][snapshot]") {
  Play play(all(work("outside", {}), section("inside", [] {
                  return dynamic(
                      "hole", [](int n) { return work("built", {constant(n)}); }, work("in", {}));
                })));
  play.tell("in()", ok(1));
  GroupId inside = 0;
  for (GroupId i = 0; i < play.graph.groups().size(); ++i)
    if (play.graph.groups()[i].name == "inside") inside = i;
  const auto& counts = play.rounds.counts(inside);
  CHECK(counts[static_cast<std::size_t>(State::ok)] == 1);
  CHECK(counts[static_cast<std::size_t>(State::ready)] == 1);
  CHECK(play.rounds.counts(0)[static_cast<std::size_t>(State::ready)] == 1);
}
