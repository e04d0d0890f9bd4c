// check.cpp - policies, budgets and secrets on the command line.
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

namespace {
Ended pull_request(const Folder& folder, std::vector<std::string> arguments) {
  return run_program(example("090_pull_request", std::move(arguments)), folder.path(),
                     {{"OCHE_SECRET_REGISTRY_TOKEN", "sesame"}});
}
}  // namespace

TEST_CASE("check: a budget is open until its steps have run, in any of three formats",
          "[cli][check][budget]") {
  const Folder folder;
  const Ended open = pull_request(folder, {"check"});
  INFO(open.out << open.errors);
  CHECK(open.status == 0);
  CHECK_THAT(open.out, Catch::Contains("? the whole run: at most 2 h 0 min of CPU time: not known\n"
                                       "    release/announce (") &&
                           Catch::Contains("has never run and has no timeout") &&
                           Catch::EndsWith("3 policies hold, 0 do not, of 1 it is not known\n"));
  const auto json = nlohmann::json::parse(pull_request(folder, {"check", "--json"}).out);
  CHECK(json.at("holds") == true);
  CHECK(json.at("policies").at(2).at("verdict") == "not known");
  const auto sarif =
      nlohmann::json::parse(pull_request(folder, {"check", "--format", "sarif"}).out);
  const auto& results = sarif.at("runs").at(0).at("results");
  REQUIRE(results.size() == 1);
  CHECK(results[0].at("kind") == "open");
  // What is told is as good as what is remembered.
  CHECK_THAT(pull_request(folder, {"check", "--unknown", "60"}).out,
             Catch::Contains("✔ the whole run: at most 2 h 0 min of CPU time\n"));
  const Ended dear = pull_request(folder, {"check", "--unknown", "3600"});
  CHECK(dear.status == 1);
  CHECK_THAT(dear.out, Catch::Contains("✗ the whole run") &&
                           Catch::Contains("2 h 0 min of 9 h 0 min, if all goes well"));
  CHECK(pull_request(folder, {"check", "--unknown", "soon"}).status == 64);
  CHECK(fs::is_empty(folder.path()));  // looking writes nothing
  // From the first run on.
  REQUIRE(pull_request(folder, {"run", "--quiet"}).status == 0);
  const Ended known = pull_request(folder, {"check"});
  CHECK_THAT(known.out, Catch::Contains("✔ the whole run: at most 2 h 0 min of CPU time\n") &&
                            Catch::EndsWith("4 policies hold, 0 do not\n"));
}

TEST_CASE("check: a state folder in which nothing is stored yet is as good as none",
          "[cli][check][budget]") {
  const Folder folder;
  fs::create_directory(folder / ".oche");
  const Ended ended = pull_request(folder, {"check"});
  INFO(ended.errors);
  CHECK(ended.status == 0);
  CHECK_THAT(ended.out, Catch::Contains(": not known\n"));
  CHECK(pull_request(folder, {"critical-path"}).status == 0);
}

TEST_CASE("check: a state folder that cannot be read is told, where a budget asks for it",
          "[cli][check][budget]") {
  const Folder folder;
  write_text(folder / ".oche/store.db", "no database");
  const Ended ended = pull_request(folder, {"check"});
  INFO(ended.out << ended.errors);
  CHECK(ended.status == 1);
  CHECK_FALSE(ended.errors.empty());
  CHECK(pull_request(folder, {"run"}).status == 69);  // is not taken for a broken policy
  CHECK(run_program(example("020_gated_deploy", {"check"}), folder.path()).status == 0);
}

TEST_CASE("secrets: where to cut one off from a step", "[cli][check][secrets]") {
  const Folder folder;
  const auto cut = [&](std::vector<std::string> paths) {
    std::vector<std::string> words = {"secrets"};
    for (const std::string& path : paths)
      words.insert(words.end(), {"--keep-from", path});
    const Ended ended = pull_request(folder, words);
    INFO(ended.errors);
    CHECK(ended.status == 0);
    return ended.out;
  };
  const std::string announce = cut({"release/announce"});
  CHECK_THAT(announce, Catch::StartsWith("registry/token\n") &&
                           Catch::Contains("  to keep it from release/announce:\n"
                                           "    leave it out of what release/upload (") &&
                           Catch::EndsWith(") makes\n"));
  CHECK_THAT(cut({"release/upload"}),
             Catch::Contains("    do not give release/upload (") && Catch::EndsWith(") made\n"));
  CHECK_THAT(cut({"release/log in"}), Catch::Contains("    take it from release/log in (") &&
                                          Catch::EndsWith("), which reads it\n"));
  CHECK_THAT(cut({"request/test", "release/test"}),
             Catch::Contains("  to keep it from request/test, release/test:\n"
                             "    nothing to cut: it does not get there\n"));

  const auto json = nlohmann::json::parse(
      pull_request(folder, {"secrets", "--json", "--keep-from", "release/announce"}).out);
  CHECK(json.at(0).at("cut").at("at").at(0).at("path") == "release/upload");
  CHECK(json.at(0).at("cut").at("complete") == true);
  const auto plain = nlohmann::json::parse(pull_request(folder, {"secrets", "--json"}).out);
  CHECK_FALSE(plain.at(0).contains("cut"));

  const Ended wrong = pull_request(folder, {"secrets", "--keep-from", "release/anounce"});
  CHECK(wrong.status == 64);
  CHECK_THAT(wrong.errors, Catch::Contains("--keep-from: there is no step \"release/anounce\"") &&
                               Catch::Contains("did you mean \"release/announce\"?"));
  // A secret is nobody that could be kept from one.
  CHECK(pull_request(folder, {"secrets", "--keep-from", "registry/token"}).status == 64);
  CHECK(
      run_program(example("020_gated_deploy", {"secrets", "--keep-from", "compile"}), folder.path())
          .out == "no secret is seen\n");
}
