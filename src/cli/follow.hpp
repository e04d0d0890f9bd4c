// follow.hpp - shows a log, also one that is being written.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/outcome.hpp>

#include <functional>
#include <string>

namespace oche::cli {

/// Prints a log: as it is where the output is a file or a pipe, made harmless on a terminal. Goes
/// on
/// for as long as `goes_on` says that more may come. Fails: the log cannot be read.
[[nodiscard]] Result<> show_log(const std::string& log, const std::function<bool()>& goes_on);

}  // namespace oche::cli
