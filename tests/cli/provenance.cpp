// provenance.cpp - layouts and what ran against them, on the command line.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "support/sample.hpp"

#include <nlohmann/json.hpp>

using namespace oche::tests;
using nlohmann::json;

TEST_CASE("provenance: kept, checked, and departed from", "[cli][provenance]") {
  const Folder folder;
  const auto deploy = [&](std::vector<std::string> arguments) {
    return run_program(example("020_gated_deploy", std::move(arguments)), folder.path());
  };
  REQUIRE(deploy({"provenance", "--out", "layout.json"}).status == 0);
  CHECK_FALSE(fs::exists(folder / ".oche"));
  CHECK(deploy({"provenance", "--check", "layout.json"}).status == 69);
  CHECK(deploy({"run", "--quiet"}).status == 3);
  const Ended good = deploy({"provenance", "--check", "layout.json"});
  CHECK(good.status == 0);
  CHECK(good.out == "what ran is what was expected\n");
  CHECK(deploy({"provenance", "--check", "layout.json", "--quiet"}).out.empty());

  CHECK(deploy({"run", "--quiet", "--suite", "broken"}).status == 1);
  const Ended bad = deploy({"provenance", "--check", "layout.json"});
  CHECK(bad.status == 1);
  CHECK_THAT(bad.out,
             Catch::Contains("material: staging waited for tests/end-to-end, which has another") &&
                 Catch::Contains("failed: tests/end-to-end ended as failed\n"));
  const json data = json::parse(deploy({"provenance", "--check", "layout.json", "--json"}).out);
  CHECK(data.at("departures").at(0).at("path") == "staging");
  CHECK(data.at("departures").size() == 2);
  CHECK(data.at("links").size() == 4);

  write_text(folder / "none.json", "{}");
  const Ended none = deploy({"provenance", "--check", "none.json"});
  CHECK(none.status == 64);
  CHECK_THAT(none.errors, Catch::Contains("none.json"));
  CHECK(deploy({"provenance", "--check", "absent.json"}).status == 64);
  CHECK(deploy({"provenance", "--check", "layout.json", "--out", "x"}).status == 64);
}
