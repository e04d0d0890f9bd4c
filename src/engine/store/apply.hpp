// apply.hpp - a change as SQL.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/store/changes.hpp"
#include "engine/store/connection.hpp"

namespace oche::detail {

/// Writes the change, inside the transaction that is open. Throws SQLite's exception.
void apply(Connection& connection, const Change& change);

}  // namespace oche::detail
