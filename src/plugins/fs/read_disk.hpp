// read_disk.hpp - what files and folders say now.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/outcome.hpp>
#include <oche/plugins/fs/folder.hpp>
#include <oche/term/detail/inputs.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace oche::detail {

/// Fails: *errored*, if it is not there, is no file, or is too large.
[[nodiscard]] Result<std::string> read_whole_file(const std::string& path);
[[nodiscard]] Result<WatchedFolder> list_folder(const std::string& path);

/// Calls `changed` whenever reading `path` again is worth it, until the result is called.
[[nodiscard]] Action watch_path(const std::string& path, Action changed);

}  // namespace oche::detail
