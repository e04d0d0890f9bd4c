// bad_input.cpp - what goes wrong outside: a clear error with the user's line, and a living engine.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/support.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <thread>

using namespace engine_tests;

namespace {

void check_alive(Engine& engine) {
  const Evaluation run = engine.start(work("alive"));
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
}

/// Why an engine refuses a folder.
std::string refusal(const EngineOptions& options) {
  try {
    const Engine engine(options);
    return "none";
  } catch (const Error& error) {
    return render(error.failure());
  }
}

}  // namespace

TEST_CASE("a tool that is missing is an error with its name and the user's line") {
  Stage stage;
  Engine engine(stage.options());
  const Evaluation run = engine.start(command({"no-such-tool"}));
  run.wait_until_settled();
  REQUIRE(run.outcome().is_failed());
  const Failure failure = run.outcome().failure();
  INFO(render(failure));
  CHECK(failure.kind == FailureClass::errored);
  CHECK(render(failure).find("no-such-tool") != std::string::npos);
  CHECK(failure.where.find("bad_input.cpp:") != std::string::npos);
  check_alive(engine);
}

TEST_CASE("a tool that has been installed meanwhile is found when the step is rebuilt") {
  Stage stage;
  const std::string tool = stage.folder / "late-tool";
  Engine engine(stage.options());
  const Evaluation run = engine.start(command({tool}));
  run.wait_until_settled();
  CHECK(run.outcome().is_failed());
  state_tests::write(tool, "#!/bin/sh\nexit 0\n", true);
  REQUIRE(engine.rebuild("command"));
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
}

TEST_CASE("a command that floods its log is cut off, and says so") {
  Stage stage;
  Engine engine(stage.options());
  const Evaluation run = engine.start(command({"sh", "-c", "head -c 200000000 /dev/zero; exit 1"}));
  run.wait_until_settled();
  REQUIRE(run.outcome().is_failed());
  const Failure failure = run.outcome().failure();
  REQUIRE_FALSE(failure.facts.empty());
  CHECK(failure.facts.back().name == "log");
  CHECK(failure.facts.back().value.find("bytes were left out of it") != std::string::npos);
  check_alive(engine);
}

TEST_CASE("a stored result that no longer parses runs again, with a warning",
          "[engine][semantics]") {
  Stage stage;
  {
    Engine(stage.options()).start(work("a")).wait_until_settled();
  }
  {
    SQLite::Database store(stage.options().state + "/store.db", SQLite::OPEN_READWRITE);
    CHECK(store.exec("UPDATE results SET value = x'ff00ff'") == 1);
  }
  Engine engine(stage.options());
  EventReader events = engine.events();
  const Evaluation run = engine.start(work("a"));
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
  CHECK(stage.board().started("a") == 2);
  const auto warning = await(events, Event::What::warning, "work");
  REQUIRE(warning);
  CHECK(warning->text.find("its stored result cannot be read") != std::string::npos);
  CHECK(warning->text.find("it will run again") != std::string::npos);
}

TEST_CASE("a state folder that is a file is refused") {
  Stage stage;
  state_tests::write(stage.options().state, "not a folder");
  const std::string text = refusal(stage.options());
  INFO(text);
  CHECK(text.find(stage.options().state) != std::string::npos);
}

TEST_CASE("a state folder on a read-only disk is refused") {
  Stage stage;
  const state_tests::SmallDisk disk("ro,size=1m");
  if (!disk.is_there()) return;
  EngineOptions options = stage.options();
  options.state = disk.path() + "/state";
  const std::string text = refusal(options);
  INFO(text);
  CHECK(text.find("ead-only") != std::string::npos);
}

TEST_CASE("on a full disk a finished step is an error, nothing is lost, and the engine goes on",
          "[engine][semantics]") {
  Stage stage;
  const state_tests::SmallDisk disk("size=2m");
  if (!disk.is_there()) return;
  EngineOptions options = stage.timed();
  options.state = disk.path() + "/state";
  Engine engine(options);
  stage.board().hold("a");
  stage.board().answer("a", std::string(20'000, 'x'));
  EventReader events = engine.events();
  const Evaluation run = engine.start(work("a"));
  stage.board().await_start("a");
  const std::string filler = disk.path() + "/filler";
  {
    std::ofstream file(filler, std::ios::binary);
    const std::string block(4096, 'x');
    while (file.write(block.data(), static_cast<std::streamsize>(block.size())) && file.flush()) {
    }
  }
  stage.board().let_go("a");
  run.wait_until_settled();
  REQUIRE(run.outcome().is_failed());
  const Failure failure = run.outcome().failure();
  INFO(render(failure));
  CHECK(failure.kind == FailureClass::errored);
  CHECK(failure.where.find("bad_input.cpp:") != std::string::npos);
  std::filesystem::remove(filler);
  CHECK(await(events, Event::What::finished, "work"));  // it is tried again now and then
  while (!run.outcome().is_ok())
    std::this_thread::yield();
  CHECK(stage.board().started("a") == 1);
}
