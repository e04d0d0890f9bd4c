// folder_watch.hpp - tells when something below a folder changes, or a file does.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace oche::detail {

/// Calls `changed`, on a thread of its own, some milliseconds after anything below one of `roots`
/// was made, written, renamed or removed, until it is destroyed. A root may be a file, and need not
/// be there yet; one that is removed, or renamed with any folder above it, and comes back is the
/// same again. Folders that come later are watched too. Changes count from the construction on; if
/// anything is younger than two seconds then, `changed` may be called for that.
///
/// Where the kernel has dropped events, everything is watched anew and `changed` is called: whoever
/// is called reads all of it. Where the kernel gives no more watches, it calls once a second. While
/// something changes all the time, it calls once a second, too.
///
/// Threads: one each. Its destruction waits for a call that is under way.
class FolderWatch {
 public:
  /// `skip` says of a folder's name that nothing in it matters.
  FolderWatch(const std::vector<std::string>& roots,
              std::function<bool(std::string_view name)> skip, std::function<void()> changed);
  ~FolderWatch();
  FolderWatch(const FolderWatch&) = delete;
  FolderWatch& operator=(const FolderWatch&) = delete;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace oche::detail
