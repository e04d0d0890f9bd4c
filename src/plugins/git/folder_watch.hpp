// folder_watch.hpp - tells when something below a folder changes.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace oche::detail {

/// Calls `changed`, on a thread of its own, some milliseconds after anything below one of `folders`
/// was made, written, renamed or removed, until it is destroyed. Folders that come later are
/// watched
/// too. Where the kernel gives no more watches, or has dropped events, it calls once a second.
///
/// Threads: one each. Its destruction waits for a call that is under way.
class FolderWatch {
 public:
  /// `skip` says of a folder's name that nothing in it matters.
  FolderWatch(std::vector<std::string> folders, std::function<bool(std::string_view name)> skip,
              std::function<void()> changed);
  ~FolderWatch();
  FolderWatch(const FolderWatch&) = delete;
  FolderWatch& operator=(const FolderWatch&) = delete;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace oche::detail
