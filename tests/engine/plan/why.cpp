// why.cpp - why a step would run, may run, ran, or does not, and what caused it.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/engine/why.hpp>

#include "engine/core/support.hpp"
#include "engine/jobs/key.hpp"
#include <oche/engine/state_folder.hpp>

#include <nlohmann/json.hpp>

using namespace engine_tests;

namespace why_tests {

namespace {

const auto joined =
    step("joined", [](Job&, const std::string& a, const std::string& b) { return a + "+" + b; });

void run_all(const Stage& stage, const AnyTerm& pipeline) {
  Engine engine(stage.options());
  engine.start(pipeline).wait_until_settled();
}

/// Two chains that meet: `left` changes only the first.
Term<std::string> meeting(const std::string& left) {
  const auto word = constant(left, "word");
  const auto first =
      section("one", [&] { return work(map([](const std::string& s) { return s + "!"; }, word)); });
  const auto second = section("two", [] { return work("same"); });
  return joined(first, second);
}

Why why_of(const Stage& stage, const AnyTerm& pipeline, std::string_view path) {
  Result<Why> answer = why(pipeline, path, stage.options());
  if (!answer) FAIL(answer.failure().what);
  return std::move(answer).value();
}

std::vector<std::string> lines_of(const Why& why) {
  std::vector<std::string> lines;
  for (const Cause& one : why.causes)
    lines.push_back(std::string(one.depth, '-') + one.path + ": " + one.text);
  return lines;
}
using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("why: what never ran has no key to compare with", "[engine][why]") {
  Stage stage;
  const Why answer = why_of(stage, meeting("a"), "one/work");
  CHECK(answer.fate == Planned::run);
  CHECK(answer.step.reason == "it never ran");
  CHECK_FALSE(answer.nearest);
  CHECK_FALSE(answer.last);
  CHECK_FALSE(std::filesystem::exists(stage.options().state));
}

TEST_CASE("why: a changed argument is followed back to the constant that gave it",
          "[engine][why]") {
  Stage stage;
  run_all(stage, meeting("a"));
  const Why answer = why_of(stage, meeting("b"), "one/work");
  CHECK(answer.fate == Planned::run);
  REQUIRE(answer.nearest);
  CHECK(answer.nearest->path == "one/work");
  REQUIRE(answer.nearest->changes.size() == 1);
  CHECK(answer.nearest->changes[0].part == "argument 1");
  CHECK(answer.nearest->changes[0].before == "a!");
  CHECK(answer.nearest->changes[0].now == "b!");
  CHECK(lines_of(answer) == Lines{"map: made from", "-word: written there: b"});
  for (const Cause& one : answer.causes)
    CHECK_THAT(one.where, Catch::Contains("why.cpp:"));
  CHECK_THAT(to_text(answer), Catch::StartsWith("one/work: would run\n") &&
                                  Catch::Contains("argument 1:\n      was a!\n") &&
                                  Catch::Contains("    word (") && Catch::Contains("ran last "));
}

TEST_CASE("why: behind a step that would run, it may run, and the cause is that one's",
          "[engine][why]") {
  Stage stage;
  run_all(stage, meeting("a"));
  const Why answer = why_of(stage, meeting("b"), "joined");
  CHECK(answer.fate == Planned::unknown);
  REQUIRE(answer.causes.size() == 3);
  CHECK(answer.causes[0].path == "one/work");
  CHECK_THAT(answer.causes[0].text,
             Catch::StartsWith("would run: ") && Catch::Contains("argument 1: a! → b!"));
  CHECK(answer.causes[2].path == "word");
  CHECK(answer.causes[2].depth == 2);
}

TEST_CASE("why it ran: the newest key against those before it; what stayed is no cause",
          "[engine][why]") {
  Stage stage;
  run_all(stage, meeting("a"));
  run_all(stage, meeting("b"));
  const Why again = why_of(stage, meeting("b"), "joined");
  CHECK(again.fate == Planned::reuse);
  REQUIRE(again.last);
  CHECK(again.last->state == "ok");
  CHECK(again.last->reason == "argument 1: a! → b!");
  CHECK(again.causes.empty());
  // Only the first half is made again, and only the first half is to blame.
  {
    Engine engine(stage.options());
    const auto part = section("one", [] {
      return work(
          map([](const std::string& s) { return s + "!"; }, constant(std::string("c"), "word")));
    });
    engine.start(part).wait_until_settled();
  }
  const Why third = why_of(stage, meeting("c"), "joined");
  CHECK(third.fate == Planned::run);
  CHECK(lines_of(third) ==
        Lines{"one/work: argument 1: b! → c!", "-map: made from", "--word: written there: c"});
}

TEST_CASE("why: it expired, or was asked for: the key is the same", "[engine][why]") {
  Stage stage;
  run_all(stage, meeting("a"));
  REQUIRE(StateFolder::rebuild(stage.options().state, {"one/work"}));
  const Why answer = why_of(stage, meeting("a"), "one/work");
  CHECK(answer.fate == Planned::run);
  REQUIRE(answer.nearest);
  CHECK(answer.nearest->changes.empty());
  run_all(stage, meeting("a"));
  const Why after = why_of(stage, meeting("a"), "one/work");
  REQUIRE(after.last);
  CHECK_THAT(after.last->reason, Catch::Contains("same key"));
}

TEST_CASE("why: a step that has moved is compared with where it was", "[engine][why]") {
  Stage stage;
  run_all(stage, section("here", [] { return work("a"); }));
  const Why answer = why_of(stage, section("there", [] { return work("b"); }), "there/work");
  CHECK(answer.fate == Planned::run);
  REQUIRE(answer.nearest);
  CHECK(answer.nearest->path == "here/work");
  CHECK(answer.nearest->changes.size() == 1);
}

TEST_CASE("why not: a failure, a person, a condition", "[engine][why]") {
  Stage stage;
  stage.board().fail("a", Failure{"no such file"});
  const auto first = work("a");
  const auto failing = section("after", [&] { return work(first); });
  run_all(stage, failing);
  const Why blocked = why_of(stage, failing, "after/work");
  CHECK(blocked.fate == Planned::blocked);
  REQUIRE(blocked.causes.size() == 1);
  CHECK(blocked.causes[0].path == "work");
  CHECK(blocked.causes[0].text == "failed: no such file");

  const auto asking = work(approve("may it", constant(std::string("v1"), "image")));
  const Why waits = why_of(stage, asking, "work");
  CHECK(waits.fate == Planned::wait);
  REQUIRE(waits.causes.size() == 1);
  CHECK_THAT(waits.causes[0].text, Catch::Contains("approve may it"));

  const auto condition = map([](int n) { return n > 2; }, constant(1, "size"));
  const auto left = only_if(condition, work("x"), "too small");
  const Why skipped = why_of(stage, left, "work");
  CHECK(skipped.fate == Planned::skip);
  REQUIRE(skipped.causes.size() == 3);
  CHECK(skipped.causes[0].text == "is false: too small");
  CHECK(skipped.causes[2].path == "size");
}

TEST_CASE("why: an unknown step names the nearest; JSON says the same", "[engine][why]") {
  Stage stage;
  const Result<Why> wrong = why(meeting("a"), "joind", stage.options());
  REQUIRE_FALSE(wrong);
  CHECK_THAT(wrong.failure().hint, Catch::Contains("joined"));
  run_all(stage, meeting("a"));
  const Why answer = why_of(stage, meeting("b"), "one/work");
  const auto json = nlohmann::json::parse(to_json(answer));
  CHECK(json.at("path") == "one/work");
  CHECK(json.at("fate") == "would run");
  CHECK(json.at("nearest").at("changes").at(0).at("now") == "b!");
  CHECK(json.at("causes").size() == answer.causes.size());
  CHECK(json.at("last").at("state") == "ok");
}

TEST_CASE("why: what a key is made of comes back as it was stored", "[engine][why]") {
  const std::vector<detail::KeyPart> parts{{"step", "a", {}},
                                           {"argument 1", std::string("12:\0x", 5), "shown: 3:"}};
  const auto back = detail::parts_of(detail::text_of(parts));
  REQUIRE(back);
  REQUIRE(back->size() == 2);
  CHECK((*back)[1].name == "argument 1");
  CHECK((*back)[1].text == parts[1].text);
  CHECK((*back)[1].shown == parts[1].shown);
  for (const char* wrong : {"3:ab", "x", "1:a", "99999999999999999999:a", "1a1:a1:a"})
    CHECK_FALSE(detail::parts_of(wrong));
}

}  // namespace why_tests
