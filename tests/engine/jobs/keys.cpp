// keys.cpp - what a key is made of, and what stands for it (semantics §3.1 to §3.4, §3.9).
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/support.hpp"
#include "engine/store/store_reader.hpp"

#include <filesystem>
#include <fstream>

using namespace engine_tests;

namespace {

const auto brief = step("brief", [](Job& job, const std::string& name) { return play(job, name); },
                        {.timeout = 1min});
const auto remembering =
    step("remembering", [](Job& job, Context<std::string> who, const std::string& name) {
      (void)who;
      return play(job, name);
    });

/// A program of one line.
void make_tool(const std::string& path, const std::string& line) {
  const std::string aside = path + ".new";
  std::ofstream(aside) << "#!/bin/sh\n" << line << "\n";
  std::filesystem::permissions(aside, std::filesystem::perms::owner_all);
  std::filesystem::rename(aside, path);
}

std::vector<detail::Attempt> attempts_at(const Stage& stage, std::string_view path) {
  const auto reader = detail::StoreReader::open(stage.options().state);
  REQUIRE(reader);
  const auto attempts = reader.value()->attempts_of(path, 10);
  REQUIRE(attempts);
  return attempts.value();
}

}  // namespace

TEST_CASE("semantics: key, a changed tool is a changed input", "[engine][semantics]") {
  Stage stage;
  const std::string tool = stage.folder.path() + "/tool";
  const auto ran = [&] {
    Engine engine(stage.options());
    const Evaluation run = engine.start(command({tool}));
    run.wait_until_settled();
    REQUIRE(run.outcome().is_ok());
    return run.counts().ran;
  };
  make_tool(tool, "exit 0");
  CHECK(ran() == 1);
  CHECK(ran() == 0);
  make_tool(tool, "true");
  CHECK(ran() == 1);
}

TEST_CASE("semantics: key, a command gets a fixed PATH and environment, never the caller's",
          "[engine][semantics]") {
  Stage stage;
  REQUIRE(setenv("OCHE_TEST_CALLER", "here", 1) == 0);
  Engine engine(stage.options());
  const Evaluation run = engine.start(command({"sh", "-c",
                                               "test \"$PATH\" = /usr/local/bin:/usr/bin:/bin && "
                                               "test -z \"$OCHE_TEST_CALLER\""}));
  run.wait_until_settled();
  CHECK(unsetenv("OCHE_TEST_CALLER") == 0);
  CHECK(run.outcome().is_ok());
}

TEST_CASE("semantics: key, a Context is no part of it", "[engine][semantics]") {
  Stage stage;
  Engine engine(stage.options());
  Var<std::string> who("who", "ann");
  const Evaluation run = engine.start(remembering(who.term(), "a"));
  run.wait_until_settled();
  who.set("bob");
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
  CHECK(stage.board().started("a") == 1);
}

TEST_CASE("semantics: stored, what timed out or was cancelled stands until a restart only",
          "[engine][semantics]") {
  Stage stage;
  for (const char* name : {"slow", "stopped"})
    stage.board().hold(name);
  Var<bool> wants("wants", true);
  {
    Engine engine(stage.timed());
    const Evaluation run = engine.start(only_if(
        wants.term(), all({{"slow", brief("slow")}, {"stopped", work("stopped")}}), "not now"));
    for (const char* name : {"slow", "stopped"})
      stage.board().await_start(name);
    REQUIRE(engine.cancel("stopped"));
    stage.board().await_end("stopped");
    stage.clock->advance(1min);
    run.wait_until_settled();
    CHECK(state_at(run, "slow") == State::timed_out);
    CHECK(state_at(run, "stopped") == State::cancelled);
    wants.set(false);
    run.wait_until_settled();
    wants.set(true);  // the key is the same: what it came to stands
    run.wait_until_settled();
    CHECK(run.outcome().is_failed());
  }
  for (const char* name : {"slow", "stopped"}) {
    CHECK(stage.board().started(name) == 1);
    stage.board().let_go(name);
  }
  Engine engine(stage.timed());
  const Evaluation run = engine.start(all({{"slow", brief("slow")}, {"stopped", work("stopped")}}));
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
}

TEST_CASE("semantics: rebuild, gives the key a new build number and keeps each attempt's log",
          "[engine][semantics]") {
  Stage stage;
  for (int round = 0; round < 2; ++round) {
    Engine engine(stage.options());
    const Evaluation run = engine.start(work("a"));
    run.wait_until_settled();
    REQUIRE(engine.rebuild("work"));
    run.wait_until_settled();
    CHECK(run.outcome().is_ok());
  }
  const auto attempts = attempts_at(stage, "work");
  REQUIRE(attempts.size() == 3);  // the second engine reused what the first had rebuilt
  for (std::size_t i = 0; i < attempts.size(); ++i) {
    CHECK(attempts[i].build == static_cast<std::int64_t>(3 - i));  // newest first
    CHECK(std::filesystem::exists(stage.options().state + "/" + attempts[i].log));
  }
}

TEST_CASE("semantics: log, its first lines say key, command, isolation and host",
          "[engine][semantics]") {
  Stage stage;
  {
    Engine engine(stage.options());
    engine.start(command({"true"})).wait_until_settled();
  }
  const auto attempts = attempts_at(stage, "command");
  REQUIRE(attempts.size() == 1);
  const std::string log =
      state_tests::content_of(stage.options().state + "/" + attempts.front().log);
  CHECK(log.find(attempts.front().key.hex()) != std::string::npos);
  for (const char* part : {"command", "true", "isolation", "none", "host"}) {
    INFO(log);
    CHECK(log.find(part) != std::string::npos);
  }
}
