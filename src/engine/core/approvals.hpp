// approvals.hpp - who has agreed to which value, where.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/core/services.hpp"
#include "engine/jobs/under_way.hpp"
#include <oche/base/digest.hpp>

#include <functional>
#include <set>
#include <string>
#include <utility>

namespace oche::detail {

/// Every approval ever given, in memory: a person gives few. Threads: the engine's.
class Approvals {
 public:
  /// Fails: throws oche::Error if the store cannot be read.
  explicit Approvals(Services& services);

  [[nodiscard]] bool has(const std::string& path, const Digest& value) const {
    return given_.contains({path, value});
  }
  /// Every word that was given has been stored.
  [[nodiscard]] bool is_idle() const { return under_way_ == 0; }
  /// Keeps it, and calls `kept` on the engine's thread once it is stored. `wait` ends when that is
  /// so, or when it has to wait for room on the disk.
  void give(const std::string& path, const Digest& value, const std::string& who, UnderWay wait,
            const std::function<void()>& kept);

 private:
  Services& services_;
  std::set<std::pair<std::string, Digest>> given_;
  unsigned under_way_ = 0;
};

}  // namespace oche::detail
