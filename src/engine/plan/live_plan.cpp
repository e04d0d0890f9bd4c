// live_plan.cpp - how long a run still takes, kept up to date event by event.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include <oche/engine/live_plan.hpp>

#include "analysis/plain_paths.hpp"
#include "base/readable_time.hpp"
#include "engine/plan/left.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace oche {

struct LivePlan::State {
  using TaskId = scheduling::TaskId;

  State(const Graph& graph, Assumptions assumptions)
      : facts(graph), plain(graph), assumed(std::move(assumptions)) {
    left.emplace(facts, assumed, happened);
    usual = left->usual();
  }

  /// What there is to know of what is left; made anew where an event has changed more than a step.
  detail::Left& now() {
    if (!left) {
      left.emplace(facts, assumed, happened);
      if (has_settled) left->give_up();
    }
    return *left;
  }
  void forget() { left.reset(); }

  /// False for what holes have built.
  bool belongs(const std::string& path) const {
    const std::optional<NodeId> node = facts.graph().find(plain.of(path));
    return node && is_job(facts.graph().kind(*node));
  }

  Duration usual_of(const std::string& path) const {
    const auto found = assumed.durations.find(path);
    return found == assumed.durations.end() ? usual : found->second;
  }

  void start(const Event& event) {
    if (has_settled) forget();  // what was given up may come after all
    has_settled = false;
    const bool is_again = happened.done.erase(event.path) > 0;
    happened.failed.erase(event.path);
    happened.running[event.path] = event.at;
    learn(event.path);
    if (is_again) return run_again(event.path);
    if (!left) return;
    const auto task = left->task(event.path);
    if (!task || left->has_choices()) return forget();
    left->start(*task, event.at);
  }

  void end(const Event& event) {
    happened.running.erase(event.path);
    if (happened.done.insert(event.path).second) spent += usual_of(event.path);
    const bool is_ok = event.state == oche::State::ok;
    if (!is_ok) happened.failed.insert(event.path);
    learn(event.path);
    if (!left) return;
    const auto task = left->task(event.path);
    if (!task || !is_ok || left->has_choices()) return forget();
    left->end(*task);
  }

  /// The items of a list are called as the paths say that have a duration.
  void learn(const std::string& path) {
    detail::forecast::PlainPaths::Names names;
    const std::string general = plain.of(path, &names);
    if (names.empty() || assumed.durations.contains(path)) return;
    assumed.durations[path] = usual_of(general);
    for (const auto& [list, name] : names) {
      const auto given = assumed.items.find(list);
      if (given == assumed.items.end()) continue;
      std::vector<std::string>& items = given->second;
      if (std::find(items.begin(), items.end(), name) == items.end()) items.push_back(name);
    }
    forget();
  }

  /// All that reads it may run again, too.
  void run_again(const std::string& path) {
    spent -= usual_of(path);
    const detail::Left whole(facts, assumed, detail::Happened());
    if (const auto task = whole.task(path))
      for (const TaskId reader : whole.behind(*task)) {
        const std::string& other = whole.path(reader);
        if (happened.done.erase(other) > 0) spent -= usual_of(other);
        happened.failed.erase(other);
      }
    forget();
  }

  Facts facts;
  detail::forecast::PlainPaths plain;
  Assumptions assumed;
  detail::Happened happened;
  std::optional<detail::Left> left;
  Duration usual{};  ///< of steps that nobody knows
  Duration spent{};  ///< usual durations of what is done
  bool has_settled = false;
  /// Of the last `finish`, until the next event.
  struct Finished {
    unsigned slots = 0;
    Time at{};
    Duration left{};
  };
  std::optional<Finished> finished;
};

LivePlan::LivePlan(const Graph& graph, Assumptions assumptions)
    : state_(std::make_unique<State>(graph, std::move(assumptions))) {}
LivePlan::~LivePlan() = default;
LivePlan::LivePlan(LivePlan&&) noexcept = default;
LivePlan& LivePlan::operator=(LivePlan&&) noexcept = default;

void LivePlan::take(const Event& event) {
  switch (event.what) {
    case Event::What::started:
      if (!state_->belongs(event.path)) return;
      state_->start(event);
      break;
    case Event::What::finished:
    case Event::What::reused:
      if (!state_->belongs(event.path)) return;
      state_->end(event);
      break;
    case Event::What::settled:
      state_->has_settled = true;
      state_->happened.running.clear();
      state_->now().give_up();
      break;
    default:
      return;
  }
  state_->finished.reset();
}

Progress LivePlan::progress() const {
  const detail::Left& left = state_->now();
  return {.done = static_cast<std::uint32_t>(state_->happened.done.size()),
          .running = left.running(),
          .to_come = left.to_come(),
          .unknown = left.unknown()};
}

Duration LivePlan::longest(Time now) const { return state_->now().longest(now); }
Duration LivePlan::work(Time now) const { return state_->now().work(now); }
Duration LivePlan::spent(Time now) const {
  return state_->spent + state_->now().running_so_far(now);
}

Duration LivePlan::finish(unsigned slots, Time now) const {
  auto& known = state_->finished;
  if (!known || known->slots != slots)
    known = State::Finished{slots, now, state_->now().finish(slots, now)};
  // Until something happens, time passes and nothing else.
  return std::max(longest(now), known->left - std::max(Duration{}, Duration(now - known->at)));
}

std::vector<std::string> LivePlan::critical(Time now) const {
  const detail::Left& left = state_->now();
  std::vector<std::string> paths;
  for (const scheduling::TaskId task : left.critical(now))
    paths.push_back(left.path(task));
  return paths;
}

std::vector<NextStep> LivePlan::next(std::size_t most) const {
  const detail::Left& left = state_->now();
  std::vector<scheduling::TaskId> tasks = left.ready(most);
  for (const scheduling::TaskId task : left.behind_running(most - tasks.size()))
    tasks.push_back(task);
  std::vector<NextStep> steps;
  for (const scheduling::TaskId task : tasks) {
    NextStep step{.path = left.path(task), .ahead = left.level(task), .why = {}};
    step.is_critical = step.ahead == left.highest();
    for (const scheduling::TaskId need : left.waits_for(task))
      step.behind.push_back(left.path(need));
    if (left.priority(task) != 0) step.why = fmt::format("priority {}, ", left.priority(task));
    step.why += step.is_critical
                    ? fmt::format("the longest path, {}", detail::duration_text(step.ahead))
                    : fmt::format("{} to go", detail::duration_text(step.ahead));
    if (!step.behind.empty())
      step.why += fmt::format(", once {} {} done", fmt::join(step.behind, ", "),
                              step.behind.size() == 1 ? "is" : "are");
    steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace oche
