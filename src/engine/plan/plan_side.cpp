// plan_side.cpp - answers a round from what is stored, and starts nothing.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/plan_side.hpp"

#include "engine/inputs/read_source.hpp"
#include "engine/jobs/promises.hpp"
#include "engine/jobs/stored_value.hpp"
#include "engine/jobs/work.hpp"
#include <oche/base/error.hpp>
#include <oche/base/record.hpp>
#include <oche/term/payload.hpp>
#include <oche/term/timetable.hpp>

#include <filesystem>
#include <type_traits>
#include <utility>

namespace oche::detail {

namespace {

std::unique_ptr<StoreReader> opened(const std::string& state) {
  if (!std::filesystem::exists(std::filesystem::path(state) / "store.db")) return nullptr;
  Result<std::unique_ptr<StoreReader>> reader = StoreReader::open(state);
  if (!reader) throw Error(reader.failure());
  if (const Result<> still = reader.value()->stand_still(); !still) throw Error(still.failure());
  return std::move(reader).value();
}

bool is_expired(const StoredResult& result, const Node& node, Clock& clock) {
  if (result.expires && *result.expires <= clock.now()) return true;
  if (node.kind != Kind::step) return false;
  const auto& limit = static_cast<const StepPayload*>(node.payload)->options.valid_for;
  return limit && result.finished + *limit <= clock.now();
}

std::tuple<std::string, std::string, bool> wish_of(const CommandSpec& spec,
                                                   const ResolvedCommand& command) {
  return {command.argv.front(), path_of(command), spec.network != Network::none};
}

}  // namespace

PlanSide::PlanSide(const EngineOptions& options, bool by_hand)
    : options_(options),
      by_hand_(by_hand),
      clock_(options.clock ? options.clock : system_clock()),
      reader_(opened(options.state)),
      trees_((std::filesystem::path(options.state) / "objects.git").string()) {}

void PlanSide::know(const Graph& graph, const Rounds& rounds) {
  rounds_ = &rounds;
  if (!reader_) return;
  std::size_t jobs = 0;
  for (NodeId node = 0; node < graph.size(); ++node)
    if (is_job(graph.kind(node))) ++jobs;
  results_.emplace(*reader_, jobs);
}

const PlanSide::Asked* PlanSide::asked(CellId cell) const {
  return cell < asked_.size() && asked_[cell].is_there ? &asked_[cell] : nullptr;
}

PlanSide::Asked& PlanSide::entry(CellId cell) {
  if (cell >= asked_.size()) asked_.resize(cell + 1);
  return asked_[cell];
}

std::string_view PlanSide::kept(std::string text) { return texts_.emplace_back(std::move(text)); }

const Promise& PlanSide::promise(const CommandSpec& spec, const ResolvedCommand& command) {
  static const Promise none;
  if (command.argv.empty()) return none;
  const auto [place, is_new] = promises_.try_emplace(wish_of(spec, command));
  if (!is_new) return place->second;
  if (by_hand_) return place->second = promise_by_hand(command.argv.front());
  if (!processes_) processes_ = std::make_unique<Processes>(clock_);
  const auto& [program, path, network] = place->first;
  return place->second = find_promise(programs_, *processes_, wished_isolation(options_.isolation),
                                      program, path, network);
}

template <class OfStep, class OfCommand>
auto PlanSide::of_key(const Asker& asker, OfStep of_step, OfCommand of_command) const {
  const Asked* const one = asked(asker.cell);
  if (one == nullptr)
    return std::invoke_result_t<OfCommand, const CommandSpec&, const ResolvedCommand&,
                                const Promise&>();
  const Node& node = asker.graph->term(asker.node);
  const auto arguments =
      std::span(arguments_).subspan(one->arguments, asker.graph->inputs(asker.node).size());
  if (node.kind == Kind::step)
    return of_step(*static_cast<const StepPayload*>(node.payload), arguments);
  const CommandSpec& spec = static_cast<const CommandPayload*>(node.payload)->spec;
  const ResolvedCommand command = resolve(spec, arguments);
  return of_command(spec, command,
                    command.argv.empty() ? Promise{} : promises_.at(wish_of(spec, command)));
}

std::vector<KeyPart> PlanSide::parts(const Asker& asker) const {
  return of_key(asker, step_key, command_key);
}

ShownKey PlanSide::shown_key(const Asker& asker) const {
  return of_key(asker, shown_step_key, shown_command_key);
}

JobAnswer PlanSide::ask(const Asker& asker, std::span<const Value> arguments) {
  const Node& node = asker.graph->term(asker.node);
  Asked asked{.arguments = static_cast<std::uint32_t>(arguments_.size()), .is_there = true};
  arguments_.insert(arguments_.end(), arguments.begin(), arguments.end());
  Digest latest;
  Level level;
  if (node.kind == Kind::step) {
    const auto& step = *static_cast<const StepPayload*>(node.payload);
    asked.key = step_digest(step, arguments);
    if (has_latest(step)) latest = latest_digest(step, arguments);
    level = step.options.level;
  } else {
    const CommandSpec& spec = static_cast<const CommandPayload*>(node.payload)->spec;
    const ResolvedCommand command = resolve(spec, arguments);
    asked.key = command_digest(spec, command, promise(spec, command));
    level = spec.level;
  }
  JobAnswer answer = look_up(asker, asked);
  const bool must_ask = options_.ask_from && level >= *options_.ask_from;
  if (answer.kind == JobAnswer::Kind::active && must_ask &&
      !has_word(asker, asked_digest(asked.key, latest), "run this step")) {
    answer.phase = Phase::awaiting_approval;
  }
  entry(asker.cell) = asked;
  return answer;
}

JobAnswer PlanSide::look_up(const Asker& asker, Asked& asked) {
  asked.reason = "it never ran";
  if (!reader_) return {};
  const auto stored = results_->find(asked.key);
  if (!stored) throw Error(stored.failure());
  if (!stored.value()) {
    const auto before = reader_->attempts_of(rounds_->path_of(asker.cell), 1);
    if (before && !before.value().empty()) {
      asked.reason = before.value().front().key == asked.key
                         ? "its last attempt gave no result that is kept"
                         : "something that its key is made of has changed";
    }
    return {};
  }
  const StoredResult& result = *stored.value();
  const Node& node = asker.graph->term(asker.node);
  if (is_expired(result, node, *clock_)) {
    asked.reason = "its result has expired";
    return {};
  }
  if (node.kind == Kind::step && has_latest(*static_cast<const StepPayload*>(node.payload))) {
    const auto published = reader_->published(asked.key.hex());
    if (!published || !published.value() || !published.value()->known) {
      asked.reason = "nobody knows what its name is set to";
      return {};
    }
  }
  Recalled recalled = recall(result, *node.type, trees_);
  if (!recalled.is_result()) {
    asked.reason = kept(std::move(recalled.trouble));
    return {};
  }
  asked.is_stored = true;
  if (recalled.failure) {
    asked.reason = kept("it failed with these inputs: " + recalled.failure->what);
    return {.kind = JobAnswer::Kind::failed, .failure = std::move(recalled.failure)};
  }
  asked.reason = "there is a result for these inputs";
  return {.kind = JobAnswer::Kind::ok, .value = std::move(recalled.value)};
}

bool PlanSide::has_word(const Asker& asker, const Digest& value, std::string shown) {
  const std::string path = rounds_->path_of(asker.cell);
  if (reader_) {
    const auto approval = reader_->approval(path, value);
    if (approval && approval.value()) {
      questions_.erase(asker.cell);
      return true;
    }
  }
  questions_.insert_or_assign(asker.cell, Question{path, value, std::move(shown)});
  return false;
}

void PlanSide::leave(const Asker& asker, bool undecided) {
  if (!undecided) entry(asker.cell) = {};
}

JobAnswer PlanSide::ask_input(const Asker& asker) {
  const Node& node = asker.graph->term(asker.node);
  Source& source = *static_cast<const InputPayload*>(node.payload)->source;
  const auto* timed = dynamic_cast<const TimedSource*>(&source);
  Result<Value> read = timed != nullptr ? timed->table().at(clock_->now()) : read_source(source);
  if (read.is_ok()) return {.kind = JobAnswer::Kind::ok, .value = std::move(read).value()};
  Failure failure = read.failure();
  if (failure.where.empty()) failure.where = place(node.where);
  return {.kind = JobAnswer::Kind::failed,
          .failure = std::make_shared<const Failure>(std::move(failure))};
}

bool PlanSide::is_approved(const Asker& asker, const Value& value) {
  std::string shown;
  print(value.type(), value.data(), shown);
  return has_word(asker, value.digest(), std::move(shown));
}

std::optional<JobsSide::Folded> PlanSide::folded(const Asker& asker) {
  if (!reader_) return std::nullopt;
  return stored_fold(*reader_, rounds_->path_of(asker.cell), asker);
}

}  // namespace oche::detail
