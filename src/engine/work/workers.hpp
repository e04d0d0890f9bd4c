// workers.hpp - the threads on which functions run.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/clock.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace oche::detail {

/// Up to `threads` threads, started as they are needed, that run what is submitted in order.
///
/// A function that does not return cannot be stopped: `shut_down` gives its name and leaves it
/// behind; its thread keeps alive whatever its closure holds.
class Workers {
 public:
  using Hand = std::function<void(std::string name, std::function<void()> work)>;

  /// With `hand`, there are no threads: it is given all that is submitted.
  explicit Workers(unsigned threads, Hand hand = nullptr);
  /// As `shut_down` with no grace.
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  /// `name` is who to blame if it never returns. Threads: any.
  void submit(std::string name, std::function<void()> work);
  /// How many there may be from now on. Those that are there stay.
  void resize(unsigned threads);
  /// Drops what has not begun, waits for what has, at most `grace` of real time.
  /// Gives the names of what had not returned by then.
  std::vector<std::string> shut_down(std::chrono::nanoseconds grace);

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
  Hand hand_;
};

}  // namespace oche::detail
