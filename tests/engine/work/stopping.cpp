// stopping.cpp - a command that is cancelled leaves nobody behind.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/support.hpp"
#include "engine/process/support.hpp"

#include <fstream>
#include <thread>

using namespace engine_tests;

namespace {

/// The process ids that a log has in lines of their own, once there are so many.
std::vector<int> ids_in(const std::string& log, std::size_t count) {
  for (;;) {
    std::vector<int> ids;
    std::ifstream file(log);
    for (std::string line; std::getline(file, line);) {
      if (line.starts_with("pid ") && !file.eof()) ids.push_back(std::stoi(line.substr(4)));
    }
    if (ids.size() >= count) return ids;
    std::this_thread::yield();
  }
}

}  // namespace

TEST_CASE("semantics: cancel, a grandchild that ignores TERM and holds the pipe is gone in time",
          "[engine][semantics]") {
  Stage stage;
  EngineOptions options = stage.options();
  options.grace = std::chrono::milliseconds(200);
  Engine engine(options);
  EventReader events = engine.events();
  const Evaluation run = engine.start(
      command({"sh", "-c",
               "sh -c 'trap \"\" TERM; echo pid $$; while :; do sleep 1000; done' & "
               "setsid sh -c 'trap \"\" TERM; echo pid $$; while :; do sleep 1000; done' & wait"}));
  const auto started = await(events, Event::What::started, "command");
  REQUIRE(started);
  const std::vector<int> ids = ids_in(started->log, 2);
  const auto asked = std::chrono::steady_clock::now();
  REQUIRE(engine.cancel("command"));
  run.wait_until_settled();
  CHECK(std::chrono::steady_clock::now() - asked < std::chrono::seconds(30));
  REQUIRE(run.outcome().is_failed());
  CHECK(run.outcome().failure().kind == FailureClass::cancelled);
  for (const int id : ids)
    CHECK(process_tests::is_gone(id));
}
