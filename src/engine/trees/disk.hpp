// disk.hpp - files that are complete and synced before anyone can see them.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/process/descriptor.hpp"

#include <string>
#include <string_view>

namespace oche::detail {

// All of these throw an Error that names the path and the system's reason.

/// `what` failed for `path`, by errno. The hint fits the reason.
[[noreturn]] void throw_disk_error(std::string what, const std::string& path, int error);

[[nodiscard]] Descriptor open_folder(const std::string& path);
void write_all(int file, std::string_view bytes, const std::string& path);
void sync_file(int file, const std::string& path);
void sync_folder(const std::string& path);
/// Makes the last folder of the path, and its entry durable; false if it was there.
bool make_folder(const std::string& path);

/// A new file in `folder`, removed again unless it was moved to its place.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& folder);
  TemporaryFile(TemporaryFile&& other) noexcept;
  TemporaryFile& operator=(TemporaryFile&&) = delete;
  ~TemporaryFile();

  [[nodiscard]] int fd() const { return file_.get(); }
  [[nodiscard]] const std::string& path() const { return path_; }
  void write(std::string_view bytes) { write_all(fd(), bytes, path_); }
  /// Asks the disk to begin, so that many files' syncs overlap.
  void start_sync();
  void sync() { sync_file(fd(), path_); }
  /// Requires: synced. The entry itself is durable after `sync_folder` of the place's folder.
  void move_to(const std::string& place);

 private:
  std::string path_;
  Descriptor file_;
};

/// Waits for, and holds, the exclusive lock on a file, made if absent.
[[nodiscard]] Descriptor lock_file(const std::string& path);

}  // namespace oche::detail
