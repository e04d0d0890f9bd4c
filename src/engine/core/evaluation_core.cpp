// evaluation_core.cpp - one pipeline in one engine.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/evaluation_core.hpp"

#include "engine/jobs/stored_value.hpp"

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
  published_.snapshot = std::make_shared<const Snapshot>(rounds_.snapshot());
}

void EvaluationCore::advance() {
  rounds_.advance();
  if (unapproved_.size() > room_for_questions_) forget_old_questions();
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
  return tables_.inputs.ask({this, asker.cell}, term_of(asker));
}

void EvaluationCore::leave_input(const Asker& asker) { tables_.inputs.leave({this, asker.cell}); }

bool EvaluationCore::is_approved(const Asker& asker, const Value& value) {
  const bool is_given = tables_.approvals.has(rounds_.path_of(asker.cell), value.digest());
  if (is_given) {
    unapproved_.erase(asker.cell);
  } else {
    unapproved_.insert_or_assign(asker.cell, value);
  }
  return is_given;
}

Value EvaluationCore::value_to_approve(CellId cell) const {
  if (!rounds_.is_alive(cell) || rounds_.state(cell) != State::awaiting_approval) return {};
  const auto asked = unapproved_.find(cell);
  return asked == unapproved_.end() ? Value() : asked->second;
}

std::optional<JobsSide::Folded> EvaluationCore::folded(const Asker& asker) {
  const std::string name(asker.graph->label(asker.node));
  if (const auto known = folds_.find(name); known != folds_.end()) return known->second;
  std::optional<Folded> folded = stored_fold(tables_.services.store->reader(), asker);
  if (folded) folds_.emplace(name, *folded);
  return folded;
}

void EvaluationCore::fold(const Asker& asker, const Value& state, const Value& last) {
  const std::string name(asker.graph->label(asker.node));
  folds_.insert_or_assign(name, Folded{state, last});
  tables_.services.store->submit({StoredFold{name, encode_value(state), encode_value(last)}});
}

void EvaluationCore::publish(bool settled, std::uint64_t messages) {
  Snapshot snapshot = rounds_.snapshot([this](CellId cell, NodeView& view) {
    view.reused = tables_.jobs.is_reused({this, cell});
    view.retried = tables_.jobs.was_retried({this, cell});
  });
  snapshot.at = tables_.services.clock->now();
  snapshot.settled = settled;
  counts_.steps = 0;
  counts_.failed = 0;
  for (std::size_t i = 0; i < snapshot.counts.size(); ++i) {
    const auto state = static_cast<State>(i);
    if (state != State::not_wanted) counts_.steps += snapshot.counts[i];
    if (is_failure(state)) counts_.failed += snapshot.counts[i];
  }
  Outcome<> outcome = root_outcome(rounds_.root());
  std::vector<Failure> failures;
  if (outcome.is_failed()) failures = rounds_.failures();
  {
    const std::lock_guard lock(mutex_);
    snapshot.sequence = published_.snapshot->sequence + 1;
    published_.snapshot = std::make_shared<const Snapshot>(std::move(snapshot));
    published_.settled = settled;
    published_.messages = messages;
    published_.outcome = std::move(outcome);
    published_.failures = std::move(failures);
    published_.counts = counts_;
  }
  changed_.notify_all();
}

void EvaluationCore::close() {
  {
    const std::lock_guard lock(mutex_);
    published_.closed = true;
  }
  changed_.notify_all();
}

std::shared_ptr<const Snapshot> EvaluationCore::snapshot() const {
  const std::lock_guard lock(mutex_);
  return published_.snapshot;
}

bool EvaluationCore::is_settled() const {
  const std::lock_guard lock(mutex_);
  if (published_.closed) return true;
  return published_.settled && published_.messages == tables_.services.inbox.posted();
}

void EvaluationCore::wait_until_settled() const {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] {
    // Not while something waits to be handled: an input that has just been set counts.
    return published_.closed ||
           (published_.settled && published_.messages == tables_.services.inbox.posted());
  });
}

Outcome<> EvaluationCore::outcome() const {
  const std::lock_guard lock(mutex_);
  return published_.outcome;
}

std::vector<Failure> EvaluationCore::failures() const {
  const std::lock_guard lock(mutex_);
  return published_.failures;
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
