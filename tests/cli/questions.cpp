// questions.cpp - what is asked of a pipeline that has never run.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "support/sample.hpp"

#include <nlohmann/json.hpp>

using namespace oche::tests;
using nlohmann::json;

namespace {

Ended calculator(const Folder& folder, std::vector<std::string> arguments) {
  return run_program(example("calculator", std::move(arguments)), folder.path());
}

}  // namespace

TEST_CASE("query selects steps, and needs neither a state folder nor a repository", "[cli]") {
  const Folder folder;
  const Ended text = calculator(folder, {"query", "deps(publish, 1) - publish"});
  CHECK(text.status == 0);
  CHECK_THAT(text.out, Catch::Contains("lint") && Catch::Contains("wheel") &&
                           !Catch::Contains("publish") && !Catch::Contains("fetch"));
  const Ended some = calculator(folder, {"query", "--json", "somepath(publish,", "fetch)"});
  CHECK(some.status == 0);
  const json nodes = json::parse(some.out);
  CHECK(nodes.front().at("path") == "fetch");
  CHECK(nodes.back().at("path") == "publish");
  CHECK(nodes.back().at("kind") == "step");
  const json hidden = json::parse(calculator(folder, {"query", "--json", "--hidden", "**"}).out);
  const json seen = json::parse(calculator(folder, {"query", "--json", "**"}).out);
  CHECK(hidden == seen);  // a pattern names what has a name
  CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("a query that is wrong says where", "[cli]") {
  const Folder folder;
  const Ended wrong = calculator(folder, {"query", "deps(pubish)"});
  CHECK(wrong.status == 64);
  CHECK(wrong.errors ==
        "error: there is no \"pubish\" in the pipeline\n"
        "  at      character 6\n"
        "  query   deps(pubish)\n"
        "hint: did you mean \"publish\"?\n");
}

TEST_CASE("impact of a step, of a file and of a line", "[cli]") {
  const Folder folder;
  const json step = json::parse(calculator(folder, {"impact", "--json", "lint"}).out);
  REQUIRE(step.at("runs").size() == 1);
  CHECK(step.at("runs")[0].at("path") == "lint");
  REQUIRE(step.at("held").size() == 1);
  CHECK(step.at("held")[0].at("path") == "publish");
  const Ended file = calculator(folder, {"impact", "--file", "calculator/add.py"});
  CHECK(file.status == 0);
  CHECK_THAT(file.out, Catch::Contains("left alone: 0 of 7 steps"));
  const std::string where = step.at("runs")[0].at("where");
  const Ended line = calculator(folder, {"impact", where});
  CHECK(line.status == 0);
  CHECK_THAT(line.out, Catch::Contains("lint  it is asked for"));
  const Ended nothing = calculator(folder, {"impact"});
  CHECK(nothing.status == 64);
  CHECK_THAT(nothing.errors, Catch::Contains("either paths and lines, or files"));
  const Ended nowhere = calculator(folder, {"impact", "main.cpp:100000"});
  CHECK(nowhere.status == 64);
  CHECK_THAT(nowhere.errors, Catch::Contains("the nearest line that wrote one is main.cpp:"));
}

TEST_CASE("golden: the same bytes every time", "[cli]") {
  const Folder folder;
  const Ended first = calculator(folder, {"golden"});
  CHECK(first.status == 0);
  CHECK_THAT(first.out, Catch::Contains("\n\nwheel\n  command build\n  tree: fetch\n"));
  CHECK(first.out == calculator(folder, {"golden"}).out);
  CHECK(json::parse(calculator(folder, {"golden", "--json"}).out).at("golden") == first.out);
}
