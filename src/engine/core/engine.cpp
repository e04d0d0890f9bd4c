// engine.cpp - what people ask of an engine.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include <oche/engine/engine.hpp>

#include "base/text.hpp"
#include "engine/core/engine_core.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace oche {

Engine::Engine(EngineOptions options)
    : core_(std::make_shared<detail::EngineCore>(std::move(options))) {}
Engine::~Engine() = default;

Evaluation Engine::start(const AnyTerm& pipeline) { return Evaluation(core_->start(pipeline)); }
int Engine::fd() const { return core_->fd(); }
void Engine::advance() { core_->advance(); }
EventReader Engine::events() const { return EventReader(core_->events()); }

Result<std::vector<std::string>> Engine::cancel(std::string_view path) {
  return core_->cancel(path);
}
Result<std::vector<std::string>> Engine::rebuild(std::string_view path) {
  return core_->rebuild(path);
}
Result<std::vector<std::string>> Engine::rebuild_failed() { return core_->rebuild_failed(); }
Result<std::vector<std::string>> Engine::approve(std::string_view path, std::string_view who) {
  return core_->approve(path, who);
}

namespace detail {

/// Does something to the cell at `path`, between two rounds.
template <class Act>
EngineCore::Names EngineCore::at(std::string_view path, Act act) {
  const std::lock_guard lock(mutex_);
  for (const auto& evaluation : evaluations_) {
    if (const auto cell = evaluation->rounds().cell_of(path)) {
      Names names = act(*evaluation, *cell);
      services_->inbox.nudge();
      return names;
    }
  }
  return unknown(path);
}

EngineCore::Names EngineCore::unknown(std::string_view path) const {
  std::vector<std::string> known;
  for (const auto& evaluation : evaluations_) {
    for (const CellId step : evaluation->rounds().steps())
      known.push_back(evaluation->path_of(step));
  }
  Failure failure{.what = fmt::format("there is no \"{}\" in the pipeline", path),
                  .kind = FailureClass::errored,
                  .hint = "`graph` lists every path"};
  if (const std::string close = nearest(path, known); !close.empty()) {
    failure.hint = fmt::format("did you mean {}?", close);
  }
  return failure;
}

EngineCore::Names EngineCore::cancel(std::string_view path) {
  return at(path, [this](EvaluationCore& evaluation, CellId cell) {
    return jobs_.cancel({&evaluation, cell});
  });
}

EngineCore::Names EngineCore::rebuild(std::string_view path) {
  return at(path, [this](EvaluationCore& evaluation, CellId cell) {
    return jobs_.rebuild({&evaluation, cell});
  });
}

EngineCore::Names EngineCore::rebuild_failed() {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> named;
  for (const AskerId& asker : jobs_.failed_askers()) {
    Names names = jobs_.rebuild(asker);
    if (!names) continue;  // it shares its key with one before it, which is being rebuilt
    for (const std::string& name : names.value())
      named.push_back(name);
  }
  std::sort(named.begin(), named.end());
  named.erase(std::unique(named.begin(), named.end()), named.end());
  services_->inbox.nudge();
  return named;
}

EngineCore::Names EngineCore::approve(std::string_view path, std::string_view who) {
  return at(path, [&, this](EvaluationCore& evaluation, CellId cell) -> Names {
    if (jobs_.is_awaiting_approval({&evaluation, cell})) {
      return jobs_.approve({&evaluation, cell}, std::string(who));
    }
    const Value value = evaluation.value_to_approve(cell);
    if (!value) {
      return Failure{.what = fmt::format("{} does not wait for a person", path),
                     .kind = FailureClass::errored,
                     .hint = "`jobs` lists what does"};
    }
    approvals_.give(std::string(path), value.digest(), std::string(who),
                    [&evaluation, cell] { evaluation.touch(cell); });
    return std::vector{std::string(path)};
  });
}

}  // namespace detail
}  // namespace oche
