// collect.hpp - removes from a state folder what nobody needs any more.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/outcome.hpp>
#include <oche/base/time.hpp>
#include <oche/engine/retention.hpp>

#include <chrono>
#include <string>

namespace oche::detail {

struct CollectOptions {
  Retention retention;
  Time now;
  bool is_dry = false;
  std::chrono::seconds spared = std::chrono::minutes(10);
};

/// Rows first, in one transaction; then logs and objects that no row names: so a crash in the
/// middle leaves files that the next time removes, and never a row that names nothing.
/// Fails: nothing is stored there; unless `is_dry`, a program is running on the folder.
[[nodiscard]] Result<Collected> collect(const std::string& folder, const CollectOptions& options);

}  // namespace oche::detail
