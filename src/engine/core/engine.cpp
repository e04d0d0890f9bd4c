// engine.cpp - what people ask of an engine.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include <oche/engine/engine.hpp>

#include "base/make_set.hpp"
#include "base/text.hpp"
#include "engine/core/engine_core.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace oche {

Engine::Engine(EngineOptions options)
    : core_(std::make_shared<detail::EngineCore>(std::move(options))) {}
Engine::~Engine() = default;

Evaluation Engine::start(const AnyTerm& pipeline) { return Evaluation(core_->start(pipeline)); }
int Engine::fd() const { return core_->fd(); }
void Engine::advance() { core_->advance(); }
EventReader Engine::events() const { return EventReader(core_->events()); }

void Engine::resize_slots(unsigned slots) { core_->resize_slots(slots); }
void Engine::resize_pool(std::string_view name, const Needs& has) { core_->resize_pool(name, has); }
void Engine::ask_from(std::optional<Level> level, Duration lasting) {
  core_->ask_from(level, lasting);
}

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
  const std::lock_guard lock(*turn_);
  std::optional<Names> refused;
  for (const auto& evaluation : evaluations_) {
    const auto cell = evaluation->rounds().cell_of(path);
    if (!cell) continue;
    Names names = act(*evaluation, *cell);
    if (names) {
      services_->inbox.nudge();
      return names;
    }
    if (!refused) refused = std::move(names);  // another pipeline may have the same path
  }
  return refused ? *refused : unknown(path);
}

EngineCore::Names EngineCore::unknown(std::string_view path) const {
  std::vector<std::string> known;
  for (const auto& evaluation : evaluations_) {
    const Rounds& rounds = evaluation->rounds();
    for (const CellId cell : rounds.live()) {
      const Asker asker = rounds.asker(cell);
      if (asker.graph->is_visible(asker.node)) known.push_back(rounds.path_of(cell));
    }
  }
  Failure failure{.what = fmt::format("there is no \"{}\" in the pipeline", path),
                  .kind = FailureClass::errored,
                  .hint = "`graph` lists every path"};
  if (std::string near = did_you_mean(path, known); !near.empty()) failure.hint = std::move(near);
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
  const std::lock_guard lock(*turn_);
  std::vector<std::string> named;
  for (const AskerId& asker : jobs_.failed_askers()) {
    Names names = jobs_.rebuild(asker);
    if (!names) continue;  // it shares its key with one before it, which is being rebuilt
    for (const std::string& name : names.value())
      named.push_back(name);
  }
  make_set(named);
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
    approvals_.give(std::string(path), value.digest(), std::string(who), evaluation.wait(),
                    [asking = evaluation.weak_from_this(), cell] {
                      if (const auto still = asking.lock()) still->touch(cell);
                    });
    return std::vector{std::string(path)};
  });
}

}  // namespace detail
}  // namespace oche
