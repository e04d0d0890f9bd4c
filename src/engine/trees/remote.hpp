// remote.hpp - what a repository on another machine says of itself.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/trees/git_program.hpp"

#include <string>
#include <vector>

namespace oche::detail {

/// All refs, `HEAD` too, with the commits that tags stand for.
[[nodiscard]] std::vector<RefValue> remote_refs(const std::string& repository,
                                                const RemoteOptions& options);

/// Which of `refs` is meant: in full, or in the order HEAD, tag, branch. Null if none.
[[nodiscard]] const RefValue* pick_ref(const std::vector<RefValue>& refs, const std::string& ref);

/// The Error for git's complaint about a repository, without a password that its URL may hold.
[[noreturn]] void throw_remote_error(const std::string& repository, const GitAnswer& answer);
/// A URL as it may be shown.
[[nodiscard]] std::string without_password(std::string url);

}  // namespace oche::detail
