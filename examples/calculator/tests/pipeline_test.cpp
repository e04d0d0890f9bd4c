// pipeline_test.cpp - nothing is published while anything that it stands on is not green.
// Layer: examples.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/query.hpp>
#include <oche/oche.hpp>
#include <oche/testing/testing.hpp>

using namespace oche;
using namespace oche::testing;

Term<> calculator(Term<Commit> commit);

namespace {

int wrong = 0;
void check(bool is_right, const std::string& what) {
  if (is_right) return;
  fmt::print("wrong: {}\n", what);
  ++wrong;
}

Files reports(int failures, double covered) {
  return {{"junit.xml",
           fmt::format("<testsuite name='t' tests='2' failures='{}'><testcase name='adds'/>"
                       "<testcase name='divides'>{}</testcase></testsuite>",
                       failures, failures == 0 ? "" : "<failure message='by zero'/>")},
          {"coverage.xml", fmt::format("<coverage line-rate='{}'/>", covered)}};
}

/// Everything is green, but for what is scripted afterwards.
void play_green(TestEngine& engine) {
  engine.script("**", succeeds());
  engine.script("glob", runs());
  engine.script("tests", exits(0, reports(0, 0.9)));
  engine.script("wheel", exits(0, {{"dist/calculator-1.0.whl", "bytes"}}));
}

struct Pushed {
  Var<Commit> commit{"commit", {"calculator.git", "c0ffee", "main"}};
  Term<> pipeline = calculator(commit.term());
};

/// Every step and command that a publication stands on, whoever adds one later.
std::vector<std::string> needed(const Term<>& pipeline) {
  const Facts facts{Graph(pipeline)};
  const auto nodes = query(facts, "deps(publish) ^ work() - publish");
  std::vector<std::string> paths;
  for (const NodeId node : nodes.value())
    paths.emplace_back(facts.graph().path(node));
  return paths;
}

void nothing_is_published_while_something_is_red() {
  const End every_failure[] = {fails("no"), dies(), fails("too slow", FailureClass::timed_out),
                               fails("stopped", FailureClass::cancelled), hangs()};
  const Pushed pushed;
  const auto paths = needed(pushed.pipeline);
  check(paths.size() == 4, "a publication stands on fetch, lint, tests and wheel");
  for (const std::string& path : paths) {
    for (const End& failure : every_failure) {
      TestEngine engine;
      play_green(engine);
      engine.script(path, failure);
      engine.start(pushed.pipeline);
      engine.advance(24h);
      check(engine.attempts(path) > 0, path + " was never tried");
      check(engine.attempts("publish") == 0, "published in spite of " + engine.story());
    }
  }
}

void reports_count() {
  const std::pair<End, bool> cases[] = {{exits(0, reports(0, 0.8)), true},
                                        {exits(0, reports(0, 0.79)), false},  // too little covered
                                        {exits(0, reports(1, 0.9)), false},   // a liar
                                        {exits(0), false},                    // no report at all
                                        {exits(1, reports(0, 0.9)), false}};
  for (const auto& [end, is_published] : cases) {
    const Pushed pushed;
    TestEngine engine;
    play_green(engine);
    engine.script("tests", end);
    engine.start(pushed.pipeline);
    check(engine.attempts("publish") == (is_published ? 1 : 0), engine.story());
  }
}

void in_every_order() {
  for_each_order(100, [](std::uint64_t seed) {
    TestEngine engine{{.slots = 2, .seed = seed}};
    play_green(engine);
    const Pushed pushed;
    const Evaluation run = engine.start(pushed.pipeline);
    const std::string story = engine.story();
    const std::size_t published = story.find("started publish");
    bool is_good = run.outcome().is_ok() && engine.attempts("publish") == 1;
    for (const char* before : {"ok lint", "ok tests", "ok wheel"})
      is_good &= story.find(before) < published;
    return is_good;
  });
}

void the_same_wheel_is_not_published_twice() {
  Pushed pushed;
  TestEngine engine;
  play_green(engine);
  const Evaluation run = engine.start(pushed.pipeline);
  engine.set(pushed.commit,
             {"calculator.git", "decade", "main"});  // another commit, the same files
  check(run.outcome().is_ok() && engine.attempts("fetch") == 2, "the new commit is fetched");
  check(engine.attempts("publish") == 1, "and nothing follows from it");
  check(golden("tests/goldens/calculator.plan.txt", shown(engine.plan(pushed.pipeline))),
        "the plan is another one; see calculator.plan.txt.seen, or set OCHE_PROMOTE=1");
}

}  // namespace

int main() {
  nothing_is_published_while_something_is_red();
  reports_count();
  in_every_order();
  the_same_wheel_is_not_published_twice();
  return wrong == 0 ? 0 : 1;
}
