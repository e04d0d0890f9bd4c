// trace_back.cpp - from a changed argument back to the inputs and constants that gave it.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/trace_back.hpp"

#include "base/text.hpp"
#include "engine/jobs/work.hpp"
#include <oche/base/record.hpp>
#include <oche/term/step_payload.hpp>

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace oche::detail {

namespace {

constexpr std::size_t longest_value = 120;

void add_input(std::vector<std::size_t>& inputs, const WordSpec& word) {
  if (word.input != 0) inputs.push_back(word.input);
}

/// Neither says anything to a person: values are only handed on.
bool is_plumbing(Kind kind) {
  return kind == Kind::item || kind == Kind::expand || kind == Kind::zip || kind == Kind::collect;
}

std::string verb_of(Kind kind) {
  switch (kind) {
    case Kind::gate:
      return "let through";
    case Kind::approve:
      return "passed on, once agreed to";
    case Kind::fold:
      return "folded from";
    case Kind::dynamic:
      return "built for";
    default:
      return "made from";
  }
}

}  // namespace

std::vector<std::size_t> inputs_of_part(const Graph& graph, NodeId node, std::string_view part) {
  std::vector<std::size_t> inputs;
  constexpr std::string_view argument = "argument ";
  if (graph.kind(node) == Kind::step) {
    std::size_t number = 0;
    if (!part.starts_with(argument)) return inputs;
    std::from_chars(part.data() + argument.size(), part.data() + part.size(), number);
    if (number > 0 && number <= graph.inputs(node).size()) inputs.push_back(number - 1);
    return inputs;
  }
  const CommandSpec& spec = static_cast<const CommandPayload*>(graph.term(node).payload)->spec;
  if (part == "tree") inputs.push_back(0);
  if (part == "argv")
    for (const WordSpec& word : spec.argv)
      add_input(inputs, word);
  for (const auto& [name, word] : spec.env)
    if (part == "env " + name) add_input(inputs, word);
  if (part == "image" && spec.image) add_input(inputs, *spec.image);
  return inputs;
}

void TraceBack::say(CellId cell, unsigned depth, std::string text) {
  const Asker asker = planning_.rounds.asker(cell);
  const Graph& graph = *asker.graph;
  std::string path = graph.is_visible(asker.node) ? planning_.rounds.path_of(cell)
                                                  : std::string(graph.title(asker.node));
  causes_.push_back({depth, std::move(path), place(graph.where(asker.node)), std::move(text)});
}

std::string TraceBack::value_text(CellId cell) const {
  const Value value = planning_.rounds.outcome(cell).value;
  std::string text;
  if (value && value.type().is_record) print(value.type(), value.data(), text);
  return shortened(std::move(text), longest_value);
}

/// Whose bytes a cell's value is made of; controls only hold it back.
std::vector<CellId> TraceBack::data_of(CellId cell) const {
  const Asker asker = planning_.rounds.asker(cell);
  const Graph& graph = *asker.graph;
  std::vector<CellId> reads = planning_.rounds.reads(cell);
  switch (graph.kind(asker.node)) {
    case Kind::gate:
      reads.resize(std::min<std::size_t>(reads.size(), 1));
      return reads;
    case Kind::only_if:
      if (!reads.empty()) reads.erase(reads.begin());
      return reads;
    default:
      return reads;
  }
}

std::vector<CellId> TraceBack::givers_of(CellId step, std::span<const KeyChange> changes) const {
  const Asker asker = planning_.rounds.asker(step);
  const std::vector<CellId> reads = planning_.rounds.reads(step);
  std::vector<CellId> givers;
  for (const KeyChange& change : changes)
    for (const std::size_t input : inputs_of_part(*asker.graph, asker.node, change.part))
      if (input < reads.size()) givers.push_back(reads[input]);
  return givers;
}

void TraceBack::changed(CellId step, std::span<const KeyChange> changes, Time since) {
  seen_.insert(step);
  push_inputs({step, 0, since}, givers_of(step, changes));
  run();
}

void TraceBack::push_inputs(const Stop& at, std::span<const CellId> inputs) {
  // The last one is visited first.
  for (std::size_t i = inputs.size(); i-- > 0;)
    stops_.push_back({inputs[i], at.depth, at.since});
}

void TraceBack::run() {
  while (!stops_.empty()) {
    const Stop at = stops_.back();
    stops_.pop_back();
    if (at.is_end) {
      // Nothing behind it has changed: then it is no cause either.
      if (causes_.size() == at.before + 1) causes_.pop_back();
      continue;
    }
    if (!seen_.insert(at.cell).second) continue;
    if (causes_.size() >= most_causes) {
      has_more_ = true;
      continue;
    }
    visit(at);
  }
}

void TraceBack::visit(const Stop& at) {
  const Asker asker = planning_.rounds.asker(at.cell);
  const Kind kind = asker.graph->kind(asker.node);
  if (is_job(kind)) return visit_step(at);
  if (kind == Kind::constant)
    return say(at.cell, at.depth, "written there: " + value_text(at.cell));
  if (kind == Kind::input) return say(at.cell, at.depth, "says now: " + value_text(at.cell));
  const std::vector<CellId> data = data_of(at.cell);
  if (is_plumbing(kind)) return push_inputs(at, data);
  stops_.push_back({at.cell, at.depth, at.since, true, causes_.size()});
  say(at.cell, at.depth, verb_of(kind));
  push_inputs({at.cell, at.depth + 1, at.since}, data);
}

/// A step whose key is what it was at that time has given the same, unless it ran again.
void TraceBack::visit_step(const Stop& at) {
  const Asker asker = planning_.rounds.asker(at.cell);
  const PlanSide::Asked* const asked = planning_.side.asked(at.cell);
  if (asked == nullptr) return;
  StoreReader* const reader = planning_.side.reader();
  const auto seen = keys_seen_at(reader, planning_.rounds.path_of(at.cell));
  const auto then = std::find_if(seen.begin(), seen.end(),
                                 [&](const SeenKey& one) { return one.when <= at.since; });
  if (then != seen.end() && then->key == asked->key) {
    if (seen.front().is_own && seen.front().key == asked->key && seen.front().when > at.since)
      say(at.cell, at.depth,
          fmt::format("has run again since, with the same key ({})",
                      oche::print(seen.front().when)));
    return;
  }
  const bool is_known = then != seen.end();
  const auto parts = is_known ? recorded_parts(reader, then->key) : std::nullopt;
  if (!parts) {
    say(at.cell, at.depth, "is new here: it had not run before");
    return;
  }
  const std::vector<KeyChange> changes = differences(*parts, planning_.side.parts(asker));
  say(at.cell, at.depth, text_of(changes));
  push_inputs({at.cell, at.depth + 1, then->when}, givers_of(at.cell, changes));
}

}  // namespace oche::detail
