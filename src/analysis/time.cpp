// time.cpp - how long a pipeline takes, and why, before it runs.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/time.hpp>

#include "analysis/time_computed.hpp"
#include <oche/schedule/simulate.hpp>

#include <algorithm>

namespace oche {
namespace {

/// What never begins does not begin later either.
Duration later(Duration begin, Duration by) {
  return begin == Duration::max() ? begin : begin + by;
}

}  // namespace

std::string_view to_string(Fate fate) {
  constexpr std::string_view names[] = {"succeeds", "fails", "reused",    "blocked",
                                        "skipped",  "waits", "not wanted"};
  return names[static_cast<std::size_t>(fate)];
}

struct Forecast::Made : detail::forecast::Computed {
  using Computed::Computed;
};

Forecast::Forecast(const Facts& facts, const Assumptions& assumptions)
    : made_(std::make_unique<const Made>(facts, assumptions)) {}
Forecast::~Forecast() = default;
Forecast::Forecast(Forecast&&) noexcept = default;
Forecast& Forecast::operator=(Forecast&&) noexcept = default;

Duration Forecast::span() const { return made_->paths->span(); }
Duration Forecast::work() const { return made_->named.tasks.work(); }
const std::vector<TimedStep>& Forecast::steps() const { return made_->steps; }
const std::vector<std::uint32_t>& Forecast::critical() const { return made_->critical; }
Fate Forecast::outcome() const { return made_->outcome; }
Duration Forecast::unknown() const { return made_->unknown; }
const std::vector<std::string>& Forecast::unseen() const { return made_->unseen; }

Finish Forecast::finish(unsigned slots) const {
  const Made& made = *made_;
  const scheduling::Tasks& tasks = made.named.tasks;
  const auto sizes = made.pools.sizes();
  const scheduling::Machine machine{.slots = std::max(1u, slots),
                                    .pools = {sizes.begin(), sizes.end()}};
  const scheduling::Timeline line =
      scheduling::simulate(tasks, *made.readers, machine, made.remaining);
  const scheduling::Bounds bounds = scheduling::bounds(tasks, span(), machine);
  const Duration start_up = line.started.empty() ? Duration{} : made.start_up;
  Finish finish{.slots = machine.slots,
                .start_up = start_up,
                .at = start_up + line.finish,
                .least = start_up + bounds.least,
                .most = start_up + bounds.most,
                .busiest = line.busiest};
  finish.begins.resize(made.steps.size());
  for (scheduling::TaskId task = 0; task < tasks.size(); ++task)
    if (made.step_of[task] != detail::forecast::no_step)
      finish.begins[made.step_of[task]] = later(line.begins[task], start_up);
  finish.started.reserve(line.started.size());
  for (const scheduling::TaskId task : line.started)
    finish.started.push_back(made.step_of[task]);
  return finish;
}

std::vector<Finish> Forecast::curve(unsigned most) const {
  std::vector<Finish> points;
  // 1, 2, 3, 4, 6, 8, 12, …
  for (unsigned slots = 1; slots <= most;) {
    Finish point = finish(slots);
    point.begins.clear();
    point.started.clear();
    const bool is_last = point.at == point.start_up + span() || point.busiest < slots;
    points.push_back(std::move(point));
    if (is_last) break;
    slots = slots < 3 ? slots + 1 : slots % 3 == 0 ? slots / 3 * 4 : slots / 2 * 3;
  }
  return points;
}

}  // namespace oche
