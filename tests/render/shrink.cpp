// shrink.cpp - tests of pictures that are made readable, and of parts of pictures.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/render/shrink.hpp>

#include "render/pipelines.hpp"
#include "render/states.hpp"
#include <oche/render/dot.hpp>
#include <oche/render/json.hpp>

#include <catch2/catch.hpp>

#include <algorithm>

using namespace oche;
using namespace oche::tests;

namespace {

const PictureOptions everything{.open = Open::all};

/// Chains of build, test, push between one source and one end; some have another test.
AnyTerm chains(int count, int others) {
  const auto source = work("fetch", {});
  std::vector<Term<int>> ends;
  for (int i = 0; i < count; ++i) {
    const auto built =
        program("build", {"make", std::to_string(i)}, {source}, "build " + std::to_string(i));
    auto tested = program("test", {"run"}, {built}, "test " + std::to_string(i));
    if (i < others) tested = program("exec", {"audit"}, {tested}, "audit " + std::to_string(i));
    ends.push_back(program("exec", {"push"}, {tested}, "push " + std::to_string(i)));
  }
  return work("announce", {collect(ends)});
}

/// A layered graph without any structure.
AnyTerm layers(std::uint32_t seed, std::size_t depth, std::size_t width) {
  Chance chance(seed);
  std::vector<Term<int>> last = {work("first", {})};
  int number = 0;
  for (std::size_t i = 0; i < depth; ++i) {
    std::vector<Term<int>> next;
    for (std::size_t k = 0; k < width; ++k) {
      const std::string name = std::to_string(++number);
      next.push_back(program(chance.one_in(2) ? "exec" : "build", {"x", name},
                             {chance.of(last), chance.of(last)}, "n" + name));
    }
    last = std::move(next);
  }
  return work("last", {collect(last)});
}

std::size_t steps_of(const Picture& picture) {
  std::size_t sum = 0;
  for (const Box& box : picture.boxes)
    sum += box.steps > 0                                               ? box.steps
           : box.kind == BoxKind::step || box.kind == BoxKind::command ? 1u
                                                                       : 0u;
  return sum;
}

const Box* box_titled(const Picture& picture, std::string_view title, std::string_view detail) {
  for (const Box& box : picture.boxes)
    if (box.title == title && box.detail == detail) return &box;
  return nullptr;
}

}  // namespace

TEST_CASE("shrink: equal chains are one, and those that differ another", "[render][shrink]") {
  const Picture drawn = shrunk(picture(Graph(chains(256, 3)), everything));
  INFO(to_dot(drawn));
  // fetch, announce; build, test, push of 253; build, test, audit, push of 3.
  CHECK(drawn.boxes.size() == 9);
  CHECK(drawn.arrows.size() == 9);
  const Box* const build = box_titled(drawn, "build *", "253 alike");
  REQUIRE(build != nullptr);
  CHECK(build->id == "build 3 and 252 more");
  CHECK(build->steps == 253);
  CHECK(box_titled(drawn, "audit *", "3 alike") != nullptr);
  CHECK(drawn.notes == std::vector<std::string>{"773 boxes are drawn as 9: what is alike is one"});

  const Picture small = shrunk(picture(Graph(chains(256, 3)), everything), 6);
  INFO(to_dot(small));
  CHECK(small.boxes.size() <= 6);
  CHECK(box_titled(small, "build *", "253 alike, 3 differ") != nullptr);
}

TEST_CASE("shrink: never too many boxes, and no step is lost", "[render][shrink]") {
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    const Graph graph(layers(seed, 1 + seed % 40, 1 + seed * 7 % 60));
    const Picture whole = picture(graph, everything);
    for (const std::size_t most : {2u, 7u, 40u, 300u}) {
      const Picture drawn = shrunk(whole, most);
      INFO("seed " << seed << ", " << whole.boxes.size() << " boxes, " << most);
      CHECK(drawn.boxes.size() <= std::max(most, std::size_t{2}));
      CHECK(steps_of(drawn) == steps_of(whole));
      for (const Arrow& arrow : drawn.arrows) {
        REQUIRE(arrow.from < drawn.boxes.size());
        REQUIRE(arrow.to < drawn.boxes.size());
        REQUIRE(arrow.from != arrow.to);
      }
      std::set<std::string> ids;
      for (const Box& box : drawn.boxes)
        CHECK(ids.insert(box.id).second);
      if (whole.boxes.size() <= most) CHECK(drawn == whole);
      REQUIRE(picture_from_json(to_json(drawn)).is_ok());
    }
  }
}

TEST_CASE("shrink: what is red is seen among thousands", "[render][shrink]") {
  const Graph graph(layers(5, 30, 100));
  const Picture plain = picture(graph, everything);
  REQUIRE(plain.boxes.size() > 1500);
  const std::string early = plain.boxes[17].id;
  const std::string late = plain.boxes[1500].id;
  const Snapshot snapshot =
      snapshot_of(graph, State::ok, {{early, State::failed}, {late, State::failed}});
  const Picture drawn = shrunk(picture(graph, everything, &snapshot));
  CHECK(drawn.boxes.size() <= 300);
  std::size_t failed = 0;
  for (const Box& box : drawn.boxes) {
    if (!box.state || box.state->state != State::failed) continue;
    ++failed;
    CHECK((box.id == early || box.id == late));
  }
  CHECK(failed == 2);
  const Picture red = only_red(picture(graph, everything, &snapshot));
  CHECK(red.boxes.size() == 2);
}

TEST_CASE("shrink: only red and what it blocks", "[render][shrink]") {
  const Graph graph(gated_deploy());
  const Snapshot snapshot =
      snapshot_of(graph, State::ok, {{"test", State::failed}, {"deploy", State::blocked}});
  const Picture red = only_red(picture(graph, {}, &snapshot));
  REQUIRE(red.boxes.size() == 2);
  CHECK(red.boxes[0].id == "test");
  CHECK(red.boxes[1].id == "deploy");
  CHECK(red.notes == std::vector<std::string>{"4 boxes are not shown"});
  CHECK(only_red(picture(graph)).boxes.empty());
}

TEST_CASE("shrink: the neighbourhood is what so many arrows reach", "[render][shrink]") {
  const Picture whole = picture(Graph(layers(9, 12, 8)), everything);
  const std::string middle = whole.boxes[whole.boxes.size() / 2].id;
  for (std::size_t distance = 0; distance < 5; ++distance) {
    std::set<std::string> forward{middle};
    std::set<std::string> backward{middle};
    for (std::size_t i = 0; i < distance; ++i) {
      const std::set<std::string> ahead = forward;
      const std::set<std::string> behind = backward;
      for (const Arrow& arrow : whole.arrows) {
        const std::string& from = whole.boxes[arrow.from].id;
        const std::string& to = whole.boxes[arrow.to].id;
        if (ahead.contains(from)) forward.insert(to);
        if (behind.contains(to)) backward.insert(from);
      }
    }
    forward.merge(backward);
    std::set<std::string> shown;
    const Picture part = neighbourhood(whole, {middle}, distance);
    for (const Box& box : part.boxes)
      shown.insert(box.id);
    CHECK(shown == forward);
  }
  CHECK(neighbourhood(whole, {"nothing"}, 3).boxes.empty());
  const Picture grouped = picture(Graph(platforms()), everything);
  CHECK(neighbourhood(grouped, {"compilers/platforms"}, 0).boxes.size() == 3);
}

TEST_CASE("shrink: the longest path is marked, in closed groups too", "[render][shrink]") {
  Picture drawn = picture(Graph(gated_deploy()));
  CHECK(mark_critical(drawn, {"fetch", "build", "deploy"}) == 3);
  const std::string dot = to_dot(drawn);
  CHECK(dot.find("penwidth=3") != dot.npos);
  CHECK(dot.find("on the longest path") != dot.npos);
  const Result<Picture> read = picture_from_json(to_json(drawn));
  REQUIRE(read.is_ok());
  CHECK(read.value() == drawn);
  Picture closed = picture(Graph(platforms()), {.open = Open::none});
  CHECK(mark_critical(closed, {"compilers/platforms/*/build"}) == 1);
}
