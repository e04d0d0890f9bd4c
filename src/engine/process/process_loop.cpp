// process_loop.cpp - the thread behind Processes: waits for orders, children and the clock.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/process/process_loop.hpp"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <system_error>

namespace oche::detail {
namespace {

constexpr int tag_bits = 3;
constexpr std::size_t buffer_size = 64 << 10;

Descriptor checked(int descriptor, const char* what) {
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), what);
  return Descriptor{descriptor};
}

}  // namespace

ProcessLoop::ProcessLoop(std::shared_ptr<Clock> clock, Fencing fencing)
    : clock_(std::move(clock)),
      fencing_(fencing),
      events_(checked(::epoll_create1(EPOLL_CLOEXEC), "epoll")),
      alarm_(checked(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd")),
      nothing_(checked(::open("/dev/null", O_RDWR | O_CLOEXEC), "/dev/null")),
      buffer_(buffer_size) {
  if (!watch(alarm_.get(), 0, Watch::alarm)) {
    throw std::system_error(errno, std::generic_category(), "epoll");
  }
  clock_moves_ = clock_->subscribe([this] { wake(); });
  // The thread inherits our mask: no handler of the host may run in it (see spawn.cpp).
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  try {
    thread_ = std::thread{[this] { run(); }};
  } catch (...) {
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    throw;
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

ProcessLoop::~ProcessLoop() {
  clock_moves_.reset();
  closing_ = true;
  wake();
  thread_.join();
}

ProcessId ProcessLoop::start(ProcessRequest request, OnExit on_exit, OnOutput on_output) {
  auto child = std::make_unique<Child>();
  child->id = ++last_id_;
  child->request = std::move(request);
  child->on_exit = std::move(on_exit);
  child->on_output = std::move(on_output);
  const auto id = child->id;
  order({id, std::move(child)});
  return id;
}

void ProcessLoop::cancel(ProcessId id) { order({id, nullptr}); }

const IsolationOffer& ProcessLoop::isolation() {
  std::call_once(probed_, [this] {
    offer_ = probe_isolation(fixed_path, fences() ? fences()->entrance_for_sandboxes() : -1);
  });
  return offer_;
}

Fences* ProcessLoop::fences() {
  std::call_once(fenced_, [this] {
    if (fencing_ == Fencing::preferred) fences_.emplace();  // also ends what others have left
  });
  return fences_ ? &*fences_ : nullptr;
}

void ProcessLoop::order(Order order) {
  bool is_first = false;
  {
    const std::lock_guard lock{mutex_};
    is_first = orders_.empty();
    orders_.push_back(std::move(order));
  }
  if (is_first) wake();
}

void ProcessLoop::wake() {
  const std::uint64_t one = 1;
  // Can only fail because the counter is full, and then the thread is about to wake up anyway.
  [[maybe_unused]] const auto written = ::write(alarm_.get(), &one, sizeof one);
}

void ProcessLoop::run() {
  fences();
  for (;;) {
    const bool is_idle = !take_orders();
    if (closing_) {
      kill_all();
      if (children_.empty() && is_idle) return;
      if (children_.empty()) continue;  // nothing would wake us
    }
    fire_timers();
    wait_for_events();
  }
}

bool ProcessLoop::take_orders() {
  std::vector<Order> orders;
  {
    const std::lock_guard lock{mutex_};
    orders.swap(orders_);
  }
  for (auto& [id, child] : orders) {
    if (child) {
      start_child(std::move(child));
    } else if (const auto at = children_.find(id); at != children_.end()) {
      if (at->second->state != Child::State::running || at->second->exited) continue;
      at->second->result.cancelled = true;
      stop_child(*at->second);
    }
  }
  return !orders.empty();
}

void ProcessLoop::kill_all() {
  for (auto& [id, child] : children_) {
    if (child->state == Child::State::killed) continue;
    child->result.cancelled = child->result.cancelled || !child->result.timed_out;
    kill_child(*child);
  }
}

void ProcessLoop::set_timer(Child& child, std::chrono::nanoseconds due) {
  clear_timer(child);
  child.due = due;
  timers_.emplace(due, child.id);
}

void ProcessLoop::clear_timer(Child& child) {
  if (child.due) timers_.erase({*child.due, child.id});
  child.due.reset();
}

void ProcessLoop::fire_timers() {
  const auto now = clock_->steady();
  while (!timers_.empty() && timers_.begin()->first <= now) {
    auto& child = *children_.at(timers_.begin()->second);
    clear_timer(child);
    switch (child.state) {
      case Child::State::running:
        child.result.timed_out = true;
        stop_child(child);
        break;
      case Child::State::stopping:
        kill_child(child);
        break;
      case Child::State::killed:
        child.is_fence_stuck = true;
        end_child(child);
        break;
    }
  }
}

int ProcessLoop::milliseconds_to_next_timer() const {
  if (timers_.empty() || !clock_->flows()) return -1;
  const auto wait = timers_.begin()->first - clock_->steady();
  const auto rounded = std::chrono::ceil<std::chrono::milliseconds>(wait).count();
  return static_cast<int>(std::clamp<std::int64_t>(rounded, 0, INT_MAX));
}

void ProcessLoop::wait_for_events() {
  std::array<epoll_event, 64> events;
  const int count = ::epoll_wait(events_.get(), events.data(), static_cast<int>(events.size()),
                                 milliseconds_to_next_timer());
  for (int i = 0; i < count; ++i) {
    const auto tag = events[static_cast<std::size_t>(i)].data.u64;
    handle(tag >> tag_bits, static_cast<Watch>(tag & ((1u << tag_bits) - 1)));
  }
}

void ProcessLoop::handle(ProcessId id, Watch what) {
  if (what == Watch::alarm) {
    std::uint64_t count = 0;
    [[maybe_unused]] const auto taken = ::read(alarm_.get(), &count, sizeof count);
    return;
  }
  const auto at = children_.find(id);
  if (at == children_.end()) return;  // ended by an earlier event of the same batch
  auto& child = *at->second;
  switch (what) {
    case Watch::output:
      return read_output(child);
    case Watch::status:
      return read_status(child);
    case Watch::exit:
    case Watch::sandbox:
    case Watch::fence:
    case Watch::descendant:
      return end_child(child);
    case Watch::alarm:
      return;
  }
}

bool ProcessLoop::watch(int descriptor, ProcessId id, Watch what) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = id << tag_bits | static_cast<std::uint64_t>(what);
  return ::epoll_ctl(events_.get(), EPOLL_CTL_ADD, descriptor, &event) == 0;
}

void ProcessLoop::unwatch(int descriptor) {
  // Closing alone is not enough while a fork of the host holds a copy.
  ::epoll_ctl(events_.get(), EPOLL_CTL_DEL, descriptor, nullptr);
}

void ProcessLoop::watch_fence(Child& child) {
  if (std::exchange(child.is_fence_watched, true)) return;
  epoll_event event{};
  event.events = EPOLLPRI;
  event.data.u64 = child.id << tag_bits | static_cast<std::uint64_t>(Watch::fence);
  ::epoll_ctl(events_.get(), EPOLL_CTL_ADD, child.fence->changes(), &event);
}

void ProcessLoop::forget(Descriptor& descriptor) {
  if (!descriptor.is_open()) return;
  unwatch(descriptor.get());
  descriptor.close();
}

}  // namespace oche::detail
