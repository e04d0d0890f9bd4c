// workflow.cpp - tests of workflow files: the file of one pipeline, to the letter.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/render/workflow.hpp>

#include "render/pipelines.hpp"

#include <catch2/catch.hpp>

using namespace oche;
using namespace oche::tests;

TEST_CASE("workflow: a gated deploy for GitHub", "[render][workflow]") {
  const Workflow made = to_workflow(Graph(gated_deploy()), {.title = "deploy"});
  CHECK(made.text == R"(# deploy, as its pipeline's program wrote it. Change the program, not this.
# What the pipeline says and this file cannot:
# - memory: nothing is remembered by content: every run does everything again
# - function: the pipeline's program does it, and what it needs that is not stored
#     build
#     deploy
#     fetch
#     test

name: "deploy"
on:
  push: {}
  workflow_dispatch: {}

permissions:
  contents: read

jobs:
  fetch:
    name: "fetch"
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: "./deploy run --only fetch"
  build:
    name: "build"
    needs: [fetch]
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: "./deploy run --only build"
  test:
    name: "test"
    needs: [build]
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: "./deploy run --only test"
  deploy:
    name: "deploy"
    needs: [build, test]
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: "./deploy run --only deploy"
)");
}

TEST_CASE("workflow: conditions, tolerance and approvals", "[render][workflow]") {
  const auto is_main = map([](int n) { return n > 0; }, constant(1));
  const auto built = work("build", {});
  const auto checked = work("check", {built});
  const auto asked = approve("release", gate(built, on(advisory(checked))));
  const Graph graph(only_if(is_main, work("deploy", {asked}), "only on main"));
  const std::string hub = to_workflow(graph).text;
  CHECK(hub.find("      only-on-main:\n        description: \"only on main\"\n"
                 "        type: boolean\n        default: false\n") != hub.npos);
  CHECK(hub.find("    if: \"${{ !cancelled() && needs.release.result == 'success' && "
                 "inputs.only-on-main }}\"\n") != hub.npos);
  CHECK(hub.find("    environment: \"release\"\n") != hub.npos);
  const std::string lab = to_workflow(graph, {.dialect = Dialect::gitlab}).text;
  CHECK(lab.find("variables:\n  ONLY_ON_MAIN:\n    value: \"false\"\n") != lab.npos);
  CHECK(lab.find("  rules:\n    - if: \"$ONLY_ON_MAIN == \\\"true\\\"\"\n      when: manual\n") !=
        lab.npos);
  CHECK(lab.find("  needs: [{job: \"build\", artifacts: false, optional: true}, {job: \"check\", "
                 "artifacts: false, optional: true}]\n") != lab.npos);
}
