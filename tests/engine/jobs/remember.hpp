// remember.hpp - a state folder that knows how long steps take.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/core/support.hpp"
#include "engine/store/store.hpp"

#include <map>
#include <string>

namespace engine_tests {

/// As it would be after one run of each. Requires: no engine is there.
inline void remember(const Stage& stage, const std::map<std::string, Duration>& durations) {
  auto store = detail::Store::open(stage.options().state);
  REQUIRE(store);
  for (const auto& [path, duration] : durations)
    store.value()->submit({detail::AddDuration{path, "work", duration}});
  REQUIRE(store.value()->flush());
}

/// Tells when what is ready stands in the queue: the store is asked in order whether it has a
/// result, so whoever asks behind all of them for one that is there gets it after all of them.
class Queued {
 public:
  /// Requires: there is a slot.
  explicit Queued(Engine& engine) : engine_(engine) { await(); }
  void await() const { engine_.start(stored_).wait_until_settled(); }

 private:
  Engine& engine_;
  const Term<std::string> stored_ = work(constant(std::string("stored")));
};

}  // namespace engine_tests
