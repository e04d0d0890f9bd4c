// evaluation_core.cpp - one pipeline in one engine.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/evaluation_core.hpp"

#include "engine/inputs/folds.hpp"
#include "engine/jobs/stored_value.hpp"
#include <oche/base/error.hpp>

#include <algorithm>
#include <utility>

namespace oche::detail {

namespace {

/// One more reference to a node of the graph, which holds it too.
AnyTerm term_of(const Asker& asker) {
  const Node* node = &asker.graph->term(asker.node);
  retain(node);
  return AnyTerm(node);
}

bool is_failure(State state) {
  return state == State::failed || state == State::errored || state == State::timed_out ||
         state == State::cancelled;
}

Outcome<> root_outcome(const CellOutcome& root) {
  switch (root.status) {
    case Status::ok:
      return Unit{};
    case Status::skipped:
      return Skipped{std::string(root.reason)};
    case Status::failed:
      return *root.failure;
    default:
      return root.phase;
  }
}

}  // namespace

EvaluationCore::EvaluationCore(const Tables& tables, const AnyTerm& pipeline)
    : tables_(tables), graph_(pipeline), rounds_(graph_, *this) {
  rounds_.want(true);
}

std::shared_ptr<const Outlook> EvaluationCore::look_out(const Graph& graph, Services& services) {
  Outlook::Times usual;
  // What cannot be read is not known; whoever reads a result will say what is wrong.
  const auto durations = services.store->reader().durations();
  if (durations) {
    for (const PathDuration& one : durations.value())
      usual.emplace_back(one.path, one.mean);
  }
  return std::make_shared<const Outlook>(graph, usual);
}

Duration EvaluationCore::remaining(CellId cell, std::string_view path) const {
  if (outlook_ == nullptr || !rounds_.is_alive(cell)) return {};
  const Asker who = rounds_.asker(cell);
  return who.graph == &graph_ ? outlook_->remaining(who.node, path)
                              : outlook_->remaining_in(rounds_.outermost(cell));
}

void EvaluationCore::expect_inputs() {
  for (const NodeId node : folded_inputs(graph_)) {
    folded_.insert(source_of(graph_.term(node)));
    tables_.inputs.expect(term_of({.cell = node, .node = node, .graph = &graph_}));
  }
}

void EvaluationCore::advance() {
  has_news_ |= is_dirty();
  rounds_.advance();
  if (unapproved_.size() > room_for_questions_) forget_old_questions();
}

void EvaluationCore::end() {
  rounds_.want(false);
  while (is_dirty())
    advance();
}

void EvaluationCore::report_questions() {
  for (const CellId cell : std::exchange(asking_, {})) {
    if (!value_to_approve(cell)) continue;
    Event event;
    event.what = Event::What::waiting;
    event.at = tables_.services.clock->now();
    event.path = rounds_.path_of(cell);
    event.state = State::awaiting_approval;
    event.text = rounds_.text(cell);
    tables_.services.events->add(std::move(event));
  }
}

/// Cells come and go; what nobody asks any more would stay for ever.
void EvaluationCore::forget_old_questions() {
  constexpr std::size_t least = 64;
  std::erase_if(unapproved_, [this](const auto& question) {
    return !rounds_.is_alive(question.first) ||
           rounds_.state(question.first) != State::awaiting_approval;
  });
  room_for_questions_ = std::max(least, 2 * unapproved_.size());
}

JobAnswer EvaluationCore::ask(const Asker& asker, std::span<const Value> arguments) {
  return tables_.jobs.ask({this, asker.cell}, term_of(asker), arguments, asker.may_start);
}

void EvaluationCore::leave(const Asker& asker, bool undecided) {
  tables_.jobs.leave({this, asker.cell}, undecided);
}

JobAnswer EvaluationCore::ask_input(const Asker& asker) {
  const bool is_folded = folded_.contains(source_of(asker.graph->term(asker.node)));
  return tables_.inputs.ask({this, asker.cell}, term_of(asker), is_folded);
}

void EvaluationCore::leave_input(const Asker& asker) { tables_.inputs.leave({this, asker.cell}); }

bool EvaluationCore::is_approved(const Asker& asker, const Value& value) {
  if (tables_.approvals.has(rounds_.path_of(asker.cell), value.digest())) {
    unapproved_.erase(asker.cell);
    return true;
  }
  const auto [question, is_new] = unapproved_.try_emplace(asker.cell, value);
  if (is_new || question->second.digest() != value.digest()) asking_.insert(asker.cell);
  question->second = value;
  return false;
}

Value EvaluationCore::value_to_approve(CellId cell) const {
  if (!rounds_.is_alive(cell) || rounds_.state(cell) != State::awaiting_approval) return {};
  const auto asked = unapproved_.find(cell);
  return asked == unapproved_.end() ? Value() : asked->second;
}

std::optional<JobsSide::Folded> EvaluationCore::folded(const Asker& asker) {
  if (asker.graph != &graph_) {  // a hole has built it
    for (const NodeId node : folded_inputs(*asker.graph)) {
      Source* const source = source_of(asker.graph->term(node));
      folded_.insert(source);
      tables_.inputs.fold(source);
    }
  }
  const std::string path = rounds_.path_of(asker.cell);
  if (const auto known = folds_.find(path); known != folds_.end()) return known->second;
  std::optional<Folded> folded = stored_fold(tables_.services.store->reader(), path, asker);
  if (folded) folds_.emplace(path, *folded);
  return folded;
}

void EvaluationCore::fold(const Asker& asker, const Value& state, const Value& last) {
  const std::string path = rounds_.path_of(asker.cell);
  folds_.insert_or_assign(path, Folded{state, last});
  tables_.services.store->submit({StoredFold{path, encode_value(state), encode_value(last)}});
}

void EvaluationCore::publish(std::uint64_t messages) {
  const bool settled = !is_waiting();
  {
    const std::lock_guard lock(mutex_);
    const bool is_new = std::exchange(has_news_, false) || published_.settled != settled;
    published_.settled = settled;
    published_.messages = messages;
    if (is_new) {
      ++sequence_;
      counts_.steps = 0;
      counts_.failed = 0;
      for (std::size_t i = 0; i < state_count; ++i) {
        const auto state = static_cast<State>(i);
        if (state != State::not_wanted) counts_.steps += rounds_.counts()[i];
        if (is_failure(state)) counts_.failed += rounds_.counts()[i];
      }
      published_.outcome = root_outcome(rounds_.root());
      published_.counts = counts_;
    }
  }
  changed_.notify_all();
}

void EvaluationCore::close() {
  drawn_.snapshot = draw();
  last_failures_ = rounds_.failures();
  {
    const std::lock_guard lock(mutex_);
    published_.closed = true;
  }
  changed_.notify_all();
}

bool EvaluationCore::is_closed() const {
  const std::lock_guard lock(mutex_);
  return published_.closed;
}

std::shared_ptr<const Snapshot> EvaluationCore::draw() {
  auto made = std::make_shared<Snapshot>(rounds_.snapshot([this](CellId cell, NodeView& view) {
    view.reused = tables_.jobs.is_reused({this, cell});
    view.retried = tables_.jobs.was_retried({this, cell});
    if (!view.stale) return;
    if (const auto stale = tables_.inputs.stale({this, cell})) {
      view.since = stale->since;
      view.text = stale->why;
    }
  }));
  made->sequence = sequence_;
  made->at = tables_.services.clock->now();
  made->settled = !is_waiting();
  return made;
}

/// While things move, whoever looks all the time has a tenth of the engine's at most.
std::shared_ptr<const Snapshot> EvaluationCore::snapshot() {
  constexpr std::size_t small_graph = 100;
  constexpr int pauses = 9;
  const std::lock_guard turn(*tables_.turn);
  if (is_closed()) return drawn_.snapshot;
  const auto begun = std::chrono::steady_clock::now();
  if (drawn_.snapshot) {
    const bool is_exact = drawn_.snapshot->sequence == sequence_;
    const bool is_near = is_waiting() && graph_.size() > small_graph && begun < drawn_.until;
    if (is_exact || is_near) return drawn_.snapshot;
  }
  drawn_.snapshot = draw();
  const auto ended = std::chrono::steady_clock::now();
  drawn_.until = ended + pauses * (ended - begun);
  return drawn_.snapshot;
}

bool EvaluationCore::is_settled() const {
  const std::lock_guard lock(mutex_);
  return published_.closed || published_.is_settled_after(tables_.services.inbox.posted());
}

void EvaluationCore::wait_until_settled() const {
  std::unique_lock lock(mutex_);
  if (published_.closed) return;
  // What has been set just now counts, though it waits to be handled.
  const std::uint64_t posted = tables_.services.inbox.posted();
  if (tables_.services.by_hand && !published_.is_settled_after(posted)) {
    throw Error(Failure{.what = "nobody else drives this engine: waiting would never end",
                        .kind = FailureClass::errored,
                        .hint = "call `run` of the test engine"});
  }
  changed_.wait(lock, [&] { return published_.closed || published_.is_settled_after(posted); });
}

Outcome<> EvaluationCore::outcome() const {
  const std::lock_guard lock(mutex_);
  return published_.outcome;
}

std::vector<Failure> EvaluationCore::failures() const {
  const std::lock_guard turn(*tables_.turn);
  return is_closed() ? last_failures_ : rounds_.failures();
}

Counts EvaluationCore::counts() const {
  const std::lock_guard lock(mutex_);
  return published_.counts;
}

}  // namespace oche::detail

namespace oche {

const Graph& Evaluation::graph() const { return core_->graph(); }
std::shared_ptr<const Snapshot> Evaluation::snapshot() const { return core_->snapshot(); }
bool Evaluation::is_settled() const { return core_->is_settled(); }
void Evaluation::wait_until_settled() const { core_->wait_until_settled(); }
Outcome<> Evaluation::outcome() const { return core_->outcome(); }
std::vector<Failure> Evaluation::failures() const { return core_->failures(); }
Counts Evaluation::counts() const { return core_->counts(); }

}  // namespace oche
