// folds.cpp - a fold misses no value, however fast values come.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/support.hpp"

#include <thread>

using namespace engine_tests;

namespace {

std::string append(const std::string& all, const std::string& one) { return all + one; }
Term<std::string> joined(const Term<std::string>& letters) {
  return fold("joined", std::string(), append, letters);
}

}  // namespace

TEST_CASE("semantics: fold, each of a Var's values is folded, in order, also within a round",
          "[engine][semantics]") {
  Stage stage;
  EngineOptions options = stage.options();
  options.loop = Loop::host;  // no round comes between the values
  Engine engine(options);
  Var<std::string> letter("letter", "a");
  const Evaluation run = engine.start(all(work(joined(letter.term())), work(letter.term())));
  for (const char* next : {"b", "c", "b", "d"})
    letter.set(next);
  while (!run.is_settled())
    engine.advance();
  CHECK(stage.board().started("abcbd") == 1);
  CHECK(stage.board().started("d") == 1);
  for (const char* between : {"a", "ab", "abc", "abcb", "b", "c"})
    CHECK(stage.board().started(between) == 0);  // a job starts for what is true in the end
  for (const char* next : {"e", "f"})
    letter.set(next);
  while (!run.is_settled())
    engine.advance();
  CHECK(stage.board().started("abcbdef") == 1);
}

TEST_CASE("semantics: fold, behind functions, items and in a hole no value is missed either",
          "[engine][semantics]") {
  Stage stage;
  EngineOptions options = stage.options();
  options.loop = Loop::host;
  Engine engine(options);
  Var<std::string> letter("letter", "a");
  const auto doubled = map([](const std::string& x) { return x + x; }, letter.term());
  const auto in_hole =
      dynamic("hole", [letter](bool) { return joined(letter.term()); }, constant(true, "yes"));
  const auto others = section("mapped", [&] { return joined(doubled); });
  const Evaluation run = engine.start(all({{"one", work(others)}, {"two", work(in_hole)}}));
  while (!run.is_settled())
    engine.advance();
  for (const char* next : {"b", "c"})
    letter.set(next);
  while (!run.is_settled())
    engine.advance();
  CHECK(stage.board().started("aabbcc") == 1);
  CHECK(stage.board().started("abc") == 1);
}

TEST_CASE("semantics: fold, values that threads set at once are each folded once",
          "[engine][semantics]") {
  Stage stage;
  constexpr int each = 500;
  Var<int> number("number", 0);
  const auto count = fold("count", 0, [](int n, int) { return n + 1; }, number.term());
  Engine engine(stage.options());
  const Evaluation run =
      engine.start(work(map([](int n) { return n == 1 + 3 * each ? "all" : "some"; }, count)));
  std::vector<std::thread> threads;
  for (int who = 1; who <= 3; ++who) {
    threads.emplace_back([&number, who] {
      for (int i = 0; i < each; ++i)
        number.set(who * 1'000'000 + i);  // no two are equal
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  run.wait_until_settled();
  CHECK(stage.board().started("all") == 1);
}

TEST_CASE("semantics: fold, state and last value are stored together and outlive the engine",
          "[engine][semantics]") {
  Stage stage;
  Var<std::string> letter("letter", "a");
  const auto pipeline = work(joined(letter.term()));
  for (const char* expected : {"ab", "ab", "abcb"}) {
    Engine engine(stage.options());
    const Evaluation run = engine.start(pipeline);
    if (std::string_view(expected) == "abcb") letter.set("c");
    letter.set("b");
    run.wait_until_settled();
    CHECK(run.outcome().is_ok());
    CHECK(stage.board().started(expected) == 1);
  }
}

TEST_CASE("semantics: fold, two of one name keep apart", "[engine][semantics]") {
  Stage stage;
  for (int i = 0; i < 2; ++i) {
    Engine engine(stage.options());
    const auto in = [](const char* name, const char* value) {
      return section(name, [&] { return work(joined(constant(std::string(value), "letter"))); });
    };
    const Evaluation run = engine.start(all(in("one", "x"), in("two", "y")));
    run.wait_until_settled();
    CHECK(run.outcome().is_ok());
  }
  CHECK(stage.board().started("x") == 1);
  CHECK(stage.board().started("y") == 1);
}
