// diff.cpp - a saved pipeline against the one of today, on the command line.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "support/sample.hpp"

#include <nlohmann/json.hpp>

using namespace oche::tests;
using nlohmann::json;

TEST_CASE("diff: the same is 0, another argument is 1, no outline is 64", "[cli][diff]") {
  const Folder folder;
  const auto deploy = [&](std::vector<std::string> arguments) {
    return run_program(example("020_gated_deploy", std::move(arguments)), folder.path());
  };
  const Ended saved = deploy({"graph", "--format", "json"});
  REQUIRE(saved.status == 0);
  write_text(folder / "before.json", saved.out);
  const Ended same = deploy({"diff", "before.json"});
  INFO(same.errors);
  CHECK(same.status == 0);
  CHECK_THAT(same.out, Catch::StartsWith("nothing has changed that can be seen\n"
                                         "keys identical: no step will re-run\n") &&
                           Catch::Contains("step deploy (") &&
                           Catch::Contains("020_gated_deploy.cpp:"));
  CHECK(deploy({"diff", "before.json", "--quiet"}).out.empty());

  const Ended other = deploy({"diff", "before.json", "--suite", "broken"});
  CHECK(other.status == 1);
  CHECK_THAT(other.out,
             Catch::StartsWith("changed: tests/end-to-end 2: \"end-to-end\" → \"broken\"\n") &&
                 Catch::Contains("will run again (1): tests/end-to-end\n"));
  const json data = json::parse(deploy({"diff", "before.json", "--suite", "x", "--json"}).out);
  CHECK(data.at("same") == false);
  CHECK(data.at("reruns").at(0).at("certain") == true);

  write_text(folder / "none.json", "{}");
  const Ended none = deploy({"diff", "none.json"});
  CHECK(none.status == 64);
  CHECK_THAT(none.errors, Catch::Contains("none.json"));
  CHECK(deploy({"diff", "absent.json"}).status == 64);
  CHECK_FALSE(fs::exists(folder / ".oche"));
}

TEST_CASE("diff: after a run, how long it takes now", "[cli][diff]") {
  const Folder folder;
  const auto hello = [&](std::vector<std::string> arguments) {
    return run_program(example("010_hello", std::move(arguments)), folder.path());
  };
  write_text(folder / "before.json", hello({"graph", "--json"}).out);
  CHECK(hello({"run", "--quiet"}).status == 0);
  const Ended other = hello({"diff", "before.json", "--who", "moon", "--slots", "1"});
  CHECK(other.status == 1);
  CHECK_THAT(other.out, Catch::Contains("with 1 slot: "));
}

TEST_CASE("diff: a budget that nobody can judge yet is said to be that", "[cli][diff][budget]") {
  const Folder folder;
  const auto pull_request = [&](std::vector<std::string> arguments) {
    return run_program(example("090_pull_request", std::move(arguments)), folder.path());
  };
  json saved = json::parse(pull_request({"graph", "--json"}).out);
  write_text(folder / "same.json", saved.dump());
  CHECK(pull_request({"diff", "same.json", "--quiet"}).status == 0);
  json& policy = saved.at("outline").at("policies").at(2);
  REQUIRE(policy.at("known") == false);
  policy.erase("known");
  policy["holds"] = true;
  write_text(folder / "before.json", saved.dump());
  const Ended other = pull_request({"diff", "before.json"});
  CHECK(other.status == 1);
  CHECK_THAT(other.out, Catch::StartsWith("guarantee not known: policies held, and is not known "
                                          "now: the whole run: at most 2 h 0 min of CPU time\n"));
}
