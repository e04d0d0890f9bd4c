// pull_request.cpp - somebody else's change is tested, and gets near no secret.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "support/sample.hpp"

#include <nlohmann/json.hpp>

using namespace oche::tests;

namespace {

Ended with_token(const Folder& folder, std::vector<std::string> arguments) {
  return run_program(example("090_pull_request", std::move(arguments)), folder.path(),
                     {{"OCHE_SECRET_REGISTRY_TOKEN", "sesame"}});
}

}  // namespace

TEST_CASE("a pull request: drawn anywhere, runs green, repeats nothing", "[examples][untrusted]") {
  const Folder folder;
  for (const char* format : {"text", "dot", "json", "mermaid"}) {
    const Ended drawn = with_token(folder, {"graph", "--format", format});
    INFO(format << drawn.errors);
    CHECK(drawn.status == 0);
    CHECK_THAT(drawn.out, Catch::Contains("a fork's pull request"));
  }
  CHECK(fs::is_empty(folder.path()));
  const Ended first = with_token(folder, {"run", "--json"});
  INFO(first.out << first.errors);
  CHECK(first.status == 0);
  CHECK_THAT(first.out, Catch::Contains("\"steps\":7,\"ran\":7,") && !Catch::Contains("sesame"));
  CHECK_THAT(with_token(folder, {"run", "--json"}).out, Catch::Contains("\"steps\":7,\"ran\":0,"));
}

TEST_CASE("a pull request: what is wrong with it holds no release up", "[examples][untrusted]") {
  const Folder folder;
  const Ended ended = with_token(folder, {"run", "--json", "--theirs", "broken"});
  INFO(ended.out << ended.errors);
  CHECK(ended.status == 1);
  CHECK_THAT(ended.out, Catch::Contains("\"failed\":[\"request/test\"]"));
  const Ended announced = with_token(folder, {"log", "release/announce"});
  CHECK_THAT(announced.out, Catch::Contains("news: main.cpp.bin 1.0"));
  // And the other way round, nothing is uploaded.
  const Ended ours = with_token(folder, {"run", "--json", "--ours", "broken"});
  CHECK(ours.status == 1);
  CHECK_THAT(ours.out, !Catch::Contains("\"started\",\"path\":\"release/upload\""));
}
