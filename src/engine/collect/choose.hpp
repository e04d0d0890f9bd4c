// choose.hpp - what of a state folder is kept.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/collect/reach.hpp"
#include "engine/collect/stock.hpp"
#include <oche/engine/retention.hpp>

#include <cstdint>
#include <functional>
#include <string>

namespace oche::detail {

/// Sets `is_kept` in the stock and marks the objects that are kept. Gives their bytes.
std::uint64_t choose(Stock& stock, const Retention& retention, Time now, Reach& reach,
                     const std::function<std::uint64_t(const std::string& log)>& size_of_log);

}  // namespace oche::detail
