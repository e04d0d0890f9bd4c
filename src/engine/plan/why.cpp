// why.cpp - why a step would run, ran, or does not.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include <oche/engine/why.hpp>

#include "engine/plan/no_such_step.hpp"
#include "engine/plan/trace_back.hpp"

#include <algorithm>
#include <utility>

namespace oche {

namespace {

using detail::AttemptState;
using detail::CellId;
using detail::Planning;
using detail::SeenKey;

std::string_view word_of(AttemptState state) {
  constexpr std::string_view words[] = {"running",   "ok",        "failed",       "errored",
                                        "timed out", "cancelled", "was cut short"};
  return words[static_cast<std::size_t>(state)];
}

/// Why the newest attempt of a path was made: what was new in its key then.
std::optional<LastAttempt> last_of(detail::StoreReader* reader, const std::vector<SeenKey>& seen) {
  const auto newest =
      std::find_if(seen.begin(), seen.end(), [](const SeenKey& one) { return one.is_own; });
  if (newest == seen.end()) return std::nullopt;
  LastAttempt last{
      .when = newest->when, .state = std::string(word_of(newest->state)), .reason = {}};
  const std::vector<SeenKey> older(std::next(newest), seen.end());
  if (older.empty()) {
    last.reason = "it had never run";
    return last;
  }
  const auto parts = detail::recorded_parts(reader, newest->key);
  if (parts) last.before = detail::nearest_of(reader, older, *parts);
  if (!last.before)
    last.reason = "what its key was before is not recorded";
  else if (last.before->changes.empty())
    last.reason = "its result for the same key had expired, was not kept, or it was asked for";
  else
    last.reason = detail::text_of(last.before->changes);
  return last;
}

Failure no_such(const Planning& planning, std::string_view path) {
  std::vector<std::string> known;
  for (const CellId cell : planning.rounds.steps())
    known.push_back(planning.rounds.path_of(cell));
  return detail::no_such_step(path, known);
}

void trace(const Planning& planning, CellId cell, Why& why) {
  detail::TraceBack back(planning);
  switch (why.fate) {
    case Planned::run:
    case Planned::reuse:
      if (why.nearest) back.changed(cell, why.nearest->changes, why.nearest->when);
      break;
    case Planned::unknown:
    case Planned::blocked:
      back.behind(cell);
      break;
    case Planned::wait:
      if (planning.rounds.outcome(cell).origin != cell) back.behind(cell);
      break;
    case Planned::skip:
      back.left_out(cell);
      break;
  }
  why.causes = std::move(back.causes());
  why.has_more = back.has_more();
}

}  // namespace

Result<Why> why(const AnyTerm& pipeline, std::string_view path, const EngineOptions& options) {
  const Planning planning(pipeline, options);
  const std::optional<CellId> cell = planning.rounds.cell_of(path);
  const auto steps = planning.rounds.steps();
  if (!cell || std::find(steps.begin(), steps.end(), *cell) == steps.end())
    return no_such(planning, path);
  auto [fate, step] = planning.fate_of(*cell);
  Why why{.fate = fate, .step = std::move(step)};
  detail::StoreReader* const reader = planning.side.reader();
  const std::vector<SeenKey> seen = detail::keys_seen_at(reader, why.step.path);
  if (planning.side.asked(*cell) != nullptr && fate != Planned::skip) {
    const std::vector<detail::KeyPart> parts = planning.side.parts(planning.rounds.asker(*cell));
    why.nearest = detail::nearest_of(reader, seen, parts);
    if (!why.nearest)  // a step that has moved
      why.nearest =
          detail::nearest_of(reader, detail::keys_of_step(reader, parts.front().text), parts);
  }
  trace(planning, *cell, why);
  why.last = last_of(reader, seen);
  return why;
}

}  // namespace oche
