// test_engine.cpp - scripts, the driver, what is seen, and what goes wrong.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/testing/test_engine.hpp>

#include "testing/support.hpp"

#include <filesystem>
#include <iterator>
#include <utility>

using namespace testing_tests;

namespace {

std::ptrdiff_t threads() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/task"), {});
}

const auto deploy =
    step("deploy", [](Job&, const Latest<std::string>&) {}, {.level = Level::dangerous});

/// Two tests before a deployment that a person has agreed to.
Term<> release(const Term<std::string>& source) {
  auto binary = work(source);
  auto tests = section("tests", [&] {
    return all({{"unit", work(map([](const std::string& b) { return "unit " + b; }, binary))},
                {"slow", work(map([](const std::string& b) { return "slow " + b; }, binary))}});
  });
  return deploy(approve("release", gate(binary, on(tests))));
}

}  // namespace

TEST_CASE("script: a path, a pattern, a label or a name; the last that fits counts", "[testing]") {
  TestEngine engine;
  engine.script("**", fails("by **"));
  engine.script("one/*", fails("by one/*"));
  engine.script("one/b", fails("by one/b"));
  engine.script("three/**/deep", fails("by three/**/deep"));
  engine.script("nowhere", succeeds());
  const auto in = [](const char* group, const char* label) {
    return section(group, [&] { return all({{label, work(std::string(group) + label)}}); });
  };
  engine.start(all(in("one", "a"), in("one", "b"), in("two", "a")));
  CHECK_THAT(engine.story(), Catch::Contains("failed one/a: by one/*\n"));
  CHECK_THAT(engine.story(), Catch::Contains("failed one/b: by one/b\n"));
  CHECK_THAT(engine.story(), Catch::Contains("failed two/a: by **\n"));
  CHECK(engine.unused_scripts() == Paths{"three/**/deep", "nowhere"});
  engine.script("work", succeeds("by the step's name"));
  engine.rebuild("one/b");
  CHECK(engine.state("one/b") == State::ok);
}

TEST_CASE("script: a function is told which attempt it is", "[testing]") {
  TestEngine engine;
  std::vector<std::string> seen;
  engine.script("**", [&](const Started& started) {
    seen.push_back(fmt::format("{} {} {}", started.path, started.label, started.attempt));
    return started.attempt < 2 ? dies() : succeeds();
  });
  engine.start(all({{"a", work("x")}}));
  engine.rebuild("a");
  CHECK(engine.state("a") == State::ok);
  CHECK(seen == std::vector<std::string>{"a work 1", "a work 2"});
}

TEST_CASE("what nobody scripts runs until the test ends it", "[testing]") {
  TestEngine engine{{.slots = 1}};
  const Evaluation run = engine.start(all({{"a", work("a")}, {"b", work("b")}}));
  CHECK(engine.running() == Paths{"a"});
  CHECK(engine.ready() == Paths{"b"});
  CHECK_FALSE(engine.is_settled());
  engine.finish("a", fails("no"));
  CHECK(engine.running() == Paths{"b"});
  CHECK(engine.ready().empty());
  engine.finish("b");
  CHECK(engine.is_settled());
  CHECK(run.is_settled());
  CHECK(run.outcome().is_failed());
  CHECK(engine.attempts("a") == 1);
}

TEST_CASE("misuse names the path and what there is", "[testing]") {
  TestEngine engine;
  const Evaluation run = engine.start(all({{"alpha", work("a")}, {"beta", work("b")}}));
  engine.finish("beta");
  CHECK_THAT(said([&] { engine.finish("alpah"); }), Catch::Contains("did you mean \"alpha\"?"));
  CHECK_THAT(said([&] { (void)engine.state("bet"); }), Catch::Contains("did you mean \"beta\"?"));
  CHECK_THAT(said([&] { engine.finish("beta"); }), Catch::StartsWith("error: beta does not run\n"));
  CHECK_THAT(said([&] { engine.approve("alpha"); }), Catch::StartsWith("error: "));
  CHECK(said([&] { engine.run(); }) ==
        "error: something runs, and nothing says how it ends\n"
        "  runs   alpha\n"
        "hint: give it a script, or end it with `finish`\n");
  // Nobody else would ever wake it.
  CHECK_THAT(said([&] { run.wait_until_settled(); }),
             Catch::StartsWith("error: nobody else drives this engine"));
}

TEST_CASE("a pipeline is driven step by step, people included", "[testing]") {
  TestEngine engine;
  Var<std::string> source("source", "v1");
  const Evaluation run = engine.start(release(source.term()));
  CHECK(engine.running() == Paths{"work"});
  engine.finish("work", succeeds("bin1"));
  CHECK(engine.running() == Paths{"tests/slow", "tests/unit"});
  engine.finish("tests/slow");
  CHECK(engine.waiting().empty());
  engine.finish("tests/unit");
  CHECK(engine.waiting() == Paths{"release"});
  CHECK(engine.approve("release", "ann") == Paths{"release"});
  CHECK(engine.running() == Paths{"deploy"});
  engine.finish("deploy");
  CHECK(run.outcome().is_ok());
  engine.set(source, "v2");
  CHECK(engine.running() == Paths{"work"});
  engine.cancel("work");
  CHECK(engine.state("work") == State::cancelled);
  CHECK(engine.state("deploy") == State::blocked);
}

TEST_CASE("the same calls give the same story, to the letter", "[testing]") {
  const auto story = [](std::uint64_t seed) {
    TestEngine engine{{.slots = 2, .ask_from = Level::dangerous, .seed = seed}};
    engine.script("**", succeeds().after(90s));
    engine.script("tests/slow", {fails("2 tests failed").after(1h), succeeds().after(1h)});
    Var<std::string> source("source", "v1");
    const Evaluation run = engine.start(release(source.term()));
    engine.run();
    engine.rebuild("tests/slow");
    engine.run();
    engine.approve("release");
    engine.approve("deploy");
    engine.run();
    CHECK(run.outcome().is_ok());
    return engine.story();
  };
  CHECK(story(0) ==
        "00:00:00 started work\n"
        "00:01:30 ok work\n"
        "00:01:30 started tests/unit\n"
        "00:01:30 started tests/slow\n"
        "00:03:00 ok tests/unit\n"
        "01:01:30 failed tests/slow: 2 tests failed\n"
        "01:01:30 settled\n"
        "01:01:30 started tests/slow\n"
        "02:01:30 ok tests/slow\n"
        "02:01:30 waiting release: release\n"
        "02:01:30 settled\n"
        "02:01:30 waiting deploy\n"
        "02:01:30 settled\n"
        "02:01:30 started deploy\n"
        "02:03:00 ok deploy\n"
        "02:03:00 settled\n");
  for (std::uint64_t seed = 1; seed <= 3; ++seed)
    CHECK(story(seed) == story(seed));
}

TEST_CASE("a test engine has no threads", "[testing]") {
  const std::ptrdiff_t before = threads();
  TestEngine engine;
  engine.script("**", succeeds());
  const Evaluation run = engine.start(all(work("a"), work("b")));
  CHECK(run.outcome().is_ok());
  CHECK(threads() == before);
}

TEST_CASE("a pipeline goes on without a handle, until it is ended", "[testing]") {
  TestEngine engine;
  engine.start(work("a"));
  engine.advance(1h);
  CHECK(engine.running() == Paths{"work"});
  Evaluation again = engine.start(section("other", [] { return work("a"); }));
  CHECK(engine.running() == Paths{"other/work", "work"});
  engine.end(std::move(again));
  CHECK(engine.running() == Paths{"work"});
  CHECK(engine.attempts("work") == 1);
}

TEST_CASE("two test engines know nothing of each other", "[testing]") {
  TestEngine one;
  TestEngine other;
  const auto pipeline = work("a");
  one.start(pipeline);
  other.start(pipeline);
  one.finish("work");
  CHECK(one.is_settled());
  CHECK(other.running() == Paths{"work"});
  one.advance(1h);
  CHECK(other.elapsed() == 0s);
}

TEST_CASE("restart: what is stored is taken, what was cut off runs again", "[testing]") {
  TestEngine engine;
  const auto pipeline = all({{"a", work("a")}, {"b", work("b")}});
  for (const bool is_crash : {false, true}) {
    engine.start(pipeline);
    CHECK(engine.running() == (is_crash ? Paths{"b"} : Paths{"a", "b"}));
    if (!is_crash) engine.finish("a");
    is_crash ? engine.crash() : engine.restart();
  }
  engine.start(pipeline);
  engine.finish("b");
  CHECK(engine.attempts("a") == 1);
  CHECK(engine.attempts("b") == 3);
}

TEST_CASE("crash: at any moment, nothing that was told as stored runs again", "[testing]") {
  const auto pipeline = release(constant(std::string("v1"), "source"));
  int cut_off = 0;
  for (std::uint64_t moment = 1;; ++moment) {
    TestEngine engine{{.seed = moment}};
    engine.script("**", succeeds().after(1min));
    std::map<std::string, int> finished;
    bool was_whole = false;
    {
      EventReader events = engine.events();
      const Evaluation run = engine.start(pipeline);
      // From here on things happen one by one.
      was_whole = engine.run_some(moment);
      while (const auto event = events.next()) {
        if (event->what == Event::What::finished && event->state == State::ok)
          ++finished[event->path];
      }
    }
    engine.crash();
    const Evaluation again = engine.start(pipeline);
    engine.run();
    engine.approve("release");
    engine.run();
    CHECK(again.outcome().is_ok());
    for (const auto& [path, times] : finished) {
      INFO(path << " at moment " << moment);
      CHECK(engine.attempts(path) == 1);
    }
    if (engine.attempts("work") > 1 || engine.attempts("tests/unit") > 1) ++cut_off;
    if (was_whole) break;
    REQUIRE(moment < 1000);
  }
  CHECK(cut_off > 3);
}

TEST_CASE("fault: on a full disk a result waits, and room for it ends that", "[testing]") {
  TestEngine engine;
  const Evaluation run = engine.start(work("a"));
  engine.fault(StoreFault::disk_full);
  engine.finish("work");
  CHECK(engine.state("work") == State::errored);
  REQUIRE(run.failures().size() == 1);
  CHECK(run.failures()[0].what == "the state folder's disk is full");
  engine.run();  // settled: nobody waits for the disk
  engine.fault(StoreFault::none);
  engine.run();
  CHECK(engine.state("work") == State::ok);
  CHECK(engine.attempts("work") == 1);
}

TEST_CASE("fault: what can never be stored has errored", "[testing]") {
  TestEngine engine;
  const Evaluation run = engine.start(work("a"));
  engine.fault(StoreFault::refuses);
  engine.finish("work");
  CHECK(engine.state("work") == State::errored);
  engine.fault(StoreFault::none);
  engine.rebuild("work");
  engine.finish("work");
  CHECK(run.outcome().is_ok());
}

TEST_CASE("time: results expire, functions time out and schedules wait on the test's clock",
          "[testing]") {
  const auto fresh = step("fresh", [](Job&) {}, {.valid_for = 24h});
  const auto hasty = step("hasty", [](Job&) {}, {.timeout = 1min});
  TestEngine engine;
  engine.script("fresh", succeeds().after(1h));
  engine.script("hasty", hangs());
  engine.start(all(fresh(), hasty()));
  engine.run();
  CHECK(engine.state("hasty") == State::timed_out);
  CHECK(engine.attempts("fresh") == 1);
  engine.advance(72h);
  CHECK(engine.attempts("fresh") == 3);  // after 25 and 50 hours
}

TEST_CASE("time: how long a few of many steps take decides what goes first within hours",
          "[testing]") {
  TestEngine engine{{.slots = 1}};
  Duration needed = 10s;
  engine.script("**", succeeds().after(1s));
  engine.script("even", succeeds().after(1min));
  engine.script("grows", [&](const Started&) { return succeeds().after(needed); });
  Var<std::string> source("source", "0");
  std::vector<std::pair<std::string, Term<std::string>>> parts;
  for (const char* name : {"even", "grows"}) {
    parts.emplace_back(name,
                       work(map([name](const std::string& s) { return name + s; }, source.term())));
  }
  for (int i = 0; i < 40; ++i)
    parts.emplace_back(fmt::format("part{}", i), work(std::to_string(i)));
  engine.start(all(parts));
  engine.run();
  engine.advance(2min);  // much is new: that is known by now
  const auto first_of = [&](const char* value) {
    engine.set(source, value);
    const Paths running = engine.running();
    engine.run();
    return running;
  };
  needed = 10min;
  CHECK(first_of("1") == Paths{"even"});
  engine.advance(2min);
  CHECK(first_of("2") == Paths{"even"});  // little is new, and not known yet
  engine.advance(6h);
  CHECK(first_of("3") == Paths{"grows"});
}

TEST_CASE("lists: items come and go, each at its path", "[testing]") {
  TestEngine engine;
  engine.script("names/*/work", succeeds());
  engine.script("names/b/work", hangs());
  Var<std::vector<std::string>> names("names", {"a", "b"});
  const Evaluation run =
      engine.start(list_iter(names.term(), [](Term<std::string> name) { return work(name); }));
  CHECK(engine.running() == Paths{"names/b/work"});
  engine.set(names, {"c", "a"});
  CHECK(engine.running().empty());
  CHECK(run.outcome().is_ok());
  CHECK(engine.attempts("names/a/work") == 1);
}
