// test_engine.cpp - what a test asks of its engine.
// Layer: testing.
// SPDX-License-Identifier: Apache-2.0
#include <oche/testing/test_engine.hpp>

#include "testing/stage.hpp"
#include <oche/base/error.hpp>

#include <utility>

namespace oche::testing {

namespace {

std::vector<std::string> names(const Result<std::vector<std::string>>& answer) {
  if (!answer) throw Error(answer.failure());
  return answer.value();
}

}  // namespace

TestEngine::Stage::Stage(TestOptions given)
    : options(std::move(given)),
      clock(std::make_shared<ManualClock>(options.start)),
      chance(options.seed) {
  if (options.state.empty()) options.state = folder.emplace().path() + "/state";
  open();
}

EngineOptions TestEngine::Stage::engine_options() const {
  EngineOptions made;
  made.state = options.state;
  made.slots = options.slots;
  made.fail_fast = options.fail_fast;
  made.ask_from = options.ask_from;
  made.grace = options.grace;
  made.clock = clock;
  made.seed = options.seed + 1;  // 0 would be another one each time
  made.vault = options.vault;
  return made;
}

void TestEngine::Stage::open() {
  hands = std::make_shared<Hands>(scripts, chance, *clock, folder.has_value());
  core = std::make_unique<detail::EngineCore>(engine_options(), hands);
  events.emplace(core->events());
  make_trouble();
}

void TestEngine::Stage::make_trouble() {
  using detail::CommitTrouble;
  constexpr CommitTrouble troubles[] = {CommitTrouble::none, CommitTrouble::disk_full,
                                        CommitTrouble::refused};
  core->services().store->make_trouble(troubles[static_cast<std::size_t>(fault)]);
}

void TestEngine::Stage::close() {
  core.reset();
  runs.clear();
  tell();
  events.reset();
}

TestEngine::TestEngine(TestOptions options) : stage_(std::make_unique<Stage>(std::move(options))) {}
TestEngine::~TestEngine() = default;

void TestEngine::script(std::string where, End end) {
  stage_->scripts.add(std::move(where), [end = std::move(end)](const Started&) { return end; });
}

void TestEngine::script(std::string where, std::vector<End> ends) {
  if (ends.empty()) throw Error("a script needs at least one end");
  stage_->scripts.add(std::move(where), [ends = std::move(ends)](const Started& started) {
    const auto which = static_cast<std::size_t>(started.attempt - 1);
    return which < ends.size() ? ends[which] : ends.back();
  });
}

void TestEngine::script(std::string where, std::function<End(const Started&)> how) {
  stage_->scripts.add(std::move(where), std::move(how));
}

Evaluation TestEngine::start(const AnyTerm& pipeline) {
  stage_->runs.emplace_back(stage_->core->start(pipeline));
  Evaluation run = stage_->runs.back();
  look();
  return run;
}

void TestEngine::end(Evaluation run) {
  const Graph* const graph = &run.graph();
  std::erase_if(stage_->runs, [&](const Evaluation& one) { return &one.graph() == graph; });
  {
    const Evaluation last = std::move(run);
  }
  look();
}

void TestEngine::look() { stage_->happen_all(); }

void TestEngine::run() {
  for (;;) {
    stage_->happen_all();
    if (stage_->core->is_idle()) break;
    const auto next = stage_->next_due();
    if (!next) stage_->refuse_to_wait();
    stage_->move_to(*next);
  }
}

bool TestEngine::run_some(std::uint64_t most) {
  for (; most > 0; --most) {
    if (stage_->happen()) continue;
    if (stage_->core->is_idle()) break;
    const auto next = stage_->next_due();
    if (!next) stage_->refuse_to_wait();
    stage_->move_to(*next);
  }
  return most > 0;
}

void TestEngine::advance(Duration by) {
  const auto then = stage_->clock->steady() + by;
  for (;;) {
    stage_->happen_all();
    const auto next = stage_->next_due();
    if (!next || *next > then) break;
    stage_->move_to(*next);
  }
  stage_->move_to(then);
  look();
}

void TestEngine::finish(std::string_view path, const End& end) {
  if (!stage_->hands->end(stage_->key_at(path), end)) {
    throw Error(Failure{.what = std::string(path) + " does not run",
                        .kind = FailureClass::errored,
                        .hint = "`running` lists what does"});
  }
  look();
}

std::vector<std::string> TestEngine::approve(std::string_view path, std::string_view who) {
  auto named = names(stage_->core->approve(path, who));
  look();
  return named;
}

std::vector<std::string> TestEngine::cancel(std::string_view path) {
  auto named = names(stage_->core->cancel(path));
  look();
  return named;
}

std::vector<std::string> TestEngine::rebuild(std::string_view path) {
  auto named = names(stage_->core->rebuild(path));
  look();
  return named;
}

void TestEngine::fault(StoreFault fault) {
  stage_->fault = fault;
  stage_->make_trouble();
}

void TestEngine::restart() {
  stage_->close();
  stage_->open();
}

void TestEngine::crash() {
  stage_->core->services().store->abandon();
  restart();
}

}  // namespace oche::testing
