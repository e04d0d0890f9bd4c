// engine_core.cpp - the state of one engine, and the thread that owns it (D7).
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/engine_core.hpp"

#include <oche/base/error.hpp>

#include <poll.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <limits>
#include <utility>

namespace oche::detail {

namespace {

Descriptor made(int descriptor) {
  if (descriptor < 0) {
    throw Error(Failure{.what = "cannot make a descriptor for the engine",
                        .kind = FailureClass::errored,
                        .facts = {{"system", std::strerror(errno)}},
                        .hint = "raise the limit of open files (ulimit -n)"});
  }
  return Descriptor(descriptor);
}

void watch(const Descriptor& poll, int descriptor) {
  epoll_event event{};
  event.events = EPOLLIN;
  if (epoll_ctl(poll.get(), EPOLL_CTL_ADD, descriptor, &event) != 0) made(-1);
}

/// Never freed; a function of its own, so that leak checkers can be told of it by name.
void leave_behind(std::unique_ptr<Services> services) {
  [[maybe_unused]] auto* const kept = new std::unique_ptr<Services>(std::move(services));
}

}  // namespace

EngineCore::EngineCore(EngineOptions options, std::shared_ptr<ByHand> by_hand)
    : services_(std::make_unique<Services>(std::move(options), std::move(by_hand))),
      approvals_(*services_),
      jobs_(*services_, timers_),
      inputs_(*services_, timers_),
      handles_(std::make_shared<ChangeLine>(services_->inbox)),
      timer_(made(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK))),
      date_(made(timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK))),
      poll_(made(epoll_create1(EPOLL_CLOEXEC))) {
  watch(poll_, services_->inbox.fd());
  watch(poll_, timer_.get());
  watch(poll_, date_.get());
  watch_date();
  if (services_->by_hand) return;
  if (services_->options.loop == Loop::own_thread) thread_ = std::thread([this] { run(); });
}

EngineCore::~EngineCore() {
  stopping_ = true;
  services_->inbox.wake();
  if (thread_.joinable()) thread_.join();
  shut_down();
}

void EngineCore::run() {
  while (!stopping_) {
    pollfd readable{poll_.get(), POLLIN, 0};
    poll(&readable, 1, -1);
    advance();
  }
}

std::shared_ptr<EvaluationCore> EngineCore::start(const AnyTerm& pipeline) {
  const auto begun = services_->clock->steady();
  // Compiling a large pipeline takes a while, in which the engine goes on.
  auto evaluation = std::make_shared<EvaluationCore>(
      Tables{*services_, jobs_, inputs_, approvals_, turn_}, pipeline);
  {
    const std::lock_guard lock(*turn_);
    if (evaluations_.empty()) jobs_.begin_start_up(begun);
    evaluation->expect_inputs();
    evaluations_.push_back(evaluation);
    was_settled_ = false;
    // Before any result is looked up there: nothing of it starts sooner.
    look_out(services_->lookups, evaluation);
    jobs_.expect(evaluation->graph());
    services_->inbox.nudge();
  }
  // Ours ends it; the engine has another one, and may be gone by then.
  EvaluationCore* const core = evaluation.get();
  return {core, [this, evaluation = std::move(evaluation), line = handles_](auto*) mutable {
            line->post([this, ended = std::move(evaluation)] { end(ended); });
          }};
}

void EngineCore::end(const std::shared_ptr<EvaluationCore>& evaluation) {
  evaluation->end();
  std::erase(evaluations_, evaluation);
}

void EngineCore::advance() {
  const std::lock_guard lock(*turn_);
  round();
}

void EngineCore::round() {
  std::uint64_t expirations = 0;
  [[maybe_unused]] const ssize_t got = read(timer_.get(), &expirations, sizeof expirations);
  if (read(date_.get(), &expirations, sizeof expirations) < 0 && errno == ECANCELED) watch_date();
  for (const Inbox::Message& message : services_->inbox.take()) {
    message();
    ++handled_;
  }
  timers_.run(services_->clock->steady());
  inputs_.look_at_clock();
  const auto is_dirty = [this] {
    return std::any_of(evaluations_.begin(), evaluations_.end(),
                       [](const auto& evaluation) { return evaluation->is_dirty(); });
  };
  do {
    do {
      while (is_dirty()) {
        for (const auto& evaluation : evaluations_)
          evaluation->advance();
      }
      inputs_.end_expecting();
    } while (inputs_.hand_over());
    if (services_->options.fail_fast &&
        std::any_of(evaluations_.begin(), evaluations_.end(),
                    [](const auto& evaluation) { return evaluation->has_failed(); })) {
      jobs_.hold();
    }
    jobs_.end_round();
  } while (is_dirty() || jobs_.is_undecided());
  for (const auto& evaluation : evaluations_)
    evaluation->report_questions();
  tell_settled();  // first: whoever has waited for it finds the event
  for (const auto& evaluation : evaluations_)
    evaluation->publish(handled_);
  learn_durations();
  if (!services_->by_hand) arm_timer();
}

bool EngineCore::is_idle() const {
  return jobs_.is_idle() && inputs_.is_idle() && approvals_.is_idle();
}

void EngineCore::tell_settled() {
  const bool settled = is_idle();
  if (settled) jobs_.begin_start_up({});
  if (settled && !was_settled_ && !evaluations_.empty()) {
    Event event;
    event.what = Event::What::settled;
    event.at = services_->clock->now();
    services_->events->add(std::move(event));
  }
  was_settled_ = settled;
}

void EngineCore::arm_timer() {
  itimerspec spec{};  // all zero: disarmed
  if (const auto due = timers_.next_due(); due && services_->clock->flows()) {
    const auto wait = std::max<std::chrono::nanoseconds>(*due - services_->clock->steady(),
                                                         std::chrono::nanoseconds(1));
    spec.it_value.tv_sec = std::chrono::duration_cast<std::chrono::seconds>(wait).count();
    spec.it_value.tv_nsec = (wait % std::chrono::seconds(1)).count();
  }
  timerfd_settime(timer_.get(), 0, &spec, nullptr);
}

/// Readable as soon as somebody has set the date, or the machine has slept.
void EngineCore::watch_date() {
  itimerspec never{};
  never.it_value.tv_sec = std::numeric_limits<std::int32_t>::max();
  timerfd_settime(date_.get(), TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, nullptr);
}

/// Cancels what runs, keeps what has finished, and leaves behind what does not return in time.
void EngineCore::shut_down() {
  const auto& clock = *services_->clock;
  const auto grace = services_->options.grace + std::chrono::seconds(1);
  const auto begun = std::chrono::steady_clock::now();
  const auto left = [&] { return grace - (std::chrono::steady_clock::now() - begun); };
  {
    const std::lock_guard lock(*turn_);
    jobs_.hold();
    jobs_.cancel_all();
    inputs_.close();
    handles_->close();
  }
  if (services_->by_hand) services_->by_hand->end_all();
  for (;;) {
    {
      const std::lock_guard lock(*turn_);
      round();
      if (jobs_.running().empty() || left().count() <= 0) break;
    }
    pollfd readable{poll_.get(), POLLIN, 0};
    poll(&readable, 1,
         static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(left()).count()) +
             1);
  }
  std::vector<std::string> stuck;
  bool is_store_in_use = false;
  for (Workers* workers : {&services_->workers, &services_->readers, &services_->lookups}) {
    for (std::string& name : workers->shut_down(std::max<std::chrono::nanoseconds>(left(), {}))) {
      is_store_in_use |= workers == &services_->lookups;
      stuck.push_back(std::move(name));
    }
  }
  [[maybe_unused]] const Result<> flushed = services_->store->flush();
  for (const std::string& name : stuck) {
    Event event;
    event.what = Event::What::warning;
    event.at = clock.now();
    event.path = name;
    event.text = "did not return within the grace time and was left behind";
    services_->events->add(std::move(event));
  }
  services_->events->close();
  {
    const std::lock_guard lock(*turn_);
    for (const auto& evaluation : evaluations_)
      evaluation->close();
  }
  // A function that does not return still uses what it was given: that much must stay.
  if (stuck.empty()) return;
  if (!is_store_in_use) services_->store.reset();  // gives the state folder free
  leave_behind(std::move(services_));
}

}  // namespace oche::detail
