// stopping.cpp - a command that is cancelled leaves nobody behind.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/support.hpp"
#include "engine/process/fence.hpp"
#include "engine/process/support.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

using namespace engine_tests;

namespace {

/// Waits until a log has so many lines "up".
void await_lines(const std::string& log, std::size_t count) {
  for (std::size_t seen = 0; seen < count; std::this_thread::yield()) {
    seen = 0;
    std::ifstream file(log);
    for (std::string line; std::getline(file, line);)
      seen += line == "up" ? 1U : 0U;
  }
}

/// How many processes of this machine, in whatever namespace, have this word in their command line.
std::size_t count_of(const std::string& word) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    std::ostringstream text;
    text << std::ifstream(entry.path() / "cmdline").rdbuf();
    count += text.str().find(word) != std::string::npos ? 1U : 0U;
  }
  return count;
}

}  // namespace

TEST_CASE("semantics: cancel, a grandchild that ignores TERM and holds the pipe is gone in time",
          "[engine][semantics]") {
  const auto isolation = GENERATE(oche::Isolation::none, oche::Isolation::automatic);
  const bool has_fences = detail::Fences().take() != nullptr;
  Stage stage;
  EngineOptions options = stage.options();
  options.isolation = isolation;
  options.grace = std::chrono::milliseconds(200);
  Engine engine(options);
  EventReader events = engine.events();
  const std::string word = fmt::format("oche-test-{}-{}", getpid(), static_cast<int>(isolation));
  const std::string stay =
      fmt::format("sh -c 'trap \"\" TERM; echo up; while :; do sleep 1000; done' {}", word);
  // One in the group, one with a session of its own, and one whose parents are gone, too: nothing
  // but a fence or a sandbox knows whose that is.
  const bool has_orphan = has_fences || isolation != oche::Isolation::none;
  const std::string script = fmt::format("{0} & setsid {0} & {1} wait", stay,
                                         has_orphan ? fmt::format("(setsid {} &);", stay) : "");
  const Evaluation run = engine.start(command({"sh", "-c", script}));
  const auto started = await(events, Event::What::started, "command");
  REQUIRE(started);
  await_lines(started->log, has_orphan ? 3 : 2);
  CHECK(count_of(word) >= (has_orphan ? 3U : 2U));
  const auto asked = std::chrono::steady_clock::now();
  REQUIRE(engine.cancel("command"));
  run.wait_until_settled();
  CHECK(std::chrono::steady_clock::now() - asked < std::chrono::seconds(30));
  REQUIRE(run.outcome().is_failed());
  CHECK(run.outcome().failure().kind == FailureClass::cancelled);
  while (count_of(word) > 0 && std::chrono::steady_clock::now() - asked < std::chrono::seconds(60))
    std::this_thread::yield();
  CHECK(count_of(word) == 0);
}

TEST_CASE("semantics: a command that ends leaves nobody behind a fence or in a sandbox",
          "[engine][semantics]") {
  const auto isolation = GENERATE(oche::Isolation::none, oche::Isolation::automatic);
  if (isolation == oche::Isolation::none && !detail::Fences().take()) return;
  Stage stage;
  EngineOptions options = stage.options();
  options.isolation = isolation;
  Engine engine(options);
  const std::string word = fmt::format("oche-end-{}-{}", getpid(), static_cast<int>(isolation));
  const Evaluation run = engine.start(
      command({"sh", "-c", fmt::format("(setsid sh -c 'sleep 1000; true' {} &); true", word)}));
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
  CHECK(count_of(word) == 0);
}
