// simulate.cpp - when tasks would begin and end on so many slots, on a clock that is not real.
// Layer: schedule.
// SPDX-License-Identifier: Apache-2.0
#include <oche/schedule/simulate.hpp>

#include <algorithm>
#include <functional>
#include <queue>
#include <utility>

// Goal: what the engine would do if each task took its time exactly. Time jumps from end to end.
// At each moment everything that ends then is taken first, with all that follows from it without
// work; what has become ready joins the queue in the order of the tasks; then slots are filled.
// Tasks go in another order than they are numbered in, and in a large pipeline the memory is waited
// for at each: so all that is asked of a task lies together, and what its end will touch is asked
// for when it and those after it begin.

namespace oche::scheduling {
namespace {

class Simulation {
 public:
  Simulation(const Tasks& tasks, const Readers& readers, const Machine& machine,
             std::span<const Duration> remaining)
      : claims_(tasks.claims()),
        readers_(readers.all()),
        queue_(std::max(1u, machine.slots), machine.pools, machine.ageing) {
    states_.reserve(std::size_t{tasks.size()} + 1);
    std::uint32_t first_reader = 0;
    for (TaskId task = 0; task < tasks.size(); ++task) {
      const Task& from = tasks[task];
      const std::size_t needs = tasks.needs(task).size();
      const bool any = from.begin == Begin::after_any;
      states_.push_back(
          {.duration = from.duration,
           .time = remaining.empty() ? Duration{} : remaining[task],
           .missing = static_cast<std::uint32_t>(any ? std::min<std::size_t>(needs, 1) : needs),
           .first_reader = first_reader,
           .priority = from.priority,
           .claim = from.works ? from.claim : no_claim});
      first_reader += static_cast<std::uint32_t>(readers.of(task).size());
    }
    states_.push_back({.first_reader = first_reader});  // where the last one's end
    made_.started.reserve(tasks.size());
  }

  Timeline run() {
    for (TaskId task = 0; task < size(); ++task)
      if (states_[task].missing == 0) allow(task);
    while (true) {
      follow();
      start();
      if (running_.empty()) break;
      made_.finish = running_.top().at;
      while (!running_.empty() && running_.top().at == made_.finish) {
        queue_.end({.line = running_.top().line});
        done(running_.top().readers);
        running_.pop();
      }
    }
    made_.begins.reserve(size());
    for (TaskId task = 0; task < size(); ++task)
      made_.begins.push_back(states_[task].missing == 0 ? states_[task].time : Duration::max());
    queue_.each([this](TaskId task) { made_.begins[task] = Duration::max(); });
    return std::move(made_);
  }

 private:
  static constexpr ClaimId no_claim = ~ClaimId{0};  ///< of what does not work
  struct alignas(32) State {
    Duration duration{};
    Duration time{};  ///< what remains; once it has begun, when that was
    std::uint32_t missing = 0;
    std::uint32_t first_reader = 0;  ///< up to that of the next task
    int priority = 0;
    ClaimId claim = no_claim;
  };
  static_assert(sizeof(State) == 32);

  /// Its readers are looked up when it begins, and not again when it ends.
  struct Ending {
    Duration at;
    std::span<const TaskId> readers;
    TaskId task;
    std::uint32_t line;  ///< of the queue
    friend bool operator>(const Ending& a, const Ending& b) {
      return a.at != b.at ? a.at > b.at : a.task > b.task;
    }
  };

  [[nodiscard]] TaskId size() const { return static_cast<TaskId>(states_.size() - 1); }
  [[nodiscard]] std::span<const TaskId> readers_of(TaskId task) const {
    const State* const state = &states_[task];
    return readers_.subspan(state->first_reader, state[1].first_reader - state->first_reader);
  }

  /// All that it needs has ended.
  void allow(TaskId task) { (states_[task].claim != no_claim ? ready_ : idle_).push_back(task); }

  void done(std::span<const TaskId> readers) {
    for (const TaskId reader : readers) {
      std::uint32_t& missing = states_[reader].missing;
      if (missing > 0 && --missing == 0) allow(reader);
    }
  }

  void follow() {
    while (!idle_.empty()) {
      const TaskId task = idle_.back();
      idle_.pop_back();
      states_[task].time = made_.finish;
      done(readers_of(task));
    }
    std::sort(ready_.begin(), ready_.end());
    for (const TaskId task : ready_) {
      const State& state = states_[task];
      queue_.push(task, state.priority, state.time, turn_++, made_.finish, claims_[state.claim]);
    }
    ready_.clear();
  }

  void start() {
    while (const auto next = queue_.next()) {
      const auto& [task, place] = *next;
      const std::span<const TaskId> readers = readers_of(task);
      ask_ahead(readers);
      if (const TaskId* const behind = queue_.behind(place)) __builtin_prefetch(&states_[*behind]);
      made_.started.push_back(task);
      running_.push({made_.finish + states_[task].duration, readers, task, place.line});
      made_.busiest = std::max(made_.busiest, static_cast<unsigned>(running_.size()));
      states_[task].time = made_.finish;
    }
  }

  /// For the numbers of the readers of what begins; for the readers of what began before the last,
  /// whose numbers are here by now.
  void ask_ahead(std::span<const TaskId> readers) {
    constexpr std::size_t few = 4;
    __builtin_prefetch(readers.data());
    const auto before = std::exchange(begun_[1], std::exchange(begun_[0], readers));
    for (const TaskId reader : before.first(std::min(few, before.size())))
      __builtin_prefetch(&states_[reader], 1);
  }

  const Claims& claims_;
  const std::span<const TaskId> readers_;
  Queue<TaskId> queue_;
  std::vector<State> states_;
  std::vector<TaskId> ready_;
  std::vector<TaskId> idle_;  ///< take no time, and may be done
  std::priority_queue<Ending, std::vector<Ending>, std::greater<>> running_;
  std::uint64_t turn_ = 0;
  std::span<const TaskId> begun_[2] = {};  ///< the readers of the last two
  Timeline made_;
};

/// Rounded up.
Duration divided(Duration work, std::int64_t by) {
  return Duration(work.count() / by + (work.count() % by == 0 ? 0 : 1));
}

}  // namespace

Timeline simulate(const Tasks& tasks, const Readers& readers, const Machine& machine,
                  std::span<const Duration> remaining) {
  return Simulation(tasks, readers, machine, remaining).run();
}

Bounds bounds(const Tasks& tasks, Duration span, const Machine& machine) {
  const std::int64_t slots = std::max(1u, machine.slots);
  const Duration work = tasks.work();
  Bounds made{std::max(span, divided(work, slots)), work};
  std::vector<double> in_pool(machine.pools.size());
  bool is_limited = false;
  for (TaskId task = 0; !machine.pools.empty() && task < tasks.size(); ++task) {
    const Task& one = tasks[task];
    if (!one.works) continue;
    for (const auto& [resource, amount] : tasks.claims()[one.claim]) {
      if (resource >= machine.pools.size() || machine.pools[resource] == 0) continue;
      is_limited = true;
      const std::uint64_t size = machine.pools[resource];
      const double share = static_cast<double>(std::min(amount, size)) / static_cast<double>(size);
      in_pool[resource] += share * static_cast<double>(one.duration.count());
    }
  }
  // A little less than the sum, which is of rounded parts.
  for (const double sum : in_pool)
    made.least = std::max(made.least, Duration(static_cast<std::int64_t>(sum * (1 - 1e-9))));
  if (!is_limited && !tasks.has_choices())
    made.most = divided(work, slots) + span - Duration(span.count() / slots);
  return made;
}

}  // namespace oche::scheduling
