// process_loop.hpp - the thread behind Processes.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/process/child.hpp"
#include "engine/process/processes.hpp"
#include "engine/process/spawn.hpp"

#include <atomic>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

namespace oche::detail {

/// Split by verb: process_loop.cpp waits, start_child.cpp starts, stop_child.cpp stops,
/// end_child.cpp ends. Everything below "the thread's own" is used by the process thread only.
class ProcessLoop {
 public:
  ProcessLoop(std::shared_ptr<Clock> clock, Fencing fencing);
  ~ProcessLoop();

  ProcessId start(ProcessRequest request, OnExit on_exit, OnOutput on_output);
  void cancel(ProcessId id);
  const IsolationOffer& isolation();

 private:
  struct Order {
    ProcessId id;
    std::unique_ptr<Child> child;  // null: cancel
  };
  using Due = std::pair<std::chrono::nanoseconds, ProcessId>;

  void order(Order order);
  void wake();

  /// Null if commands are not to be held by any.
  Fences* fences();

  // The thread's own from here on.
  void run();
  bool take_orders();
  void kill_all();
  void fire_timers();
  [[nodiscard]] int milliseconds_to_next_timer() const;
  void wait_for_events();
  void handle(ProcessId id, Watch what);
  bool watch(int descriptor, ProcessId id, Watch what);
  void unwatch(int descriptor);
  void watch_fence(Child& child);
  void forget(Descriptor& descriptor);
  void set_timer(Child& child, std::chrono::nanoseconds due);
  void clear_timer(Child& child);

  void start_child(std::unique_ptr<Child> child);
  [[nodiscard]] std::optional<Failure> launch(Child& child);
  [[nodiscard]] std::optional<Failure> plan_for(Child& child, SpawnPlan& plan);

  void stop_child(Child& child);
  void kill_child(Child& child);
  void kill_fence(Child& child);

  void read_output(Child& child);
  void read_status(Child& child);
  void end_child(Child& child);
  [[nodiscard]] bool may_have_left_somebody(const Child& ended) const;
  void report(Child& ended);

  const std::shared_ptr<Clock> clock_;
  const Fencing fencing_;
  std::once_flag fenced_;
  std::optional<Fences> fences_;
  std::once_flag probed_;
  IsolationOffer offer_;
  Descriptor events_;   // epoll
  Descriptor alarm_;    // eventfd: there are orders, or the clock was moved
  Descriptor nothing_;  // /dev/null
  std::mutex mutex_;
  std::vector<Order> orders_;
  std::atomic<ProcessId> last_id_{0};
  std::atomic<bool> closing_{false};

  Spawner spawner_;
  std::unordered_map<ProcessId, std::unique_ptr<Child>> children_;
  std::set<Due> timers_;
  std::vector<char> buffer_;
  Subscription clock_moves_;
  std::thread thread_;
};

}  // namespace oche::detail
