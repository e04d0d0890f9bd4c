// schema.hpp - the version of the database's format, and how older ones become it.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/store/connection.hpp"

#include <span>
#include <string_view>

namespace oche::detail {

/// The steps from an empty database to the format of today: entry i leads from version i to i + 1.
/// Only ever appended to. docs/store-format.md describes the result.
[[nodiscard]] std::span<const char* const> migrations();

/// Brings the database up to date, each step in a transaction of its own.
/// Throws an Error if it is of a newer oche, or no oche's.
void migrate(Connection& connection, std::span<const char* const> steps);

/// Throws an Error unless the database is of this very version: readers change nothing.
void check_version(Connection& connection);

}  // namespace oche::detail
