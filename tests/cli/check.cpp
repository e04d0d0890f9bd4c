// check.cpp - policies and secrets on the command line.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "support/sample.hpp"

#include <nlohmann/json.hpp>

using namespace oche::tests;

TEST_CASE("check proves what the program's policies say, and runs nothing", "[cli][check]") {
  const Folder folder;
  const auto deploy = [&](std::vector<std::string> arguments) {
    return run_program(example("020_gated_deploy", std::move(arguments)), folder.path());
  };
  const Ended checked = deploy({"check"});
  INFO(checked.errors);
  CHECK(checked.status == 0);
  CHECK_THAT(checked.out, Catch::StartsWith("✔ step \"deploy\": only after success of each of") &&
                              Catch::Contains("must succeed tests/unit (") &&
                              Catch::EndsWith("1 policy holds, 0 do not\n"));
  CHECK(fs::is_empty(folder.path()));
  const auto json = nlohmann::json::parse(deploy({"check", "--json"}).out);
  CHECK(json.at("holds") == true);
  CHECK(json == nlohmann::json::parse(deploy({"check", "--format", "json"}).out));
  CHECK(deploy({"check", "--quiet"}).out.empty());
}

TEST_CASE("check: nothing is odd about the examples, in any of three formats", "[cli][check]") {
  const Folder folder;
  for (const char* name :
       {"010_hello", "020_gated_deploy", "030_matrix", "040_own_step", "050_fetch_build_test",
        "060_two_compilers", "070_reverse_dependencies", "calculator"}) {
    INFO(name);
    const Ended text = run_program(example(name, {"check"}), folder.path());
    CHECK(text.status == 0);
    CHECK_THAT(text.out, !Catch::Contains("hint:"));
    const auto json =
        nlohmann::json::parse(run_program(example(name, {"check", "--json"}), folder.path()).out);
    CHECK(json.at("remarks").empty());
    const auto sarif = nlohmann::json::parse(
        run_program(example(name, {"check", "--format", "sarif"}), folder.path()).out);
    CHECK(sarif.at("runs").at(0).at("results").empty());
  }
}

TEST_CASE("secrets: by name, by step, or neither", "[cli][check]") {
  const Folder folder;
  const auto deploy = [&](std::vector<std::string> arguments) {
    return run_program(example("020_gated_deploy", std::move(arguments)), folder.path());
  };
  CHECK(deploy({"secrets"}).out == "no secret is seen\n");
  CHECK(deploy({"secrets", "compile"}).out == "no secret is seen\n");
  CHECK(deploy({"secrets", "--json"}).out == "[]\n");
  const Ended wrong = deploy({"secrets", "complie"});
  CHECK(wrong.status == 64);
  CHECK_THAT(wrong.errors, Catch::Contains("there is no secret and no step \"complie\"") &&
                               Catch::Contains("did you mean \"compile\"?"));
}
