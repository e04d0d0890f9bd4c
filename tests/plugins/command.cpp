// command.cpp - exec, build and test: what succeeds, and what each failure says.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/support.hpp"

using namespace plugin_tests;

namespace {

constexpr const char* green = R"(<testsuite tests="2"><testcase classname="math" name="adds"/>
<testcase classname="math" name="subtracts"/></testsuite>)";
constexpr const char* red =
    R"(<testsuite tests="3">
<testcase classname="math" name="adds"><failure message="3 is not 4"/></testcase>
<testcase classname="math" name="divides"><error message="division by zero"/></testcase>
<testcase classname="math" name="subtracts"/></testsuite>)";
constexpr const char* none = R"(<testsuite tests="0"></testsuite>)";
constexpr const char* broken = "<testsuite>\n  <testcase name=\"adds\">\n</testsuite>";
constexpr const char* coverage = R"(<coverage line-rate="0.75" lines-covered="3" lines-valid="4">
<packages><package><classes><class filename="a.c"><lines><line number="1" hits="1"/>
<line number="2" hits="1"/><line number="3" hits="1"/><line number="4" hits="0"/></lines></class>
</classes></package></packages></coverage>)";

World& with_reports(World& world) {
  world.add("green.xml", green);
  world.add("red.xml", red);
  world.add("none.xml", none);
  world.add("broken.xml", broken);
  world.add("empty.xml", "");
  world.add("coverage.xml", coverage);
  world.commit();
  return world;
}

struct Message {
  const char* script;
  FailureClass kind;
  std::vector<const char*> says;
};

}  // namespace

TEST_CASE("exec: the exit status, or the signal", "[plugins][exec]") {
  World world;
  world.add("input", "five\n");
  world.commit();
  const Executed done = world.value(
      exec(world.source(), {.argv = sh("cp input output && cat input"), .outputs = {"output"}}));
  CHECK(done.exit_status == 0);
  CHECK(world.files(done.outputs) == Files{{"output", "five\n"}});

  const Message messages[] = {
      {"exit 3", FailureClass::failed, {"sh exited with status 3", "exit 3", "command.cpp:"}},
      {"kill -9 $$", FailureClass::failed, {"sh was killed by SIGKILL"}},
      {"kill -TERM $$", FailureClass::failed, {"sh was killed by SIGTERM"}},
  };
  for (const Message& message : messages) {
    const Failure failure = world.failure(exec(world.source(), {.argv = sh(message.script)}));
    CHECK(failure.kind == message.kind);
    for (const char* words : message.says)
      CHECK_THAT(render(failure), Catch::Contains(words));
  }
  const Failure missing = world.failure(exec(world.source(), {.argv = {"no-such-program-here"}}));
  CHECK(missing.kind == FailureClass::errored);
  CHECK_THAT(render(missing), Catch::Contains("no-such-program-here"));
  const Failure late =
      world.failure(exec(world.source(), {.argv = {"tail", "-f", "/dev/null"}, .timeout = 50ms}));
  CHECK(late.kind == FailureClass::timed_out);
}

TEST_CASE("build: gives what its outputs name, and nothing else", "[plugins][build]") {
  World world;
  world.add("input", "five\n");
  world.commit();
  const Tree built = world.value(build(
      world.source(), {.argv = sh("mkdir -p dist && tr a-z A-Z <input >dist/a.out && touch rest"),
                       .outputs = {"dist/*.out"}}));
  CHECK(world.files(built) == Files{{"dist/a.out", "FIVE\n"}});
  const Failure nothing =
      world.failure(build(world.source(), {.argv = sh("touch a.o"), .outputs = {"*.whl"}}));
  CHECK(nothing.kind == FailureClass::failed);
  CHECK_THAT(render(nothing), Catch::Contains("*.whl") && Catch::Contains("command.cpp:"));
  CHECK_THROWS_WITH(build(world.source(), {.argv = {"true"}}),
                    Catch::Contains("build keeps nothing"));
}

TEST_CASE("test: what the report says, and what the command says", "[plugins][test]") {
  World world;
  with_reports(world);
  const auto tested = [&](const char* script) {
    return test(world.source(), {.argv = sh(script), .junit = "r.xml"});
  };
  const TestReport report = world.value(tested("cp green.xml r.xml"));
  CHECK(report.is_green());
  CHECK_FALSE(report.coverage);

  const Message messages[] = {
      {"true", FailureClass::errored, {"r.xml"}},
      {"exit 7",
       FailureClass::errored,
       {"sh exited with status 7", "before it could write its report"}},
      {"cp none.xml r.xml", FailureClass::errored, {"r.xml", "no test"}},
      {"cp empty.xml r.xml", FailureClass::errored, {"r.xml", "empty"}},
      {"cp broken.xml r.xml", FailureClass::errored, {"r.xml:3:"}},
      {"cp red.xml r.xml",
       FailureClass::failed,
       {"1 of 3 tests failed and 1 could not be run: adds, divides", "3 is not 4"}},
      {"cp red.xml r.xml; exit 1",
       FailureClass::failed,
       {"1 of 3 tests failed and 1 could not be run: adds, divides"}},
      {"cp green.xml r.xml; exit 1",
       FailureClass::failed,
       {"sh exited with status 1", "every test in the report passed"}},
      {"mkdir r.xml", FailureClass::errored, {"r.xml"}},
      {"ln -s /etc/passwd r.xml", FailureClass::errored, {"r.xml"}},
  };
  for (const Message& message : messages) {
    const Failure failure = world.failure(tested(message.script));
    INFO(message.script << "\n" << render(failure));
    CHECK(failure.kind == message.kind);
    for (const char* words : message.says)
      CHECK_THAT(render(failure), Catch::Contains(words));
    CHECK_THAT(failure.where, Catch::Contains("command.cpp:"));
  }
  // Without a report the exit status decides.
  CHECK(world.value(test(world.source(), {.argv = {"true"}})) == TestReport{});
  CHECK(world.failure(test(world.source(), {.argv = {"false"}})).kind == FailureClass::failed);
}

TEST_CASE("at_least: both ends count", "[plugins][test]") {
  World world;
  with_reports(world);
  const auto tests = test(world.source(), {.argv = sh("cp green.xml r.xml; cp coverage.xml c.xml"),
                                           .junit = "r.xml",
                                           .cobertura = "c.xml"});
  CHECK(world.value(tests).coverage == 75.0);
  world.value(at_least(tests, 75.0));
  world.value(at_least(tests, 0.0));
  const Failure below = world.failure(at_least(tests, 75.5));
  CHECK(below.what == "coverage is 75.00 %, below 75.5 %");
  CHECK(below.kind == FailureClass::failed);
  const Failure none_measured = world.failure(
      at_least(test(world.source(), {.argv = sh("cp green.xml r.xml"), .junit = "r.xml"}), 50.0));
  CHECK(none_measured.kind == FailureClass::errored);
  CHECK(none_measured.what == "the tests measured no coverage");
}
