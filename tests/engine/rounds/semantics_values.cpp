// semantics_values.cpp - who wins: every row of semantics §2 about values, success and failures.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/script.hpp"
#include <oche/base/error.hpp>

#include <catch2/catch.hpp>

using namespace oche;
using namespace oche::tests;

namespace {

Term<int> skipped(std::string_view why) { return only_if(constant(false), constant(1), why); }
Term<int> sum(const Term<int>& a, const Term<int>& b) {
  return map([](int x, int y) { return x + y; }, a, b);
}
std::string here(unsigned line) { return std::string(__FILE__) + ":" + std::to_string(line); }

}  // namespace

TEST_CASE("semantics: inputs, failed wins over active over skipped over ok",
          "[engine][rounds][semantics]") {
  const Term<int> one = work("one", {});
  const Term<int> two = work("two", {});
  Play play(sum(sum(work("three", {}), skipped("not main")), sum(one, two)));
  play.script.tell("three()", ok(3));
  play.script.tell("one()", ok(1));
  play.tell("two()", ok(2));
  CHECK(play.root() == "skipped: not main @not main");
  play.tell("two()", active(Phase::running));
  CHECK(play.root() == "running @two");
  play.tell("one()", fails("no space"));
  CHECK(play.root() == "failed: no space @one");
}

TEST_CASE("semantics: inputs, a step, zip and collect wait as map does",
          "[engine][rounds][semantics]") {
  const std::vector<Term<int>> both = {work("one", {}), work("two", {})};
  Play step(work("last", {both[0], both[1]}));
  Play zipped(
      map([](const std::tuple<int, int>& t) { return std::get<1>(t); }, zip(both[0], both[1])));
  Play collected(map([](const std::vector<int>& v) { return v[0] * 10 + v[1]; }, collect(both)));
  for (Play* play : {&step, &zipped, &collected}) {
    CHECK(play->root() == "ready @one");
    play->tell("one()", ok(1));
    CHECK(play->root() == "ready @two");
    play->tell("two()", ok(2));
  }
  CHECK(step.root() == "ready @last");
  CHECK(step.script.said == Strings{"ask last(1,2)"});
  CHECK(zipped.root() == "ok 2");
  CHECK(collected.root() == "ok 12");
}

TEST_CASE(
    "semantics: inputs, among equals the leftmost gives the state and all failures are causes",
    "[engine][rounds][semantics]") {
  const Term<int> one = work("one", {});
  const Term<int> two = work("two", {});
  const Term<int> three = work("three", {});
  Play play(sum(sum(three, one), sum(two, one)));
  CHECK(play.root() == "ready @three");
  play.script.tell("one()", fails("first"));
  play.script.tell("two()", fails("second"));
  play.tell("three()", ok(3));
  CHECK(play.root() == "failed: first @one");
  CHECK(play.causes(play.rounds.root_cell()) == Strings{"one", "two"});
  CHECK_FALSE(play.rounds.has_more_causes(play.rounds.root_cell()));
  play.tell("three()", fails("third"));
  CHECK(play.root() == "failed: third @three");
  CHECK(play.causes(play.rounds.root_cell()) == Strings{"three", "one", "two"});
  REQUIRE(play.rounds.failures().size() == 3);
  CHECK(play.rounds.failures()[1].what == "first");
}

TEST_CASE("semantics: inputs, a dozen causes are carried, and all are found when asked",
          "[engine][rounds][semantics]") {
  std::vector<Term<int>> many;
  for (int i = 0; i < 40; ++i)
    many.push_back(map([i](int) -> int { throw std::runtime_error("broken " + std::to_string(i)); },
                       constant(i)));
  Play play(collect(many));
  CHECK(play.rounds.causes(play.rounds.root_cell()).size() == 12);
  CHECK(play.rounds.has_more_causes(play.rounds.root_cell()));
  const std::vector<Failure> all_of_them = play.rounds.failures();
  REQUIRE(all_of_them.size() == 40);
  CHECK(all_of_them[39].what == "broken 39");
}

TEST_CASE("semantics: inputs, phases have no order", "[engine][rounds][semantics]") {
  const Term<int> one = work("one", {});
  const Term<int> two = work("two", {});
  Play play(sum(one, two));
  play.script.tell("one()", active(Phase::awaiting_approval));
  play.tell("two()", active(Phase::running));
  CHECK(play.root() == "awaiting approval @one");
  play.tell("one()", active(Phase::ready));
  CHECK(play.root() == "ready @one");
  CHECK(play.evaluated() == Strings{"one"});  // its readers look it up
}

TEST_CASE("semantics: all, failed over active over ok; skipped counts as success",
          "[engine][rounds][semantics]") {
  Play play(all(work("one", {}), skipped("x"), work("two", {})));
  CHECK(play.root() == "ready @one");
  play.tell("one()", ok(1));
  CHECK(play.root() == "ready @two");
  play.tell("two()", ok(2));
  CHECK(play.root() == "ok ()");
  play.script.tell("one()", active(Phase::running));
  play.tell("two()", fails("broken"));
  CHECK(play.root() == "failed: broken @two");
}

TEST_CASE("semantics: all, of skipped ones only is skipped, of none is ok",
          "[engine][rounds][semantics]") {
  CHECK(Play(all(skipped("a"), skipped("b"))).root() == "skipped: a @a");
  CHECK(Play(all()).root() == "ok ()");
}

TEST_CASE("semantics: all, equal failures of labelled ones are told once",
          "[engine][rounds][semantics]") {
  Play play(
      all({{"debian", work("one", {})}, {"alpine", work("two", {})}, {"arch", work("three", {})}}));
  play.script.tell("one()", fails("no space left"));
  play.tell("two()", fails("no space left"));
  CHECK(play.root() == "failed: debian, alpine failed: no space left @debian");
  JobAnswer late = fails("after 5 min");
  Failure failure = *late.failure;
  failure.kind = FailureClass::timed_out;
  late.failure = std::make_shared<const Failure>(failure);
  play.tell("three()", late);
  CHECK(play.root() ==
        "failed: debian, alpine failed: no space left; arch timed out: after 5 min @debian");
  play.script.tell("two()", ok(1));
  play.tell("one()", ok(1));
  CHECK(play.root() == "timed out: arch timed out: after 5 min @arch");
}

TEST_CASE("semantics: all, of very many labelled failures a dozen are told",
          "[engine][rounds][semantics]") {
  std::vector<std::pair<std::string, Term<>>> many;
  for (int i = 0; i < 100; ++i)
    many.emplace_back("b" + std::to_string(i), failed(Failure{"full"}));
  CHECK(Play(all(many)).rounds.root().failure->what ==
        "b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11 failed: full; and 88 more");
}

TEST_CASE("semantics: gate, the controls first, even if x has failed",
          "[engine][rounds][semantics]") {
  Play play(gate(work("x", {}), on(work("one", {}), work("two", {}))));
  CHECK(play.script.asked.size() == 3);  // nothing upstream waits
  play.tell("x()", fails("x is broken"));
  CHECK(play.root() == "ready @one");
  play.script.tell("one()", ok(1));
  play.tell("two()", fails("test"));
  CHECK(play.root() == "failed: test @two");
  play.tell("two()", ok(2));
  CHECK(play.root() == "failed: x is broken @x");
  play.tell("x()", ok(7));
  CHECK(play.root() == "ok 7");
}

TEST_CASE("semantics: gate, a skipped control keeps it shut", "[engine][rounds][semantics]") {
  const Term<int> gated = gate(work("x", {}), on(skipped("not main")));
  Play play(work("deploy", {gated}));
  play.tell("x()", ok(7));
  CHECK(play.root() == "skipped: not main @not main");
  CHECK(play.script.asked.size() == 1);
}

TEST_CASE("semantics: only_if, a condition that is not ok gives its state",
          "[engine][rounds][semantics]") {
  const Term<bool> is_main = map([](int n) { return n == 1; }, work("branch", {}));
  Play play(only_if(is_main, work("push", {}), "not main"));
  CHECK(play.root() == "ready @branch");
  play.tell("branch()", fails("offline"));
  CHECK(play.root() == "failed: offline @branch");
  play.tell("branch()", ok(2));
  CHECK(play.root() == "skipped: not main @not main");
  play.tell("branch()", ok(1));
  CHECK(play.root() == "ready @push");
  play.tell("push()", fails("refused"));
  CHECK(play.root() == "failed: refused @push");
  play.tell("push()", ok(4));
  CHECK(play.root() == "ok 4");
}

TEST_CASE("semantics: map, what is thrown is a failure with the line of the map",
          "[engine][rounds][semantics]") {
  const auto refuse = [](int) -> int { throw std::runtime_error("no such tag"); };
  const unsigned line = __LINE__ + 1;
  const Term<int> thrown = map(refuse, constant(1));
  Play play(map([](int x) { return x; }, thrown));
  const CellOutcome seen = play.rounds.root();
  CHECK(seen.failure->what == "no such tag");
  CHECK(seen.failure->where == here(line));
  CHECK(seen.failure->kind == FailureClass::failed);
  CHECK(play.rounds.asker(seen.origin).graph->where(play.rounds.asker(seen.origin).node).line() ==
        line);
  CHECK(play.rounds.state(seen.origin) == State::failed);
  CHECK(play.rounds.state(play.rounds.root_cell()) == State::blocked);
}

TEST_CASE("semantics: map, an oche::Error keeps its facts, anything else is said to be unknown",
          "[engine][rounds][semantics]") {
  const unsigned line = __LINE__ + 2;
  const Term<int> facts = map(
      [](int) -> int {
        throw Error(Failure{.what = "no such key",
                            .kind = FailureClass::errored,
                            .facts = {{"file", "a.json"}},
                            .hint = "did you mean \"name\"?"});
      },
      constant(1));
  const Failure seen = *Play(facts).rounds.root().failure;
  CHECK(seen == Failure{.what = "no such key",
                        .kind = FailureClass::errored,
                        .facts = {{"file", "a.json"}},
                        .hint = "did you mean \"name\"?",
                        .where = here(line - 1)});
  CHECK(Play(map([](int) -> int { throw 3; }, constant(1))).rounds.root().failure->what ==
        "something was thrown that is no std::exception");
}

TEST_CASE("semantics: map_error, only failures, and they become its own",
          "[engine][rounds][semantics]") {
  const auto explain = [](const Failure& f) { return Failure{"while fetching: " + f.what}; };
  Play play(map_error(explain, work("fetch", {})));
  CHECK(play.root() == "ready @fetch");
  play.tell("fetch()", ok(3));
  CHECK(play.root() == "ok 3");
  play.tell("fetch()", fails("offline"));
  CHECK(play.rounds.root().failure->what == "while fetching: offline");
  CHECK(play.rounds.root().origin == play.rounds.root_cell());
  const auto bad = [](const Failure&) -> Failure { throw std::runtime_error("worse"); };
  CHECK(Play(map_error(bad, failed<int>(Failure{"bad"}))).rounds.root().failure->what == "worse");
}

TEST_CASE("semantics: attempt, ok and failed become ok results, own or upstream",
          "[engine][rounds][semantics]") {
  const Term<int> x = work("x", {});
  const auto tell_all = [](const Result<int>& a, const Result<int>& b) -> std::string {
    const auto say = [](const Result<int>& r) {
      if (r.is_ok()) return std::to_string(r.value());
      std::string text = r.failure().what;
      for (const Fact& fact : r.failure().facts)
        text += " " + fact.name + "=" + fact.value;
      return text;
    };
    return say(a) + ", " + say(b);
  };
  Play play(map(tell_all, attempt(x), attempt(sum(x, constant(1)))));
  CHECK(play.root() == "ready @x");
  play.tell("x()", ok(3));
  CHECK(play.root() == "ok 3, 4");
  play.tell("x()", fails("no"));
  CHECK(play.root() == "ok no, no upstream=x");
  CHECK(Play(attempt(skipped("not main"))).root() == "skipped: not main @not main");
}

TEST_CASE("semantics: state_of, is always ok and follows the phase",
          "[engine][rounds][semantics]") {
  const auto say = [](const Outcome<int>& o) -> std::string {
    if (o.is_ok()) return "ok " + std::to_string(o.value());
    if (o.is_failed()) return "failed " + o.failure().what;
    if (o.is_skipped()) return "skipped " + std::string(o.reason());
    return "active " + std::to_string(static_cast<int>(o.phase()));
  };
  const Term<int> blocked = sum(constant(0), work("x", {}));
  Play play(map(say, state_of(blocked)));
  CHECK(play.root() == "ok active 0");
  play.tell("x()", active(Phase::running));
  CHECK(play.root() == "ok active 1");
  play.tell("x()", active(Phase::awaiting_approval));
  CHECK(play.root() == "ok active 2");
  play.tell("x()", ok(5));
  CHECK(play.root() == "ok ok 5");
  play.tell("x()", fails("no"));
  CHECK(play.root() == "ok failed no");
  CHECK(Play(map(say, state_of(skipped("why")))).root() == "ok skipped why");
}

TEST_CASE("semantics: or_else, y if x has failed, otherwise x", "[engine][rounds][semantics]") {
  Play play(or_else(work("x", {}), work("y", {})));
  CHECK(play.root() == "ready @x");
  play.tell("x()", fails("no"));
  CHECK(play.root() == "ready @y");
  play.tell("y()", fails("nor this"));
  CHECK(play.root() == "failed: nor this @y");
  CHECK(play.rounds.failures().size() == 1);
  play.tell("x()", ok(1));
  CHECK(play.root() == "ok 1");
  CHECK(Play(or_else(skipped("why"), constant(2))).root() == "skipped: why @why");
}

TEST_CASE("semantics: advisory, ok once x has finished; the failure is a warning",
          "[engine][rounds][semantics]") {
  Play play(advisory(work("x", {})));
  CHECK(play.root() == "ready @x");
  play.tell("x()", fails("slow"));
  CHECK(play.root() == "ok ()");
  CHECK(play.rounds.warning(play.rounds.root_cell())->what == "slow");
  CHECK(play.rounds.text(play.rounds.root_cell()) == "slow");
  play.tell("x()", fails("slower"));
  CHECK(play.rounds.warning(play.rounds.root_cell())->what == "slower");
  CHECK(std::find(play.rounds.changed().begin(), play.rounds.changed().end(),
                  play.rounds.root_cell()) != play.rounds.changed().end());
  play.tell("x()", ok(1));
  CHECK(play.root() == "ok ()");
  CHECK(play.rounds.warning(play.rounds.root_cell()) == nullptr);
  CHECK(Play(advisory(skipped("why"))).root() == "ok ()");
}

TEST_CASE("semantics: section and with_context, no effect on outcomes",
          "[engine][rounds][semantics]") {
  const Term<int> bad = work("bad", {});
  const auto built = section("linux", [&] {
    return with_context(bad, [&] { return map([](int x) { return x + 1; }, constant(1)); });
  });
  Play play(built);
  CHECK(play.root() == "ok 2");
  CHECK(play.at("bad") == "not wanted");  // drawn before it, but nobody asks
  CHECK(play.script.asked.empty());
}
