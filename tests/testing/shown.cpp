// shown.cpp - pictures and plans that are the same on every machine.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/testing/shown.hpp>

#include "testing/support.hpp"

using namespace testing_tests;

namespace {
Term<> pipeline(const Term<std::string>& source) {
  return all({{"a", work(source)},
              {"b", work(work(map([](const std::string& s) { return s + "!"; }, source)))},
              {"c", work("const")}});
}
}  // namespace

TEST_CASE("shown: a plan says what runs, is reused, or is not known", "[testing]") {
  TestEngine engine;
  engine.script("**", succeeds("x"));
  Var<std::string> source("source", "v1");
  const auto term = pipeline(source.term());
  CHECK(shown(engine.plan(term)) ==
        "run      a: it never ran\n"
        "run      c: it never ran\n"
        "run      work: it never ran\n"
        "unknown  b: behind work\n");
  const Evaluation run = engine.start(term);
  CHECK(run.outcome().is_ok());
  source.set("v2");
  CHECK(shown(engine.plan(term)) ==
        "run      a: something that its key is made of has changed\n"
        "run      work: something that its key is made of has changed\n"
        "reuse    c: there is a result for these inputs\n"
        "unknown  b: behind work\n");
}

TEST_CASE("picture: before and while it runs, without the lines of the program", "[testing]") {
  TestEngine engine;
  engine.script("a", fails("red"));
  Var<std::string> source("source", "v1");
  const auto term = pipeline(source.term());
  const std::string before = picture(term);
  CHECK(before == picture(pipeline(source.term())));  // written at another line
  CHECK_THAT(before, !Catch::Contains(".cpp"));
  const Evaluation run = engine.start(term);
  const std::string now = picture(run);
  CHECK(now != before);
  CHECK_THAT(now, Catch::Contains(std::string(look_of(State::failed).fill)));
  CHECK_THAT(now, !Catch::Contains(".cpp"));
}
