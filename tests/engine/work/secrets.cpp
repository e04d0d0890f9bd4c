// secrets.cpp - a secret reaches who is to have it, and no file of the state folder.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/support.hpp"

using namespace engine_tests;

namespace {

constexpr const char* bytes = "s3cr3t-bytes-0123456789";

bool is_in_a_file(const std::string& folder, std::string_view text) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    if (entry.path().string().find(text) != std::string::npos) return true;
    if (state_tests::content_of(entry.path().string()).find(text) != std::string::npos) return true;
  }
  return false;
}

EngineOptions with_vault(const Stage& stage) {
  EngineOptions options = stage.options();
  options.vault = [](const SecretName& name) -> std::optional<std::string> {
    if (name.vault == "vault" && name.name == "token") return bytes;
    return std::nullopt;
  };
  return options;
}

std::string revealed(Job& job, std::string_view name) {
  return job.secret(name).with([](std::string_view secret) { return std::string(secret); });
}

const auto uses =
    step("uses",
         [](Job& job, int what) -> Result<std::string> {
           const std::string text = revealed(job, "token");
           job.log("the token is {}", text);
           if (what == 0) return std::string("ok: ") + std::to_string(text.size());
           if (what == 1)
             return Failure{"refused " + text, FailureClass::failed, {{"token", text}}};
           if (what == 2) throw std::runtime_error("thrown with " + text);
           return text;
         },
         {.secrets = {{"vault", "token"}}});

const auto asks = step("asks", [](Job& job, int) { return revealed(job, "other"); });
const auto lacks = step("lacks", [](Job&, int) {}, {.secrets = {{"vault", "nothing"}}});

}  // namespace

TEST_CASE("a secret is masked in logs and failures, and no result may hold it") {
  Stage stage;
  {
    Engine engine(with_vault(stage));
    const Evaluation run = engine.start(
        all({{"good", uses(0)}, {"red", uses(1)}, {"thrown", uses(2)}, {"leaks", uses(3)}}));
    run.wait_until_settled();
    std::map<std::string, Failure> failures;
    for (const Failure& failure : run.failures()) {
      CHECK(render(failure).find(bytes) == std::string::npos);
      failures[failure.what] = failure;
    }
    CHECK(failures.contains("refused ***"));
    CHECK(failures.contains("thrown with ***"));
    CHECK(failures.contains("its result holds the secret token"));
    CHECK(failures.size() == 3);
  }
  CHECK(is_in_a_file(stage.options().state, "the token is ***"));
  CHECK_FALSE(is_in_a_file(stage.options().state, bytes));
}

TEST_CASE("a command gets its secret in the environment only") {
  Stage stage;
  {
    Engine engine(with_vault(stage));
    detail::CommandSpec spec;
    spec.secrets.emplace_back("TOKEN", SecretName{"vault", "token"});
    const Evaluation run = engine.start(command(
        {"sh", "-c", "tr '\\0' '\\n' < /proc/$$/cmdline; echo token $TOKEN; test ${#TOKEN} = 23"},
        spec));
    run.wait_until_settled();
    CHECK(run.outcome().is_ok());
  }
  CHECK(is_in_a_file(stage.options().state, "token ***"));
  CHECK_FALSE(is_in_a_file(stage.options().state, bytes));
}

TEST_CASE("a secret that is not named or not there is an error that says which") {
  Stage stage;
  Engine engine(with_vault(stage));
  const Evaluation run = engine.start(all({{"asks", asks(1)}, {"lacks", lacks(1)}}));
  run.wait_until_settled();
  REQUIRE(run.failures().size() == 2);
  CHECK(run.failures()[0].what == "the step's options name no secret \"other\"");
  CHECK(run.failures()[1].what == "there is no secret nothing in vault vault");
  CHECK(run.failures()[1].where.find("secrets.cpp:") != std::string::npos);
}
