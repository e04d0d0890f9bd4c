// git_program.hpp - asks the `git` program, for repositories on other machines.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/trees/repository.hpp"

#include <string>
#include <vector>

namespace oche::detail {

struct GitAnswer {
  int exit_status = 0;
  std::string output;
  std::string errors;  ///< without trailing newlines
};

/// Runs `git` with these arguments and waits. It never asks anybody for a password; it has the
/// environment of this process, so that ssh agents and credential helpers work, and no input.
/// Throws an Error if it cannot be run or was cancelled.
[[nodiscard]] GitAnswer run_git(const std::vector<std::string>& arguments,
                                const RemoteOptions& options);

}  // namespace oche::detail
