// file.hpp - fetch a report from the folder that a command worked in.
// Layer: reports.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <oche/base/outcome.hpp>

#include <string>

namespace oche {

/// The bytes of the plain file at `path` (relative, with `/`) inside `folder`.
///
/// The folder's content is what a command left there, and not to be trusted: links are not
/// followed, so that nothing outside is read, and pipes and devices are not opened, so that nothing
/// hangs.
///
/// Fails: no such file, not a plain file, a link on the way, or larger than 1 GiB.
[[nodiscard]] Result<std::string> read_report(const std::string& folder, const std::string& path);

}  // namespace oche
