// picture.cpp - tests of what is drawn: joins, plumbing, groups, templates, states.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/render/picture.hpp>

#include "render/pipelines.hpp"
#include "render/states.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <set>

using namespace oche;
using namespace oche::tests;

namespace {

const Box& box_of(const Picture& picture, std::string_view id) {
  for (const Box& box : picture.boxes)
    if (box.id == id) return box;
  FAIL("no box " << id);
  throw std::runtime_error("unreachable");
}

std::multiset<std::string> arrows_of(const Picture& picture) {
  static constexpr std::string_view lines[] = {" -> ", " .> ", " ~> "};
  std::multiset<std::string> result;
  for (const Arrow& arrow : picture.arrows)
    result.insert(
        picture.boxes[arrow.from].id + std::string(lines[static_cast<std::size_t>(arrow.kind)]) +
        picture.boxes[arrow.to].id + (arrow.label.empty() ? "" : " [" + arrow.label + "]"));
  return result;
}

std::size_t count(const Picture& picture, BoxKind kind) {
  return static_cast<std::size_t>(std::count_if(picture.boxes.begin(), picture.boxes.end(),
                                                [&](const Box& box) { return box.kind == kind; }));
}

using Arrows = std::multiset<std::string>;

}  // namespace

TEST_CASE("picture: a gated deploy", "[render]") {
  const Picture drawn = picture(Graph(gated_deploy()));
  CHECK(arrows_of(drawn) == Arrows{"main -> fetch", "fetch -> build", "build -> test",
                                   "build -> deploy/gate", "test .> deploy/gate",
                                   "deploy/gate -> deploy"});
  CHECK(box_of(drawn, "main").kind == BoxKind::input);
  CHECK(box_of(drawn, "deploy/gate").kind == BoxKind::gate);
  CHECK(box_of(drawn, "deploy").lines.size() == 1);
  CHECK(drawn.notes.empty());
  CHECK_FALSE(drawn.has_states);
}

TEST_CASE("picture: 50 tests before 50 deploys are 100 arrows and one join", "[render]") {
  SECTION("one image: the gate is the join") {
    const Picture drawn = picture(Graph(many_to_many(50, 50, true)));
    CHECK(count(drawn, BoxKind::gate) == 1);
    CHECK(count(drawn, BoxKind::join) == 0);
    // 50 into the gate and 50 out of it; 50 from the build to its tests, one to the gate.
    CHECK(drawn.arrows.size() == 151);
  }
  SECTION("fifty images: fifty gates wait for one join") {
    const Picture drawn = picture(Graph(many_to_many(50, 50, false)));
    CHECK(count(drawn, BoxKind::gate) == 50);
    REQUIRE(count(drawn, BoxKind::join) == 1);
    std::size_t into = 0;
    std::size_t out = 0;
    for (const Arrow& arrow : drawn.arrows) {
      into += drawn.boxes[arrow.to].kind == BoxKind::join ? 1u : 0u;
      out += drawn.boxes[arrow.from].kind == BoxKind::join ? 1u : 0u;
    }
    CHECK(into == 50);
    CHECK(out == 50);
  }
  SECTION("the same controls, written out for each gate") {
    std::vector<Term<int>> tests;
    for (int i = 0; i < 5; ++i)
      tests.push_back(work("test", {constant(i)}));
    std::vector<Term<int>> deploys;
    for (int i = 0; i < 5; ++i)
      deploys.push_back(
          work("deploy", {gate(work("pack", {constant(10 + i)}),
                               on(tests[0], tests[1], tests[2], tests[3], tests[4]))}));
    const Picture drawn = picture(Graph(all(deploys)));
    CHECK(count(drawn, BoxKind::join) == 1);
    CHECK(drawn.arrows.size() == 5 + 5 + 5 + 5);  // controls, join, packs, deploys
  }
}

TEST_CASE("picture: plumbing becomes arrows, and keeps what it means", "[render]") {
  const auto identity = [](int x) { return x; };
  const auto a = work("a", {});
  const auto b = work("b", {});
  SECTION("functions, tuples and unlabelled constants") {
    const auto sum = [](int x, int y) { return x + y; };
    const Picture drawn = picture(
        Graph(work("c", {map(identity, map(identity, a)), map(sum, b, constant(3)), zip(a, b)})));
    CHECK(arrows_of(drawn) == Arrows{"a -> c", "b -> c"});
  }
  SECTION("a control stays one through plumbing, and data wins") {
    const Picture drawn = picture(Graph(work("d", {work("c", {all(a, b)}), map(identity, a)})));
    CHECK(arrows_of(drawn) == Arrows{"a .> c", "b .> c", "c -> d"});
    const Picture both = picture(Graph(work("c", {all(a, b), a})));
    CHECK(arrows_of(both) == Arrows{"a -> c", "b .> c"});
  }
  SECTION("what happens otherwise is said on the arrow") {
    const Picture drawn = picture(Graph(work("c", {or_else(a, b), advisory(work("odd", {}))})));
    CHECK(arrows_of(drawn) == Arrows{"a -> c", "b -> c [else]", "odd .> c [advisory]"});
  }
  SECTION("a condition is a box") {
    const Var<bool> is_main{"is main", true};
    const Picture drawn = picture(Graph(work("push", {only_if(is_main.term(), a, "not on main")})));
    CHECK(arrows_of(drawn) ==
          Arrows{"is main .> not on main", "a -> not on main", "not on main -> push"});
    CHECK(box_of(drawn, "not on main").detail == "else skipped: not on main");
  }
  SECTION("many values for many readers are a join") {
    const auto both = collect({a, b, work("c", {})});
    std::vector<Term<int>> readers;
    for (int i = 0; i < 4; ++i)
      readers.push_back(work("read", {both, constant(i)}));
    const Picture drawn = picture(Graph(all(readers)));
    CHECK(count(drawn, BoxKind::join) == 1);
    CHECK(drawn.arrows.size() == 3 + 4);
  }
}

TEST_CASE("picture: arrows that follow from others are left out", "[render]") {
  const auto a = work("a", {});
  const auto b = work("b", {a});
  const auto c = work("c", {a, b});
  const Graph graph(work("d", {gate(a, on(c)), b}));
  CHECK(arrows_of(picture(graph)) ==
        Arrows{"a -> b", "b -> c", "a -> d/gate", "c .> d/gate", "d/gate -> d"});
  CHECK(picture(graph, {.show_implied = true}).arrows.size() == 7);
}

TEST_CASE("picture: contexts point at what enters them only", "[render]") {
  const Picture drawn = picture(Graph(groups()));
  const Arrows arrows = arrows_of(drawn);
  CHECK(arrows.contains("linux/checks/unit tests ~> deploy/stage"));
  CHECK(arrows.contains("linux/checks/system tests ~> deploy/stage"));
  CHECK(std::count_if(drawn.arrows.begin(), drawn.arrows.end(),
                      [](const Arrow& arrow) { return arrow.kind == Edge::context; }) == 2);
}

TEST_CASE("picture: groups close and open", "[render]") {
  const Graph graph(groups());
  const auto ids = [&](const PictureOptions& options) {
    std::set<std::string> result;
    for (const Box& box : picture(graph, options).boxes)
      result.insert(box.id);
    return result;
  };
  using Ids = std::set<std::string>;
  CHECK(ids({.open = Open::none}) == Ids{"fetch", "linux", "deploy"});
  CHECK(ids({.open = Open::none, .expanded = {"linux/checks"}}) ==
        Ids{"fetch", "linux/build", "linux/checks/unit tests", "linux/checks/system tests",
            "deploy"});
  CHECK(ids({.collapsed = {"linux/checks"}}) == Ids{"fetch", "linux/build", "linux/checks",
                                                    "deploy/stage", "deploy/release manager",
                                                    "deploy/live"});
  CHECK(ids({.most_depth = 1}).contains("linux/checks"));
  CHECK(ids({.most_boxes = 3}) == Ids{"fetch", "linux", "deploy"});
  const Picture closed = picture(graph, {.open = Open::none});
  CHECK(box_of(closed, "linux").steps == 3);
  CHECK(arrows_of(closed) == Arrows{"fetch -> linux", "linux ~> deploy"});
}

TEST_CASE("picture: a thousand groups are not opened by themselves", "[render]") {
  std::vector<Term<int>> ends;
  for (int i = 0; i < 1000; ++i)
    ends.push_back(section("group " + std::to_string(i),
                           [&] { return work("test", {work("build", {constant(i)})}); }));
  const Picture drawn = picture(Graph(all(ends)));
  CHECK(drawn.boxes.size() == 1000);
  CHECK(drawn.notes ==
        std::vector<std::string>{"1000 groups are closed; open one with --expand PATH"});
}

TEST_CASE("picture: templates are drawn once, closed, or item by item", "[render]") {
  const Graph graph(platforms());
  REQUIRE(graph.templates().size() == 3);
  Snapshot snapshot = snapshot_of(graph, State::ok, {});
  std::vector<ItemView> items;
  for (const auto& [name, state] :
       {std::pair("debian", State::ok), std::pair("alpine", State::failed)}) {
    ItemView item = item_of(graph, 1, name, state);
    ItemView inner = item_of(graph, 2, "x", State::running);
    inner.path = item.path + "/variants/x";
    item.lists.push_back({graph.templates()[2].expand, {inner}});
    items.push_back(std::move(item));
  }
  snapshot.lists.push_back({graph.templates()[1].expand, items});

  const Picture planned = picture(graph);
  CHECK(box_of(planned, "compilers/platforms/*/build").each);
  CHECK(arrows_of(planned).contains("platforms -> compilers/platforms/*/build"));
  CHECK(arrows_of(planned).contains("compilers/platforms/*/report -> plan"));

  const Picture counted = picture(graph, {}, &snapshot);
  const Box& build = box_of(counted, "compilers/platforms/*/build");
  CHECK(build.counts[static_cast<std::size_t>(State::ok)] == 1);
  CHECK(build.counts[static_cast<std::size_t>(State::failed)] == 1);
  CHECK(build.state->state == State::failed);
  CHECK(counted.frames[2].items == std::optional<std::uint32_t>(2));
  CHECK(counted.frames[1].counts[static_cast<std::size_t>(State::running)] == 2);

  const Picture closed = picture(graph, {.collapsed = {"compilers/platforms/*"}}, &snapshot);
  const Box& list = box_of(closed, "compilers/platforms/*");
  CHECK(list.kind == BoxKind::list);
  CHECK(list.detail == "× 2");
  CHECK(list.steps == 3);
  CHECK(list.state->state == State::failed);

  const Picture opened = picture(graph, {.expanded = {"compilers/platforms"}}, &snapshot);
  CHECK(box_of(opened, "compilers/platforms/debian/build").state->state == State::ok);
  CHECK(box_of(opened, "compilers/platforms/alpine/build").state->state == State::failed);
  CHECK(box_of(opened, "compilers/platforms/debian/variants/*/test").each);
  CHECK_FALSE(box_of(opened, "compilers/platforms/debian/build").each);
  CHECK(arrows_of(opened).contains("compilers/platforms/alpine/report -> plan"));
  CHECK(arrows_of(opened).contains("fetch -> compilers/platforms/alpine/build"));

  const Picture all_open = picture(
      graph, {.expanded = {"compilers/platforms", "compilers/platforms/*/variants"}}, &snapshot);
  CHECK(box_of(all_open, "compilers/platforms/debian/variants/x/test").state->state ==
        State::running);
}

TEST_CASE("picture: every id is there once, and arrows lead forward", "[render]") {
  for (const AnyTerm& term : {gated_deploy(), calculator(), platforms(), groups(),
                              many_to_many(6, 5, true), many_to_many(6, 5, false)})
    for (const Open open : {Open::all, Open::automatic}) {
      const Picture drawn = picture(Graph(term), {.open = open});
      std::set<std::string> ids;
      for (const Box& box : drawn.boxes)
        CHECK(ids.insert(box.id).second);
      for (const Arrow& arrow : drawn.arrows)
        CHECK(arrow.from < arrow.to);
    }
}

TEST_CASE("picture: a long chain in which all read the first is drawn in bounded time",
          "[render]") {
  const Var<int> head{"head", 0};
  Term<int> last = work("step", {head.term()});
  for (int i = 0; i < 15'000; ++i)
    last = work("step", {last, head.term(), constant(i)});
  const Picture drawn = picture(Graph(last));
  CHECK(drawn.boxes.size() == 15'002);
  CHECK(drawn.notes.size() == 1);
}

TEST_CASE("picture: a million nodes", "[render]") {
  Term<int> last = constant(0);
  for (int i = 0; i < 1'000'000; ++i)
    last = map([](int x) { return x; }, last);
  const Picture drawn = picture(Graph(work("end", {last, work("start", {})})));
  CHECK(drawn.boxes.size() == 2);
  CHECK(drawn.arrows.size() == 1);
}
