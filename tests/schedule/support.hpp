// support.hpp - random tasks, and a slow model of what happens to them.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/schedule/simulate.hpp>

#include <algorithm>
#include <limits>
#include <random>
#include <vector>

namespace schedule_tests {

using namespace oche;
using namespace oche::scheduling;

class Chance {
 public:
  explicit Chance(std::uint32_t seed) : engine_(seed) {}
  [[nodiscard]] std::uint32_t below(std::uint32_t n) {
    return static_cast<std::uint32_t>(engine_() % n);
  }
  [[nodiscard]] bool one_in(std::uint32_t n) { return below(n) == 0; }

 private:
  std::mt19937 engine_;
};

/// A task as the models see it.
struct Plain {
  Task task;
  std::vector<TaskId> needs;
  Claim takes = {};
};

struct Shape {
  std::uint32_t most = 14;
  bool choices = false;
  std::uint32_t pools = 0;
  std::uint32_t longest = 6;
};

/// Tasks whose numbers say nothing of their order.
inline std::vector<Plain> random_tasks(Chance& chance, const Shape& shape) {
  const std::uint32_t count = 1 + chance.below(shape.most);
  std::vector<TaskId> number(count);
  for (TaskId i = 0; i < count; ++i)
    number[i] = i;
  for (TaskId i = count; i-- > 1;)
    std::swap(number[i], number[chance.below(i + 1)]);
  std::vector<Plain> made(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    Plain& one = made[number[i]];
    one.task.works = !chance.one_in(4);
    if (one.task.works) one.task.duration = Duration(chance.below(shape.longest));
    if (chance.one_in(4)) one.task.priority = static_cast<int>(chance.below(3)) - 1;
    for (std::uint32_t pool = 0; pool < shape.pools; ++pool) {
      if (chance.one_in(2)) one.takes.push_back({pool, 1 + chance.below(5)});
    }
    for (std::uint32_t tries = i == 0 ? 0 : chance.below(4); tries > 0; --tries) {
      const TaskId need = number[chance.below(i)];
      if (std::find(one.needs.begin(), one.needs.end(), need) == one.needs.end())
        one.needs.push_back(need);
    }
    if (shape.choices && chance.one_in(3)) {
      one.task.begin = Begin::after_any;
      // It may even have the choice to wait for something that comes behind itself.
      if (!one.needs.empty() && chance.one_in(2)) one.needs.push_back(number[chance.below(count)]);
    }
  }
  return made;
}

inline Tasks tasks_of(const std::vector<Plain>& plain) {
  Tasks made;
  for (const Plain& one : plain) {
    Task task = one.task;
    task.claim = made.claims().add(one.takes);
    made.add(task, one.needs);
  }
  return made;
}

inline constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

/// When each task ends with slots for all, by asking all of them until nothing changes.
inline std::vector<std::int64_t> model_ends(const std::vector<Plain>& plain) {
  std::vector<std::int64_t> ends(plain.size(), never);
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 0; i < plain.size(); ++i) {
      const bool any = plain[i].task.begin == Begin::after_any && !plain[i].needs.empty();
      std::int64_t begin = any ? never : 0;
      for (const TaskId need : plain[i].needs)
        begin = any ? std::min(begin, ends[need]) : std::max(begin, ends[need]);
      const std::int64_t end = begin == never ? never : begin + plain[i].task.duration.count();
      if (end != ends[i]) changed = true;
      ends[i] = end;
    }
  }
  return ends;
}

inline std::int64_t model_span(const std::vector<Plain>& plain) {
  const auto ends = model_ends(plain);
  return *std::max_element(ends.begin(), ends.end());
}

/// A clock that ticks one by one, and at each tick looks at everything.
struct Model {
  std::vector<std::int64_t> begins, ends, since;
  std::int64_t finish = 0;

  Model(const std::vector<Plain>& plain, const Machine& machine,
        const std::vector<Duration>& remaining) {
    const std::size_t count = plain.size();
    begins.assign(count, never);
    ends.assign(count, never);
    std::vector<std::uint64_t> turn(count, 0);
    since.assign(count, never);
    std::uint64_t next_turn = 1;
    const auto is_over = [&](TaskId task, std::int64_t now) { return ends[task] <= now; };
    const auto may_begin = [&](const Plain& one, std::int64_t now) {
      const auto over = [&](TaskId need) { return is_over(need, now); };
      if (one.task.begin == Begin::after_any && !one.needs.empty())
        return std::any_of(one.needs.begin(), one.needs.end(), over);
      return std::all_of(one.needs.begin(), one.needs.end(), over);
    };
    for (std::int64_t now = 0;; ++now) {
      // What takes no time may end, and let other things begin, at this very tick.
      for (bool changed = true; changed;) {
        changed = false;
        for (bool flows = true; flows;) {
          flows = false;
          for (std::size_t i = 0; i < count; ++i) {
            if (plain[i].task.works || begins[i] != never || !may_begin(plain[i], now)) continue;
            begins[i] = ends[i] = now;
            flows = true;
          }
        }
        for (std::size_t i = 0; i < count; ++i) {
          if (!plain[i].task.works || turn[i] != 0 || !may_begin(plain[i], now)) continue;
          bool is_alone = true;
          for (std::size_t other = 0; other < count; ++other)
            is_alone = is_alone && (turn[other] == 0 || begins[other] != never);
          if (is_alone) alone_ = now;
          turn[i] = next_turn++;
          since[i] = now;
        }
        while (begin_best(plain, machine, remaining, turn, now)) {
        }
        // Work without duration has ended by now; with it, later.
        for (std::size_t i = 0; i < count; ++i) {
          if (begins[i] == now && plain[i].task.works && ends[i] == never) {
            ends[i] = now + plain[i].task.duration.count();
            finish = std::max(finish, ends[i]);
            changed = changed || ends[i] == now;
          }
        }
      }
      const bool any_runs = std::any_of(
          ends.begin(), ends.end(), [&](std::int64_t end) { return end != never && end > now; });
      if (!any_runs) return;
    }
  }

 private:
  std::int64_t alone_ = 0;

  bool begin_best(const std::vector<Plain>& plain, const Machine& machine,
                  const std::vector<Duration>& remaining, const std::vector<std::uint64_t>& turn,
                  std::int64_t now) {
    const auto runs = [&](std::size_t i) {
      return plain[i].task.works && begins[i] != never && (ends[i] == never || ends[i] > now);
    };
    unsigned running = 0;
    std::vector<std::uint64_t> used(machine.pools.size());
    for (std::size_t i = 0; i < plain.size(); ++i) {
      if (!runs(i)) continue;
      ++running;
      for (const auto& [pool, amount] : plain[i].takes)
        used[pool] += amount;
    }
    std::vector<std::size_t> waiting;
    for (std::size_t i = 0; i < plain.size(); ++i) {
      if (plain[i].task.works && turn[i] != 0 && begins[i] == never) waiting.push_back(i);
    }
    std::sort(waiting.begin(), waiting.end(), [&](std::size_t a, std::size_t b) {
      // Whole spans of ageing are counted from the last moment in which somebody began to wait who
      // was alone.
      const auto level = [&](std::size_t i) {
        const std::int64_t span = machine.ageing.count();
        const std::int64_t aged = span == 0 ? 0 : (since[i] - alone_) / span;
        return plain[i].task.priority - aged;
      };
      if (level(a) != level(b)) return level(a) > level(b);
      if (!remaining.empty() && remaining[a] != remaining[b]) return remaining[a] > remaining[b];
      return turn[a] < turn[b];
    });
    if (running >= machine.slots) return false;
    std::vector<bool> is_closed(machine.pools.size());
    for (const std::size_t i : waiting) {
      const Claim& takes = plain[i].takes;
      const auto fits = [&](const Share& share) {
        const std::uint64_t size = machine.pools[share.resource];
        const std::uint64_t has = used[share.resource];
        return size == 0 || has == 0 || has + share.amount <= size;
      };
      const auto closed = [&](const Share& share) { return is_closed[share.resource]; };
      if (std::any_of(takes.begin(), takes.end(), closed)) continue;  // nobody overtakes there
      if (std::all_of(takes.begin(), takes.end(), fits)) {
        begins[i] = now;
        return true;
      }
      for (const Share& share : takes) {
        // What it lacks is closed; of what there is enough, its share is kept for it.
        if (fits(share))
          used[share.resource] += share.amount;
        else
          is_closed[share.resource] = true;
      }
    }
    return false;
  }
};

}  // namespace schedule_tests
