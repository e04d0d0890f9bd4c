// look.cpp - what whoever drives an engine by hand sees of it.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/engine_core.hpp"

#include <algorithm>

namespace oche::detail {

std::optional<State> EngineCore::state_at(std::string_view path) const {
  for (const auto& evaluation : evaluations_) {
    if (const auto cell = evaluation->rounds().cell_of(path)) {
      return evaluation->rounds().state(*cell);
    }
  }
  return std::nullopt;
}

std::shared_ptr<const Work> EngineCore::work_at(std::string_view path) const {
  for (const auto& evaluation : evaluations_) {
    const auto cell = evaluation->rounds().cell_of(path);
    if (!cell) continue;
    if (auto work = jobs_.work_of({evaluation.get(), *cell})) return work;
  }
  return nullptr;
}

std::vector<std::string> EngineCore::paths_in(State state) const {
  std::vector<std::string> paths;
  for (const auto& evaluation : evaluations_) {
    const Rounds& rounds = evaluation->rounds();
    for (const CellId cell : rounds.live()) {
      const Asker asker = rounds.asker(cell);
      const Kind kind = asker.graph->kind(asker.node);
      const bool is_work = is_job(kind) || kind == Kind::approve;
      if (is_work && rounds.state(cell) == state) paths.push_back(rounds.path_of(cell));
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace oche::detail
