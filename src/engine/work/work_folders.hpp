// work_folders.hpp - the folders in which attempts work.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <mutex>
#include <vector>

namespace oche::detail {

/// Hands out empty folders and takes them back. One that is used again costs a tenth of a new one:
/// ext4 looks at every inode that was freed within the last minute before it gives one out.
///
/// Threads: any.
class WorkFolders {
 public:
  explicit WorkFolders(std::filesystem::path root) : root_(std::move(root)) {}

  /// Removes what a crash left. Called before the first `take`.
  void clear();
  /// An empty folder that nobody else has.
  [[nodiscard]] std::filesystem::path take();
  /// Empties a folder, for others to use if `is_alone`: nobody who knows it may still run.
  void give_back(const std::filesystem::path& folder, bool is_alone);

 private:
  const std::filesystem::path root_;
  std::mutex mutex_;  // guards what follows
  std::vector<std::filesystem::path> free_;
  unsigned made_ = 0;
};

}  // namespace oche::detail
