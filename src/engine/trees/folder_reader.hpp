// folder_reader.hpp - what is in a folder of the disk, as git would see it.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/process/descriptor.hpp"
#include "engine/trees/tree_entries.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace oche::detail {

struct FolderEntry {
  std::string name;
  EntryKind kind = EntryKind::file;
  std::uint64_t size = 0;
};

/// An open folder; links on the way into a part of it are never followed.
class FolderReader {
 public:
  /// Throws an Error if it cannot be read.
  explicit FolderReader(const std::string& path);

  [[nodiscard]] const std::string& path() const { return path_; }
  /// Files, links and folders, sorted by name; `.git`, sockets, pipes and devices are left out, and
  /// so is what vanishes meanwhile.
  [[nodiscard]] std::vector<FolderEntry> entries() const;
  [[nodiscard]] FolderReader folder(const std::string& name) const;
  /// Opens a file; its size now and whether it may be executed are put into `entry`.
  [[nodiscard]] Descriptor file(FolderEntry& entry) const;
  [[nodiscard]] std::string link(const std::string& name) const;

 private:
  FolderReader(Descriptor folder, std::string path);
  [[nodiscard]] std::string path_of(const std::string& name) const { return path_ + "/" + name; }

  Descriptor folder_;
  std::string path_;
};

}  // namespace oche::detail
