// dot.cpp - tests of DOT: quoting of anything, goldens, SVG.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/render/dot.hpp>

#include "render/pipelines.hpp"
#include "render/states.hpp"
#include "support/dot_structure.hpp"
#include "support/golden.hpp"
#include <oche/render/svg.hpp>

#include <catch2/catch.hpp>

#include <random>
#include <thread>

using namespace oche;
using namespace oche::tests;

namespace {

/// What Graphviz shows of an attribute's value.
std::string shown(const std::string& value) {
  std::string result;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '\\' || i + 1 == value.size()) {
      result += value[i];
      continue;
    }
    ++i;
    result += value[i] == 'n' ? '\n' : value[i];
  }
  return result;
}

std::string unescaped_html(std::string text) {
  for (const auto& [entity, plain] :
       {std::pair("<br/>", "\n"), std::pair("&lt;", "<"), std::pair("&gt;", ">"),
        std::pair("&quot;", "\""), std::pair("&amp;", "&")})
    for (std::size_t at = text.find(entity); at != text.npos; at = text.find(entity, at + 1))
      text.replace(at, std::string_view(entity).size(), plain);
  return text;
}

Picture one_box(const std::string& title) {
  Picture drawn;
  Box box;
  box.id = "box";
  box.title = title;
  drawn.boxes.push_back(box);
  return drawn;
}

/// The title of the only box, as cgraph reads it back.
std::string read_back(const std::string& title) {
  const DotStructure structure = dot_structure(to_dot(one_box(title)));
  REQUIRE(structure.nodes.size() == 1);
  const std::string label = structure.nodes.begin()->second.at("label");
  return label.starts_with("&lt;") ? unescaped_html(label) : shown(label);
}

}  // namespace

TEST_CASE("dot: any text comes back as it was", "[render]") {
  for (const std::string& title :
       {std::string("a \"quoted\" word"), std::string("back\\slash \\N \\G \\n \\\\"),
        std::string("ends in \\"), std::string("ends in \\\""), std::string("two\nlines\n"),
        std::string("<b>not bold</b>"), std::string("<"), std::string("<<<>>"),
        std::string("grüße, 世界 🎉"), std::string("a; b -> c [x=1] {} | // # /* */"),
        std::string("digraph"), std::string("&amp; & &lt;"), std::string("-3.14"),
        std::string("%s %n ${HOME}"), std::string("'single'")}) {
    INFO(title);
    CHECK(read_back(title) == title);
  }
}

TEST_CASE("dot: what is no text is made visible", "[render]") {
  CHECK(read_back(std::string("nul\0byte", 8)) == "nul␀byte");
  CHECK(read_back("tab\tbell\a") == "tab␉bell␇");
  CHECK(read_back("\xff\xfe") == "\xef\xbf\xbd\xef\xbf\xbd");
  CHECK(read_back("\xc3") == "\xef\xbf\xbd");
}

TEST_CASE("dot: a label of 10 kB is cut in the box and whole in its tip", "[render]") {
  std::string title;
  while (title.size() < 10'000)
    title += "word \"" + std::to_string(title.size()) + "\\ ";
  const DotStructure structure = dot_structure(to_dot(one_box(title)));
  CHECK(shown(structure.nodes.at("box").at("tooltip")).find(title) != std::string::npos);
  CHECK(structure.nodes.at("box").at("label").size() < 500);
}

TEST_CASE("dot: random texts everywhere come back as they were", "[render]") {
  std::mt19937 chance(7);
  static const std::string pieces[] = {"\"",  "\\", "\n", "<", ">", "&", "b", "</b>", "ü",
                                       "\\n", "->", ";",  "{", "}", "[", "]", " ",    "\\\""};
  const auto text = [&] {
    std::string result;
    for (std::size_t i = chance() % 12; i > 0; --i)
      result += pieces[chance() % std::size(pieces)];
    return result + "x";
  };
  for (int i = 0; i < 500; ++i) {
    Picture drawn;
    drawn.title = text();
    drawn.frames.push_back({.id = text(), .title = text()});
    for (int box = 0; box < 3; ++box) {
      Box made;
      made.id = text() + std::to_string(box);
      made.title = text();
      if (chance() % 2 == 0) made.detail = text();
      made.frame = static_cast<std::uint32_t>(chance() % 2);
      drawn.boxes.push_back(made);
    }
    drawn.arrows = {{0, 1, Edge::control, text()}, {1, 2, Edge::data, {}}};
    const std::string dot = to_dot(drawn);
    const DotStructure structure = dot_structure(dot);
    INFO(dot);
    REQUIRE(structure.nodes.size() == 3);
    REQUIRE(structure.edges.size() == 2);
    REQUIRE(structure.clusters.size() <= 1);
    for (const Box& box : drawn.boxes) {
      std::string id;
      for (const char c : box.id)
        id += c == '\\' ? "\\\\" : c == '\n' ? "\\n" : std::string(1, c);
      REQUIRE(structure.nodes.contains(id));
      const std::string label = structure.nodes.at(id).at("label");
      if (!box.detail.empty()) {
        const std::size_t small = label.find("<br/><font");
        REQUIRE(small != label.npos);
        REQUIRE(unescaped_html(label.substr(0, small)) == box.title);
      } else if (box.title.starts_with('<')) {
        REQUIRE(unescaped_html(label) == box.title);
      } else {
        REQUIRE(shown(label) == box.title);
      }
    }
  }
}

TEST_CASE("dot: the same picture gives the same text", "[render]") {
  const Graph graph(platforms());
  CHECK(to_dot(graph) == to_dot(Graph(platforms())));
  CHECK(to_dot(picture(graph), {.direction = Direction::down}).find("rankdir=TB") !=
        std::string::npos);
}

TEST_CASE("dot: links and tips lead to the source line", "[render]") {
  const Graph graph(gated_deploy());
  const DotStructure structure = dot_structure(
      to_dot(picture(graph), {.link = "https://example.org/{path}?at={file}#L{line}"}));
  const auto& deploy = structure.nodes.at("deploy");
  CHECK(deploy.at("tooltip").starts_with("\\N\\npipelines.hpp:"));
  CHECK(deploy.at("URL").starts_with("https://example.org/deploy?at="));
  CHECK(deploy.at("URL").find("pipelines.hpp#L") != std::string::npos);
  const DotStructure none = dot_structure(to_dot(picture(graph), {.tooltips = false}));
  CHECK_FALSE(none.nodes.at("deploy").contains("tooltip"));
}

TEST_CASE("dot: goldens", "[render][golden]") {
  const auto check = [](const std::string& name, const Graph& graph, const PictureOptions& options,
                        const Snapshot* snapshot = nullptr) {
    const std::string dot = to_dot(picture(graph, options, snapshot), {.tooltips = false});
    CHECK(golden("render/goldens/" + name + ".dot", dot, dot_structure));
  };
  const Graph deploy(gated_deploy());
  check("gated_deploy.1-planned", deploy, {});
  const Snapshot testing = snapshot_of(
      deploy, State::blocked,
      {{"main", State::ok}, {"fetch", State::ok}, {"build", State::ok}, {"test", State::running}});
  check("gated_deploy.2-testing", deploy, {}, &testing);
  const Snapshot red = snapshot_of(
      deploy, State::blocked,
      {{"main", State::ok}, {"fetch", State::ok}, {"build", State::ok}, {"test", State::failed}});
  check("gated_deploy.3-deploy_blocked", deploy, {}, &red);
  check("calculator.1-planned", Graph(calculator()), {});
  check("platforms.1-planned", Graph(platforms()), {});
  check("platforms.2-closed", Graph(platforms()), {.open = Open::none});
  check("groups.1-open", Graph(groups()), {});
  check("many_to_many.1-planned", Graph(many_to_many(4, 3, false)), {});
}

TEST_CASE("svg: is laid out, and well-formed where labels are not", "[render]") {
  const std::string svg = to_svg(Graph(calculator()));
  CHECK(svg.find("<svg") != std::string::npos);
  CHECK(svg.find("</svg>") != std::string::npos);
  CHECK(svg.find(">publish<") != std::string::npos);
  Picture odd = one_box("<b>&\"\\N\n]]>");
  odd.boxes[0].detail = "<script>alert(1)</script>";
  const std::string strange = to_svg(odd);
  CHECK(strange.find("<script>") == std::string::npos);
  CHECK(strange.find("&lt;script&gt;") != std::string::npos);
}

TEST_CASE("svg: too large a picture is refused with what to do", "[render]") {
  Picture large;
  for (int i = 0; i < 3001; ++i) {
    Box box;
    box.id = box.title = std::to_string(i);
    large.boxes.push_back(box);
  }
  try {
    (void)to_svg(large);
    FAIL("accepted");
  } catch (const Error& error) {
    CHECK(std::string(error.what()) == "a picture of 3001 boxes is too large to be laid out");
    CHECK(error.failure().hint == "close groups, or draw a part; --format dot has no limit");
  }
}

TEST_CASE("dot: several threads may draw", "[render]") {
  const Graph graph(calculator());
  const std::string expected = to_dot(graph);
  std::vector<std::string> seen(4);
  std::vector<std::thread> threads;
  for (std::string& one : seen)
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i)
        one = to_dot(graph);
    });
  for (std::thread& thread : threads)
    thread.join();
  for (const std::string& one : seen)
    CHECK(one == expected);
}
