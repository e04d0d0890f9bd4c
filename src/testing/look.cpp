// look.cpp - what a test sees of its engine.
// Layer: testing.
// SPDX-License-Identifier: Apache-2.0
#include "base/make_set.hpp"
#include "engine/plan/planning.hpp"
#include "testing/stage.hpp"
#include <oche/base/error.hpp>

#include <fmt/format.h>

#include <utility>

namespace oche::testing {

namespace {

std::string_view word_of(const Event& event) {
  if (event.what == Event::What::finished) return look_of(event.state).word;
  if (event.what == Event::What::gap) return "… what came before is not kept";
  return name_of(event.what);
}

std::string line_of(const Event& event, Time start) {
  using namespace std::chrono;
  const auto passed = duration_cast<seconds>(event.at - start).count();
  std::string line = fmt::format("{:02}:{:02}:{:02} {}", passed / 3600, passed / 60 % 60,
                                 passed % 60, word_of(event));
  if (!event.path.empty()) line += " " + event.path;
  if (!event.text.empty()) line += ": " + event.text;
  return line + "\n";
}

}  // namespace

void TestEngine::Stage::tell() {
  if (!events) return;
  while (const std::optional<Event> event = events->next())
    story += line_of(*event, options.start);
}

Digest TestEngine::Stage::key_at(std::string_view path) const {
  if (const auto work = core->work_at(path)) return work->key;
  if (!core->state_at(path)) throw Error(core->unknown(path).failure());
  throw Error(Failure{.what = fmt::format("{} does not run", path), .kind = FailureClass::errored});
}

std::vector<std::string> TestEngine::running() const {
  std::vector<std::string> all = stage_->core->paths_in(State::running);
  // What is being refreshed is ok, and runs; so does what nobody wants, and does not stop.
  for (std::string& path : stage_->hands->paths())
    all.push_back(std::move(path));
  detail::make_set(all);
  return all;
}
std::vector<std::string> TestEngine::ready() const { return stage_->core->paths_in(State::ready); }
std::vector<std::string> TestEngine::waiting() const {
  return stage_->core->paths_in(State::awaiting_approval);
}

State TestEngine::state(std::string_view path) const {
  const std::optional<State> state = stage_->core->state_at(path);
  if (!state) throw Error(stage_->core->unknown(path).failure());
  return *state;
}

int TestEngine::attempts(std::string_view path) const { return stage_->scripts.attempts(path); }
std::vector<std::string> TestEngine::unused_scripts() const { return stage_->scripts.unused(); }
bool TestEngine::is_settled() const { return stage_->core->is_idle(); }
Time TestEngine::now() const { return stage_->clock->now(); }
Duration TestEngine::elapsed() const { return stage_->clock->steady(); }
EventReader TestEngine::events() const { return EventReader(stage_->core->events()); }
const std::shared_ptr<ManualClock>& TestEngine::clock() const { return stage_->clock; }

std::string TestEngine::story() const {
  stage_->tell();
  return stage_->story;
}

Plan TestEngine::plan(const AnyTerm& pipeline) const {
  stage_->core->services().store->show();
  const EngineOptions options = stage_->engine_options();
  return detail::planned(detail::Planning(pipeline, options, true));
}

}  // namespace oche::testing
