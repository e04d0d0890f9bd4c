// end.cpp - the ways in which an attempt can end, for steps and commands.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/testing/end.hpp>

#include "testing/support.hpp"
#include <oche/plugins/command/build.hpp>
#include <oche/plugins/command/exec.hpp>
#include <oche/plugins/command/test.hpp>
#include <oche/plugins/tree/glob.hpp>

using namespace testing_tests;

namespace {

const auto shout = step("shout", [](Job& job, const std::string& text) {
  job.log("shouting {}", text);
  return text + "!";
});
const auto tally = step("tally", [](Job&, const std::string&) -> std::size_t { return 99; });
const auto deed = step("deed", [](Job&, const std::string&) {});
const auto whisper =
    step("whisper",
         [](Job& job, const std::string&) {
           return job.secret("word").with([](std::string_view bytes) { return bytes.size(); });
         },
         {.secrets = {{"vault", "word"}}});

Term<Tree> source() { return constant(Tree{"4b825dc642cb6eb9a060e54bf8d69288fbee4904"}, "source"); }

constexpr const char* one_red =
    "<testsuite name='all' tests='2' failures='1'><testcase classname='a' name='good'/>"
    "<testcase classname='a' name='bad'><failure message='no'/></testcase></testsuite>";

/// The value of a term, once it has one, as text.
template <class T>
class Seen {
 public:
  explicit Seen(const Term<T>& term)
      : term_(map([this](const T& value) { return (value_ = value), Unit{}; }, term)) {}
  [[nodiscard]] const Term<Unit>& term() const { return term_; }
  [[nodiscard]] const std::optional<T>& value() const { return value_; }

 private:
  std::optional<T> value_;
  Term<Unit> term_;
};

}  // namespace

TEST_CASE("succeeds: a value, or the default of what the step gives", "[testing]") {
  TestEngine engine;
  engine.script("**", succeeds());
  engine.script("given/work", succeeds("a text"));
  engine.script("tally", succeeds(std::size_t{7}));
  Seen<std::string> given(section("given", [] { return work("a"); }));
  Seen<std::string> usual(work("b"));
  Seen<std::size_t> number(tally("c"));
  const Evaluation run =
      engine.start(all(given.term(), usual.term(), number.term(), deed("d"), source()));
  engine.run();
  CHECK(run.outcome().is_ok());
  CHECK(given.value() == "a text");
  CHECK(usual.value() == "");
  CHECK(number.value() == 7);
}

TEST_CASE("succeeds: a value of another type is refused, and the job goes on", "[testing]") {
  TestEngine engine;
  Var<std::string> word("word", "c");
  const Evaluation run = engine.start(tally(word.term()));
  engine.script("tally", succeeds(7));
  const std::string text = said([&] { engine.finish("tally", succeeds(7)); });
  CHECK_THAT(text, Catch::StartsWith("error: the script's value is of another type than this "
                                     "step's\n"));
  CHECK_THAT(text, Catch::Contains("path    tally\n"));
  CHECK_THAT(text, Catch::Contains("end.cpp:"));
  CHECK(engine.running() == Paths{"tally"});
  engine.finish("tally", succeeds(std::size_t{7}));
  CHECK(run.outcome().is_ok());
  CHECK_FALSE(said([&] { engine.set(word, "d"); }).empty());  // the script's, too
  CHECK(engine.running() == Paths{"tally"});
}

TEST_CASE("fails: of every class, with all that a failure has", "[testing]") {
  const FailureClass classes[] = {FailureClass::failed, FailureClass::errored,
                                  FailureClass::timed_out, FailureClass::cancelled};
  const State states[] = {State::failed, State::errored, State::timed_out, State::cancelled};
  for (std::size_t i = 0; i < 4; ++i) {
    TestEngine engine;
    engine.script("work", fails(Failure{.what = "no", .kind = classes[i], .hint = "try"}));
    const Evaluation run = engine.start(work("a"));
    CHECK(engine.state("work") == states[i]);
    REQUIRE(run.failures().size() == 1);
    CHECK(run.failures()[0].hint == "try");
    CHECK_THAT(run.failures()[0].where, Catch::Contains("end.cpp:"));
  }
}

TEST_CASE("dies: what errors is tried again by the step's rules", "[testing]") {
  const auto stubborn = step("stubborn", [](Job&) {}, {.retry = {.attempts = 3, .backoff = 1min}});
  TestEngine engine;
  engine.script("stubborn", {dies(), dies(), succeeds()});
  const Evaluation run = engine.start(stubborn());
  CHECK(engine.state("stubborn") == State::ready);
  engine.run();
  CHECK(run.outcome().is_ok());
  CHECK(engine.attempts("stubborn") == 3);
  CHECK(engine.elapsed() >= 3min);        // one minute, then two
  CHECK(engine.elapsed() <= 4min + 30s);  // and up to a half more, by chance
}

TEST_CASE("exits: a command's reports are really read and its outputs really kept", "[testing]") {
  TestEngine engine;
  engine.script("red", exits(1, {{"junit.xml", one_red}}));
  engine.script("empty", exits(0));
  engine.script("build", exits(0, {{"dist/a.whl", "bytes"}, {"dist/notes", "text"}}));
  engine.script("glob", runs());
  const auto tested = [](const char* label) {
    return test(source(), {.argv = {"run-tests", label}, .junit = "junit.xml", .label = label});
  };
  const auto built =
      build(source(), {.argv = {"make"}, .outputs = {"dist/*.whl"}, .label = "build"});
  Seen<std::vector<std::string>> files(glob(built, "**"));
  const Evaluation run = engine.start(all({{"r", tested("red")},
                                           {"e", tested("empty")},
                                           {"n", exec(source(), {.argv = {"no"}, .label = "no"})},
                                           {"f", files.term()}}));
  engine.finish("no", exits(3));
  CHECK(engine.state("red") == State::failed);
  CHECK(engine.state("empty") == State::errored);  // no report is never green
  CHECK(engine.state("no") == State::failed);
  CHECK(files.value() == std::vector<std::string>{"dist/a.whl"});
  std::string texts;
  for (const Failure& failure : run.failures())
    texts += render(failure);
  CHECK_THAT(texts, Catch::Contains("bad"));  // the test that failed
}

TEST_CASE("runs: the step's own function, with its secrets", "[testing]") {
  TestEngine engine{{.vault = [](const SecretName& name) -> std::optional<std::string> {
    return name.name == "word" ? std::optional<std::string>("abcde") : std::nullopt;
  }}};
  engine.script("**", runs());
  Seen<std::string> loud(shout("a"));
  Seen<std::size_t> length(whisper("b"));
  engine.start(all(loud.term(), length.term()));
  CHECK(loud.value() == "a!");
  CHECK(length.value() == 5);
}

TEST_CASE("what cannot end like this says what can", "[testing]") {
  TestEngine engine;
  engine.start(all(work("a"), exec(source(), {.argv = {"b"}, .label = "b"})));
  CHECK_THAT(said([&] { engine.finish("work", exits(0)); }),
             Catch::StartsWith("error: a function has no exit status\n"));
  CHECK_THAT(said([&] { engine.finish("b", runs()); }),
             Catch::StartsWith("error: a command has no function to call\n"));
  CHECK_THAT(said([&] { engine.finish("b", hangs()); }),
             Catch::StartsWith("error: nothing can end by going on\n"));
  CHECK(engine.running() == Paths{"b", "work"});
}

TEST_CASE("after: it ends at its time, and no sooner", "[testing]") {
  TestEngine engine;
  engine.script("work", succeeds("x").after(10min));
  const Evaluation run = engine.start(work("a"));
  engine.advance(10min - 1ns);
  CHECK(engine.running() == Paths{"work"});
  engine.advance(1ns);
  CHECK(run.outcome().is_ok());
}

TEST_CASE("ignoring_cancel: a function goes on to its end, a command is killed", "[testing]") {
  TestEngine engine{{.grace = 30s}};
  engine.script("**", succeeds().after(1h).ignoring_cancel());
  Var<bool> wants("wants", true);
  const auto both = all(work("a"), exec(source(), {.argv = {"b"}, .label = "b"}));
  const Evaluation run = engine.start(only_if(wants.term(), both, "not now"));
  engine.advance(1min);
  engine.set(wants, false);
  CHECK_FALSE(engine.is_settled());
  engine.run();
  CHECK(run.outcome().is_skipped());
  CHECK(engine.elapsed() == 1h);
  CHECK_THAT(engine.story(), Catch::Contains("00:01:30 cancelled b\n"));
  CHECK_THAT(engine.story(), Catch::Contains("01:00:00 ok work\n"));
}
