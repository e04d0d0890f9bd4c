// run.cpp - plan, run, and what can be asked afterwards.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "support/sample.hpp"

#include <nlohmann/json.hpp>

using namespace oche::tests;
using nlohmann::json;

namespace {

/// The lines of `run --json`.
std::vector<json> events_of(const std::string& text) {
  std::vector<json> events;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    REQUIRE(end != std::string::npos);
    events.push_back(json::parse(text.substr(at, end - at)));
    at = end + 1;
  }
  return events;
}

/// What of a plan's list can be compared.
std::vector<std::string> paths_of(const json& list) {
  std::vector<std::string> paths;
  for (const json& one : list)
    paths.push_back(one.at("path").get<std::string>());
  return paths;
}

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("plan says what would run, run runs it, the second run repeats nothing", "[cli][run]") {
  const Folder folder;
  const auto hello = [&](std::vector<std::string> arguments) {
    return run_program(example("010_hello", std::move(arguments)), folder.path());
  };
  const Ended before = hello({"plan"});
  CHECK(before.status == 2);
  CHECK(before.out == "would run:\n  greet  it never ran\n1 would run\n");
  CHECK_FALSE(fs::exists(folder / ".oche"));  // planning writes nothing

  const Ended first = hello({"run"});
  INFO(first.errors);
  CHECK(first.status == 0);
  CHECK_THAT(first.out, Catch::StartsWith("✔ greet done (") &&
                            Catch::Contains("\nok: 1 step run, 0 reused, 0 failed, 0 skipped; "));
  CHECK(first.out.find('\x1b') == std::string::npos);

  const Ended second = hello({"run"});
  CHECK(second.status == 0);
  CHECK_THAT(second.out, Catch::StartsWith("✔ greet reused\n") &&
                             Catch::Contains("\nok: 0 steps run, 1 reused, 0 failed, 0 skipped; "));
  const Ended after = hello({"plan"});
  CHECK(after.status == 0);
  CHECK(after.out == "reused:\n  greet  there is a result for these inputs\n1 reused\n");
  CHECK(hello({"run", "--quiet"}).out.empty());
}

TEST_CASE("why: what has changed since the last run, and where it is written", "[cli][run]") {
  const Folder folder;
  const auto hello = [&](std::vector<std::string> arguments) {
    return run_program(example("010_hello", std::move(arguments)), folder.path());
  };
  CHECK(hello({"run"}).status == 0);
  const Ended text = hello({"why", "greet", "--who", "moon"});
  INFO(text.errors);
  CHECK(text.status == 0);
  CHECK_THAT(text.out, Catch::StartsWith("greet: would run\n") &&
                           Catch::Contains("was world\n      is  moon\n") &&
                           Catch::Contains("010_hello.cpp:"));
  const json same = json::parse(hello({"why", "greet", "--json"}).out);
  CHECK(same.at(0).at("fate") == "reused");
  CHECK(same.at(0).at("last").at("reason") == "it had never run");
  const Ended wrong = hello({"why", "gret"});
  CHECK(wrong.status == 64);
  CHECK_THAT(wrong.errors, Catch::Contains("did you mean \"greet\"?"));
}

TEST_CASE("JSON: a plan, the events of a run, keys and jobs", "[cli][run]") {
  const Folder folder;
  const auto deploy = [&](std::vector<std::string> arguments) {
    arguments.emplace_back("--json");
    return run_program(example("020_gated_deploy", std::move(arguments)), folder.path());
  };
  const Ended planned = deploy({"plan"});
  CHECK(planned.status == 2);
  const json plan = json::parse(planned.out);
  for (const char* list : {"run", "unknown", "reuse", "blocked", "skip", "wait"}) {
    CHECK(plan.at(list).is_array());
  }
  CHECK(plan.size() == 6);
  CHECK(paths_of(plan.at("run")) == Paths{"compile"});
  CHECK(paths_of(plan.at("unknown")) ==
        Paths{"production", "staging", "tests/end-to-end", "tests/unit"});
  const json& step = plan.at("run").at(0);
  CHECK(step.at("reason") == "it never ran");
  CHECK_THAT(step.at("where").get<std::string>(), Catch::Contains("020_gated_deploy.cpp:"));
  CHECK(step.at("key").get<std::string>().size() == 64);

  const Ended ran = deploy({"run"});
  CHECK(ran.status == 3);
  const std::vector<json> events = events_of(ran.out);
  REQUIRE(events.size() > 3);
  CHECK(events[0].at("event") == "started");
  CHECK(events[0].at("path") == "compile");
  CHECK(fs::exists(events[0].at("log").get<std::string>()));
  CHECK(events[1].at("event") == "finished");
  CHECK(events[1].at("state") == "ok");
  const json& last = events.back();
  CHECK(last.at("event") == "settled");
  CHECK(last.at("outcome") == "active");
  CHECK(last.at("steps") == 5);
  CHECK(last.at("ran") == 4);
  CHECK(last.at("reused") == 0);
  CHECK(last.at("failed") == json::array());
  CHECK(last.at("skipped") == json::array());
  CHECK(last.at("seconds").get<double>() >= 0);

  const json key = json::parse(deploy({"key", "compile"}).out);
  CHECK(key.at(0).at("path") == "compile");
  CHECK(key.at(0).at("key") == step.at("key"));
  CHECK_FALSE(key.at(0).at("made_of").empty());

  const json jobs = json::parse(deploy({"jobs"}).out);
  CHECK(jobs.at("waiting") == json::array());  // nothing is running
  CHECK(jobs.at("jobs").size() == 4);
  CHECK(jobs.at("jobs").back().at("path") == "compile");
  CHECK(jobs.at("jobs").back().at("state") == "ok");
}

TEST_CASE("a failure: exit status 1, the end of its log, and the line that wrote it",
          "[cli][run]") {
  const Folder folder;
  const auto deploy = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--suite", "broken"});
    return run_program(example("020_gated_deploy", std::move(arguments)), folder.path());
  };
  const Ended ended = deploy({"run"});
  CHECK(ended.status == 1);
  CHECK_THAT(ended.out, Catch::Contains("✗ tests/end-to-end 1 of 3 tests failed: broken") &&
                            Catch::Contains("    | running broken on main.cpp.bin\n") &&
                            Catch::Contains("    log: ") &&
                            Catch::Contains("error: 1 of 3 tests failed: broken\n  where") &&
                            Catch::Contains("020_gated_deploy.cpp:") &&
                            Catch::Contains("failed: 3 steps run, 0 reused, 1 failed, 0 skipped"));
  const Ended again = deploy({"run", "--json"});  // a red result is a result
  CHECK(again.status == 1);
  const json last = events_of(again.out).back();
  CHECK(last.at("outcome") == "failed");
  CHECK(last.at("ran") == 0);
  CHECK(last.at("failed") == json::array({"tests/end-to-end"}));
  const Ended quiet = deploy({"run", "--quiet"});
  CHECK(quiet.out.empty());
  CHECK_THAT(quiet.errors, Catch::Contains("1 of 3 tests failed: broken"));

  const Ended log = deploy({"log", "tests/end-to-end"});
  CHECK(log.status == 0);
  CHECK_THAT(log.out, Catch::StartsWith("key ") && Catch::Contains("running broken"));
  const Ended rebuilt = deploy({"rebuild", "--failed"});
  CHECK(rebuilt.status == 0);
  CHECK(rebuilt.out == "tests/end-to-end: will run again with the next `run`\n");
  CHECK(events_of(deploy({"run", "--json"}).out).back().at("ran") == 1);
}

TEST_CASE("run --only evaluates what one step needs", "[cli][run]") {
  const Folder folder;
  const Ended ended =
      run_program(example("020_gated_deploy", {"run", "--only", "tests/unit"}), folder.path());
  CHECK(ended.status == 0);
  CHECK_THAT(ended.out, Catch::Contains("compile done") && Catch::Contains("tests/unit done") &&
                            !Catch::Contains("end-to-end") && Catch::Contains("ok: 2 steps run"));
  const Ended item =
      run_program(example("030_matrix", {"run", "--only", "platforms/*/compile"}), folder.path());
  CHECK(item.status == 64);
}

TEST_CASE("get copies what a build made, and nothing over what is there", "[cli][run]") {
  const Folder folder;
  make_repository("projects/program", folder / "program.git");
  const auto build = [&](std::vector<std::string> arguments) {
    return run_program(example("050_fetch_build_test", std::move(arguments)), folder.path());
  };
  REQUIRE(build({"run"}).status == 0);
  const Ended copied = build({"get", "build", "--to", "out"});
  INFO(copied.errors);
  CHECK(copied.status == 0);
  CHECK(copied.out == "build is in out\n");
  CHECK(run_program({folder / "out/program", "40", "2"}, folder.path()).out == "42\n");
  CHECK(build({"get", "build", "--to", "out"}).status == 1);
  const Ended none = build({"get", "test"});
  CHECK(none.status == 1);
  CHECK_THAT(none.errors, Catch::Contains("test has made no files that are kept"));
}

TEST_CASE("worktree: builds a folder as it is; a commit of the same files repeats nothing",
          "[cli]") {
  const Folder folder;
  make_repository("projects/program", folder / "program.git");
  const auto last = [&](std::vector<std::string> arguments) {
    const Ended ended =
        run_program(example("050_fetch_build_test", std::move(arguments)), folder.path());
    INFO(ended.errors);
    return events_of(ended.out).back();
  };
  CHECK(last({"run", "--json"}).at("ran") == 2);
  const std::string tests = folder / "program.git/tests.sh";
  write_text(tests, read_text(tests) + "expect 9 4 5\n");
  const json dirty = last({"run", "--json", "--worktree", "program.git"});
  CHECK(dirty.at("outcome") == "ok");
  CHECK(dirty.at("ran") == 2);
  CHECK(last({"run", "--json"}).at("ran") == 0);  // of what is committed
  commit_all(folder / "program.git");
  CHECK(last({"run", "--json"}).at("ran") == 0);  // the very files that were built before
}
