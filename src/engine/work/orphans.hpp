// orphans.hpp - ends what a killed program left running in its working folders.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <filesystem>

namespace oche::detail {

/// Kills every process without a terminal whose working folder lies in `root`, and waits until it
/// is gone. Gives how many there were.
///
/// A command's first process dies with the program, and a sandbox with all that is in it, unless it
/// was just being made; without one, what that process has started lives on. Only for whoever holds
/// the state folder.
std::size_t end_orphans(const std::filesystem::path& root);

}  // namespace oche::detail
