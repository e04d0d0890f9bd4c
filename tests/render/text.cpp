// text.cpp - tests of the terminal's picture and of Mermaid.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/render/text.hpp>

#include "base/text.hpp"
#include "render/pipelines.hpp"
#include "render/states.hpp"
#include <oche/render/mermaid.hpp>

#include <catch2/catch.hpp>

#include <sstream>

using namespace oche;
using namespace oche::tests;

TEST_CASE("text: the calculator", "[render]") {
  CHECK(to_text(Graph(calculator())) == R"(◆ calculator.git main
└─● fetch
  ├─● lint    flake8 .
  ├─● tests   test: python3 -m pytest --junitxml=junit.xml --cov…
  │ └─ƒ coverage
  └─● wheel   build: python3 setup.py -q bdist_wheel
    └─◎ gate  after lint, tests
      └─● publish

◆ input  ● step  ƒ function  ◎ gate: what follows waits for all of its controls
)");
}

TEST_CASE("text: groups, templates, holes, approvals", "[render]") {
  CHECK(to_text(Graph(platforms()), {.marks_explained = false}) == R"(◆ platforms
◆ variants
● fetch
├─▣ compilers
│ └─≡ platforms     for each
│   └─● build       with platforms, fetch
│     ├─≡ variants  for each
│     │ └─● test    with build, variants
│     └─● report    after variants/*/test
└─● plan            with compilers/platforms/*/report
  └─◌ release       known later
    └─☐ ship it     approval
)");
}

TEST_CASE("text: states have a mark and a word, and colours only when asked", "[render]") {
  const Graph graph(gated_deploy());
  const Snapshot snapshot =
      snapshot_of(graph, State::ok, {{"test", State::failed}, {"deploy", State::blocked}});
  const Picture drawn = picture(graph, {.title = "deploy"}, &snapshot);
  CHECK(to_text(drawn) == R"(deploy

✔ main              ok
└─✔ fetch           ok
  └─✔ build         ok
    └─✗ test        failed: exit status 1
      └╌✔ gate      with build  after test
        └─▪ deploy  blocked
)");
  const std::string coloured = to_text(drawn, {.style = TextStyle::coloured});
  CHECK(coloured.find("\x1b[31m✗\x1b[0m") != std::string::npos);
  CHECK(to_text(drawn).find('\x1b') == std::string::npos);
}

TEST_CASE("text: lines are cut where the terminal ends", "[render]") {
  const std::string text =
      to_text(picture(Graph(calculator())), {.width = 40, .marks_explained = false});
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    CHECK(detail::display_width(line) <= 40);
}

TEST_CASE("text: many sources are counted, deep chains are not indented for ever", "[render]") {
  const std::string many = to_text(picture(Graph(many_to_many(50, 2, true))));
  CHECK(many.find("after test 0, test 1, test 2, test 3, test 4 and 45 more") != std::string::npos);
  Term<int> last = work("first", {});
  for (int i = 0; i < 20'000; ++i)
    last = work("next", {last, constant(i)});
  const std::string deep = to_text(Graph(last), {.marks_explained = false});
  CHECK(deep.size() < 20'001 * 120);
}

TEST_CASE("text: control characters of labels do not reach the terminal", "[render]") {
  const std::string text = to_text(Graph(constant(1, "red\x1b[31m\r\n\xff")));
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find('\r') == std::string::npos);
}

TEST_CASE("mermaid: shapes, groups, arrows, states, links", "[render]") {
  const Graph graph(gated_deploy());
  const Snapshot snapshot = snapshot_of(graph, State::ok, {{"test", State::failed}});
  const std::string text =
      to_mermaid(picture(graph, {.title = "a: \"b\""}, &snapshot), {.link = "/{path}"});
  CHECK(text.starts_with("---\ntitle: \"a: \\\"b\\\"\"\n---\nflowchart LR\n"));
  CHECK(text.find("n0[/\"main<br/><small>✔ ok</small>\"/]:::is_ok\n") != std::string::npos);
  CHECK(text.find("<small>✗ failed: exit status 1</small>\"):::is_failed") != std::string::npos);
  CHECK(text.find("n3 -.-> n4\n") != std::string::npos);
  CHECK(text.find("click n0 href \"/main\"\n") != std::string::npos);
  CHECK(text.find("classDef is_failed fill:#ff4500") != std::string::npos);
  const std::string grouped = to_mermaid(Graph(groups()));
  CHECK(grouped.find("  subgraph g1[\"linux\"]\n") != std::string::npos);
  std::size_t opened = 0;
  std::size_t closed = 0;
  std::istringstream lines(grouped);
  for (std::string line; std::getline(lines, line);) {
    opened += line.find("subgraph ") != line.npos ? 1u : 0u;
    closed += line.ends_with("end") ? 1u : 0u;
  }
  CHECK(opened == closed);
  CHECK(opened == 3);
}

TEST_CASE("mermaid: no label can end its quotes or be taken for formatting", "[render]") {
  const std::string text =
      to_mermaid(Graph(constant(1, "1. a\"]; click <b>`x`</b> #quot; \\ end\n- y")));
  CHECK(text.find("[\"#49;. a#34;#93;#59; click #60;b#62;#96;x#96;#60;/b#62; #35;quot#59; #92; end"
                  "<br/>#45; y\"]") != std::string::npos);
}
