// zone.hpp - what clocks show in a time zone.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "plugins/time/zone_rule.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace oche::detail {

/// Read once; immutable. Threads: any.
class Zone {
 public:
  /// `UTC`, `+02:00`, or a name of the system's time zones, whose file is read.
  /// Fails: throws oche::Error that names the nearest ones.
  explicit Zone(std::string_view name);

  /// By how much its clocks are ahead of UTC.
  [[nodiscard]] std::chrono::seconds ahead(std::chrono::sys_seconds at) const;
  /// The first moment at which its clocks show this time or a later one.
  [[nodiscard]] std::chrono::sys_seconds first(std::chrono::local_seconds shown) const;

 private:
  void read(const std::string& bytes);

  struct Change {
    std::chrono::sys_seconds at;
    std::chrono::seconds ahead;
  };
  std::chrono::seconds before_{0};  ///< the first change
  std::vector<Change> changes_;     ///< in order
  ZoneRule rule_;                   ///< after the last one
  bool has_rule_ = false;
};

}  // namespace oche::detail
