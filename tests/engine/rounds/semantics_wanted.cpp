// semantics_wanted.cpp - who is wanted (semantics §1), approvals, folds, and what steps ask for.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/script.hpp"

#include <catch2/catch.hpp>

using namespace oche;
using namespace oche::tests;

namespace {

bool is_odd(int x) { return x % 2 == 1; }
Term<bool> odd(const Term<int>& x) { return map(is_odd, x); }

}  // namespace

TEST_CASE("semantics: wanted, only_if asks for x only while its condition is true",
          "[engine][rounds][semantics]") {
  Var<int> number{"number", 2};
  Play play(only_if(odd(number.term()), work("push", {work("build", {})}), "even"));
  CHECK(play.script.asked.empty());
  CHECK(play.at("build") == "not wanted");
  number.set(1);
  CHECK(play.next() == Strings{"ask build()"});
  CHECK(play.root() == "ready @build");
  play.tell("build()", ok(5));
  CHECK(play.script.said == Strings{"ask push(5)"});
  number.set(4);
  CHECK(play.next() == Strings{"leave push(5)", "leave build()"});
  CHECK(play.root() == "skipped: even @even");
  CHECK(play.at("build") == "not wanted");
  number.set(3);
  CHECK(play.next() == Strings{"ask build()", "ask push(5)"});
}

TEST_CASE("semantics: wanted, what was asked for stays while the condition is decided anew",
          "[engine][rounds][semantics]") {
  Var<int> number{"number", 1};
  Play play(only_if(odd(number.term()), work("push", {}), "even"));
  play.script.input_is("number", active(Phase::running));
  CHECK(play.next() == Strings{});
  CHECK(play.root() == "running @number");
  play.script.input_is("number", fails("offline"));
  CHECK(play.next() == Strings{"leave push()"});
}

TEST_CASE("semantics: wanted, or_else asks for y only while x has failed",
          "[engine][rounds][semantics]") {
  Play play(or_else(work("x", {}), work("y", {})));
  CHECK(play.script.asked.size() == 1);
  CHECK(play.tell("x()", fails("no")) == Strings{"ask y()"});
  CHECK(play.tell("x()", ok(1)) == Strings{"leave y()"});
}

TEST_CASE("semantics: wanted, gate and approve ask for x at once", "[engine][rounds][semantics]") {
  Play gated(gate(work("x", {}), on(work("c", {}))));
  CHECK(gated.script.asked.size() == 2);
  Play approved(approve("release?", work("x", {})));
  CHECK(approved.script.asked.size() == 1);
}

TEST_CASE("semantics: wanted, a node that two ask for stays wanted until both have stopped",
          "[engine][rounds][semantics]") {
  Var<int> a{"a", 1};
  Var<int> b{"b", 1};
  const Term<int> shared = work("shared", {});
  Play play(all(only_if(odd(a.term()), shared, "no a"), only_if(odd(b.term()), shared, "no b")));
  CHECK(play.script.asked.size() == 1);
  a.set(0);
  CHECK(play.next() == Strings{});
  b.set(0);
  CHECK(play.next() == Strings{"leave shared()"});
  // Given up by one and taken up by the other in one round: nothing happens to the job.
  a.set(1);
  play.next();
  a.set(0);
  b.set(1);
  CHECK(play.next() == Strings{});
  CHECK(play.script.asked.size() == 1);
}

TEST_CASE("semantics: wanted, nothing at all until the root is, and nothing afterwards",
          "[engine][rounds][semantics]") {
  Var<int> number{"number", 1};
  Graph graph{work("build", {number.term()})};
  Script script;
  Rounds rounds(graph, script);
  script.rounds = &rounds;
  rounds.advance();
  CHECK(script.asked.empty());
  CHECK(rounds.state(rounds.root_cell()) == State::not_wanted);
  CHECK(rounds.is_quiet());
  rounds.want(true);
  CHECK_FALSE(rounds.is_quiet());
  rounds.advance();
  CHECK(script.asked.size() == 1);
  rounds.want(false);
  rounds.advance();
  CHECK(script.asked.empty());
  CHECK(script.inputs.empty());
  CHECK(rounds.counts()[static_cast<std::size_t>(State::not_wanted)] == 1);
}

TEST_CASE("semantics: a step whose inputs are active again is undecided, and left if they fail",
          "[engine][rounds][semantics]") {
  Var<int> number{"number", 1};
  Play play(work("build", {number.term()}));
  play.script.input_is("number", active(Phase::running));
  CHECK(play.next() == Strings{"suspend build(1)"});
  play.script.input_is("number", std::nullopt);
  CHECK(play.next() == Strings{});  // the same job again
  CHECK(play.script.undecided.empty());
  play.script.input_is("number", active(Phase::running));
  play.next();
  play.script.input_is("number", fails("offline"));
  CHECK(play.next() == Strings{"leave build(1)"});
}

TEST_CASE("semantics: approve, until approved awaiting; a new value needs a new approval",
          "[engine][rounds][semantics]") {
  Var<int> number{"number", 1};
  Play play(work("deploy", {approve("release?", number.term())}));
  CHECK(play.root() == "awaiting approval @release?");
  CHECK(play.rounds.text(play.rounds.root().origin) == "release?");
  const CellId cell = *play.rounds.cell_of("release?");
  play.script.approved.insert("release?=1");
  play.rounds.touch(cell);
  CHECK(play.next() == Strings{"ask deploy(1)"});
  number.set(2);
  CHECK(play.next() == Strings{"suspend deploy(1)"});
  CHECK(play.root() == "awaiting approval @release?");
  number.set(1);
  play.next();
  CHECK(play.root() == "ready @deploy");
  play.script.input_is("number", fails("offline"));
  play.next();
  CHECK(play.root() == "failed: offline @number");
}

TEST_CASE("semantics: fold, misses nothing and stores state and last value together",
          "[engine][rounds][semantics]") {
  Var<int> number{"number", 1};
  Play play(fold("total", 0, [](int sum, int x) { return sum + x; }, number.term()));
  CHECK(play.script.said == Strings{"fold 1 -> 1"});
  CHECK(play.root() == "ok 1");
  number.set(2);
  CHECK(play.next() == Strings{"fold 2 -> 3"});
  number.set(3);
  play.next();
  CHECK(play.root() == "ok 6");
  play.script.input_is("number", active(Phase::running));
  play.next();
  CHECK(play.root() == "running @number");
  play.script.input_is("number", std::nullopt);
  CHECK(play.next() == Strings{});  // the same value again is no new one
  CHECK(play.root() == "ok 6");
}

TEST_CASE("semantics: fold, survives a restart, and a throw leaves its state",
          "[engine][rounds][semantics]") {
  Var<int> number{"number", 5};
  const auto add = [](int sum, int x) -> int {
    if (x == 13) throw std::runtime_error("unlucky");
    return sum + x;
  };
  Graph graph{fold("total", 0, add, number.term())};
  Script script;
  Rounds rounds(graph, script);
  script.rounds = &rounds;
  script.folded_states["total"] = {Value::make(100), Value::make(5)};
  rounds.want(true);
  rounds.advance();
  CHECK(rounds.root().value.as<int>() == 100);  // 5 was folded before
  number.set(13);
  rounds.advance();
  CHECK(rounds.root().failure->what == "unlucky");
  number.set(1);
  rounds.advance();
  CHECK(rounds.root().value.as<int>() == 101);
}

TEST_CASE("semantics: fold, a value that came while it was not wanted is not folded",
          "[engine][rounds][semantics]") {
  Var<int> number{"number", 1};
  Var<int> on{"on", 1};
  Play play(only_if(odd(on.term()),
                    fold("total", 0, [](int s, int x) { return s + x; }, number.term()), "off"));
  number.set(10);
  on.set(0);
  CHECK(play.next() == Strings{});  // both in one round: nobody wants it when the round ends
  number.set(100);
  on.set(1);
  CHECK(play.next() == Strings{"fold 100 -> 101"});
  CHECK(play.root() == "ok 101");
}

TEST_CASE("semantics: ok may be stale, which readers do not see", "[engine][rounds][semantics]") {
  Play play(map([](int x) { return x; }, work("x", {})));
  play.tell("x()", ok(1));
  JobAnswer refreshed = ok(1);
  refreshed.stale = true;
  play.tell("x()", refreshed);
  CHECK(play.at("x") == "stale 1");
  CHECK(play.root() == "ok 1");
  CHECK(play.evaluated() == Strings{"x"});
  CHECK(play.rounds.changed().size() == 1);
}
