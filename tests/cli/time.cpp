// time.cpp - `critical-path` and `simulate`: before and after the pipeline has run.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "support/sample.hpp"

#include <nlohmann/json.hpp>

using namespace oche::tests;

namespace {

nlohmann::json parsed_time(const Ended& ended) {
  INFO(ended.errors);
  REQUIRE(ended.status == 0);
  return nlohmann::json::parse(ended.out);
}

}  // namespace

TEST_CASE("critical-path: says what it does not know, and takes it from what ran", "[cli][time]") {
  const Folder folder;
  const auto deploy = [&](std::vector<std::string> arguments) {
    return run_program(example("020_gated_deploy", std::move(arguments)), folder.path());
  };
  const Ended before = deploy({"critical-path", "--slots", "1"});
  CHECK(before.status == 0);
  CHECK_THAT(before.out, Catch::StartsWith("critical path: 3.0 s of 5.0 s of work\n") &&
                             Catch::Contains("\nwith 1 slot: 5.0 s, which no order") &&
                             Catch::Contains(" is not known: 1.0 s was taken, a guess\n"));
  CHECK(fs::is_empty(folder.path()));  // looking writes nothing
  const auto told = parsed_time(deploy({"critical-path", "--unknown", "2.5", "--json"}));
  CHECK(told["span"] == 7.5);
  CHECK(told["curve"].size() == 2);

  REQUIRE(deploy({"run"}).status == 3);  // production waits for a person
  const auto after = parsed_time(deploy({"critical-path", "--json"}));
  std::size_t known = 0;
  for (const auto& step : after["steps"])
    if (step["is_known"] == true) ++known;
  CHECK(known == 4);
  CHECK(after["unseen"].size() == 1);
  // Of the next run only production's deployment is left.
  const auto next = parsed_time(deploy({"critical-path", "--reuse", "--unknown", "3", "--json"}));
  CHECK(next["span"] == 3.0);
  CHECK(next["critical"].size() == 1);
}

TEST_CASE("simulate: a failure, a refusal, and names that are not there", "[cli][time]") {
  const Folder folder;
  const auto deploy = [&](std::vector<std::string> arguments) {
    return run_program(example("020_gated_deploy", std::move(arguments)), folder.path());
  };
  const auto fine = parsed_time(deploy({"simulate", "--slots", "2", "--json"}));
  CHECK(fine["outcome"] == "succeeds");
  CHECK(fine["runs"].size() == 5);
  CHECK(fine["finish"]["at"] == 3.0);
  const auto failed = parsed_time(
      deploy({"simulate", "--fail", fine["runs"][1]["path"].get<std::string>(), "--json"}));
  CHECK(failed["outcome"] == "fails");
  CHECK(failed["runs"].size() == 3);
  CHECK(failed["others"].size() == 2);
  CHECK(failed["others"][0]["fate"] == "blocked");
  const Ended unknown = deploy({"simulate", "--fail", "nothing"});
  CHECK(unknown.status == 64);
  CHECK_THAT(unknown.errors, Catch::Contains("there is no \"nothing\" in the pipeline"));
  CHECK(deploy({"simulate", "--unknown", "soon"}).status == 64);
  CHECK(deploy({"simulate", "--items", "a"}).status == 64);
}
