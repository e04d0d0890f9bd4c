// shutdown.cpp - engines that go away, with or without what they run; several of them; host loops.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/support.hpp"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>

using namespace engine_tests;

TEST_CASE("a step that does not return is left behind after the grace time and named") {
  Stage stage;
  stage.board().hold("deaf", true);
  std::optional<Evaluation> run;
  std::optional<EventReader> events;
  const auto begun = std::chrono::steady_clock::now();
  {
    EngineOptions options = stage.options();
    options.grace = std::chrono::milliseconds(100);
    Engine engine(options);
    events = engine.events();
    run = engine.start(work("deaf"));
    stage.board().await_start("deaf");
  }
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(30));
  const auto warning = await(*events, Event::What::warning, "work");
  REQUIRE(warning);
  CHECK(warning->text == "did not return within the grace time and was left behind");
  CHECK(run->is_settled());  // whoever waits for it waits no longer
  run->wait_until_settled();
  CHECK(run->outcome().is_active());
  {
    Engine next(stage.options());  // the folder is free again
    const Evaluation other = next.start(work("other"));
    other.wait_until_settled();
    CHECK(other.outcome().is_ok());
  }
  stage.board().let_go("deaf");
  stage.board().await_end("deaf");
}

TEST_CASE("handles and readers of events outlive their engine") {
  Stage stage;
  std::optional<Evaluation> run;
  std::optional<EventReader> events;
  Var<std::string> input("input", "a");
  {
    Engine engine(stage.options());
    events = engine.events();
    run = engine.start(work(input.term()));
    run->wait_until_settled();
  }
  input.set("b");  // nobody listens
  CHECK(run->outcome().is_ok());
  CHECK(run->counts().ran == 1);
  CHECK(run->snapshot()->settled);
  CHECK(run->graph().find("work"));
  while (events->wait()) {
  }
  CHECK_FALSE(events->next());
}

TEST_CASE("an engine that goes away ends the commands that run") {
  Stage stage;
  const std::string file = stage.folder / "pid";
  {
    Engine engine(stage.options());
    EventReader events = engine.events();
    const Evaluation run =
        engine.start(command({"sh", "-c", "echo $$ > " + file + "; exec sleep 1000000"}));
    while (state_tests::content_of(file).find('\n') == std::string::npos) {
      if (run.is_settled()) break;
      ::poll(nullptr, 0, 1);
    }
  }
  const int pid = std::stoi(state_tests::content_of(file));
  CHECK(::kill(pid, 0) != 0);
}

TEST_CASE("two engines in one process share nothing but the process") {
  Stage stage;
  Folder elsewhere;
  EngineOptions other = stage.options();
  other.state = elsewhere.path() + "/state";
  Engine one(stage.options());
  Engine two(other);
  const auto pipeline = all({{"step", work("a")}, {"command", command({"true"})}});
  const Evaluation first = one.start(pipeline);
  const Evaluation second = two.start(pipeline);
  first.wait_until_settled();
  second.wait_until_settled();
  CHECK(first.outcome().is_ok());
  CHECK(second.outcome().is_ok());
  CHECK(stage.board().started("a") == 2);
}

TEST_CASE("a second engine on one folder is refused with a text that says who has it") {
  Stage stage;
  Engine engine(stage.options());
  try {
    Engine second(stage.options());
    FAIL("it was let in");
  } catch (const Error& error) {
    INFO(render(error.failure()));
    CHECK(error.failure().kind == FailureClass::errored);
    CHECK(error.failure().what.find("in use") != std::string::npos);
  }
  const Evaluation run = engine.start(work("a"));
  run.wait_until_settled();
  CHECK(run.outcome().is_ok());
}

namespace {
std::atomic<int> children_seen = 0;
void note_child(int) { ++children_seen; }
}  // namespace

TEST_CASE("a host program runs the loop itself and keeps its own children") {
  Stage stage;
  struct sigaction mine{}, before{};
  mine.sa_handler = note_child;
  mine.sa_flags = SA_RESTART;
  sigaction(SIGCHLD, &mine, &before);
  EngineOptions options = stage.options();
  options.loop = Loop::host;
  {
    Engine engine(options);
    const Evaluation run = engine.start(all(work("a"), command({"true"})));
    CHECK_FALSE(run.is_settled());
    const pid_t child = fork();
    if (child == 0) _exit(7);
    while (!run.is_settled()) {
      pollfd readable{engine.fd(), POLLIN, 0};
      REQUIRE((poll(&readable, 1, 60'000) == 1 || errno == EINTR));
      engine.advance();
    }
    CHECK(run.outcome().is_ok());
    int status = 0;
    CHECK(waitpid(child, &status, 0) == child);  // nobody has taken it away
    CHECK(WEXITSTATUS(status) == 7);
    CHECK(children_seen > 0);
  }
  struct sigaction after{};
  sigaction(SIGCHLD, &before, &after);
  CHECK(after.sa_handler == note_child);
}
