// operate.cpp - people act on a program: approve, rebuild, cancel, follow, interrupt.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "support/blocking.hpp"

using namespace oche::tests;

namespace {

constexpr const char* question = "release to production";

Ended deploy(const Folder& folder, std::vector<std::string> arguments) {
  return run_program(example("020_gated_deploy", std::move(arguments)), folder.path());
}

const std::vector<std::string> unshielded = {"--json", "--isolation", "none"};

std::vector<std::string> with(std::vector<std::string> words,
                              const std::vector<std::string>& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

constexpr const char* test_started = R"({"event":"started","path":"test")";

}  // namespace

TEST_CASE("a deploy waits for a person, whose word counts for the next run", "[cli][operate]") {
  const Folder folder;
  const Ended early = deploy(folder, {"approve", question});
  CHECK(early.status == 1);
  CHECK_THAT(early.errors, Catch::Contains("does not wait for a person"));

  const Ended waiting = deploy(folder, {"run"});
  CHECK(waiting.status == 3);
  CHECK_THAT(waiting.out, Catch::Contains("release to production waits for a person") &&
                              Catch::Contains("\nwaiting: 4 steps run"));
  const Ended plan = deploy(folder, {"plan"});
  CHECK(plan.status == 0);
  CHECK_THAT(plan.out, Catch::Contains("waiting:\n  production"));

  const Ended approved = deploy(folder, {"approve", question, "--who", "Ada"});
  INFO(approved.errors);
  CHECK(approved.status == 0);
  CHECK(approved.out == "release to production: approved by Ada for the next `run`\n");
  const Ended released = deploy(folder, {"run"});
  CHECK(released.status == 0);
  CHECK_THAT(released.out, Catch::Contains("production done"));
  CHECK(deploy(folder, {"run"}).status == 0);
  // The word was for this value alone.
  CHECK(deploy(folder, {"run", "--source", "other.cpp"}).status == 3);
}

TEST_CASE("a running program is asked through its socket", "[cli][operate]") {
  const Folder folder;
  Running watch(example("020_gated_deploy", {"watch", "--json"}), folder.path());
  watch.await(R"("event":"settled","outcome":"active")");
  CHECK_THAT(deploy(folder, {"jobs"}).out, Catch::Contains("? release to production  waits"));

  const Ended held = deploy(folder, {"run"});  // by the one that watches
  CHECK(held.status == 69);
  CHECK_THAT(held.errors, Catch::Contains("the state folder is in use by another process"));
  CHECK(deploy(folder, {"plan"}).status == 0);

  const Ended live = deploy(folder, {"graph", "--live"});
  CHECK(live.status == 0);
  CHECK_THAT(live.out, Catch::Contains("awaiting approval") && Catch::Contains("✔ staging"));

  const Ended unknown = deploy(folder, {"approve", "relaese to production"});
  CHECK(unknown.status == 1);
  CHECK_THAT(unknown.errors, Catch::Contains("there is no \"relaese to production\""));
  const Ended approved = deploy(folder, {"approve", question, "--who", "Ada"});
  INFO(approved.errors);
  CHECK(approved.out == "release to production: approved by Ada\n");
  watch.await(R"({"event":"finished","path":"production","state":"ok")");

  const Ended rebuilt = deploy(folder, {"rebuild", "staging"});
  CHECK(rebuilt.out == "staging: runs again\n");
  watch.signal(SIGTERM);
  CHECK(watch.end().status == 130);
  CHECK_FALSE(fs::exists(folder / ".oche/socket"));
  CHECK(deploy(folder, {"run"}).status == 0);
}

TEST_CASE("a step can be followed, stopped and run again while it runs", "[cli][operate]") {
  const Blocking project("projects/program");
  const auto operate = [&](std::vector<std::string> arguments) {
    return run_program(project.example("050_fetch_build_test", std::move(arguments)),
                       project.folder());
  };
  Running run(project.example("050_fetch_build_test", with({"watch"}, unshielded)),
              project.folder());
  run.await(test_started);
  Running log(project.example("050_fetch_build_test", {"log", "test", "--follow"}),
              project.folder());
  log.await("\nbegun\n");
  CHECK_THAT(operate({"jobs"}).out, Catch::Contains("test") && Catch::Contains("running"));

  const Ended cancelled = operate({"cancel", "test"});
  INFO(cancelled.errors);
  CHECK(cancelled.out == "test: cancelled\n");
  run.await(R"({"event":"finished","path":"test","state":"cancelled")");
  CHECK(log.end().status == 0);  // there is no more to come

  CHECK(operate({"rebuild", "test"}).out == "test: runs again\n");
  project.let_go();
  run.await(R"({"event":"finished","path":"test","state":"ok")");
  run.signal(SIGINT);
  CHECK(run.end().status == 130);
  const Ended nothing = operate({"cancel", "test"});
  CHECK(nothing.status == 1);
  CHECK_THAT(nothing.errors, Catch::Contains("no program is running on this state folder"));
}

TEST_CASE("interrupted: exit status 130, and what had finished is kept", "[cli][operate]") {
  const Blocking project("projects/program");
  const auto words = project.example("050_fetch_build_test", with({"run"}, unshielded));
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    Running run(words, project.folder());
    run.await(test_started);
    run.signal(number);
    const Ended ended = run.end();
    CHECK(ended.status == 130);
    CHECK(ended.errors == "interrupted; what had finished is kept\n");
  }
  project.let_go();
  const Ended ended = run_program(words, project.folder());
  CHECK(ended.status == 0);
  CHECK_THAT(ended.out, Catch::Contains(R"("path":"build","state":"ok"})") &&
                            Catch::Contains(R"("outcome":"ok","steps":4,"ran":1,"reused":1)"));
}

TEST_CASE("steps of a level or above ask before they run", "[cli][operate]") {
  const Folder folder;
  const auto hello = [&](std::vector<std::string> arguments) {
    return run_program(example("010_hello", with(std::move(arguments), {"--ask-from", "average"})),
                       folder.path());
  };
  CHECK(hello({"run"}).status == 3);
  const Ended approved = hello({"approve", "greet", "--who", "Ada"});
  INFO(approved.errors);
  CHECK(approved.status == 0);
  CHECK(hello({"run"}).status == 0);
}
