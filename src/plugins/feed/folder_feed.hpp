// folder_feed.hpp - a folder with numbered versions and a pointer to the latest.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/tree.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace oche::detail {

/// `FOLDER/1/…`, `FOLDER/2/…` hold the files of versions, `FOLDER/1.tree` says which tree a version
/// is, `FOLDER/latest` is a link to one of them. Whatever is there is complete: it was written
/// aside,
/// synced and renamed. Functions throw std::filesystem::filesystem_error.
class FolderFeed {
 public:
  /// Makes the folder if absent, and removes what a crash left half-written.
  explicit FolderFeed(std::filesystem::path folder);

  /// The version of a tree, if it was published before.
  [[nodiscard]] std::optional<std::uint32_t> find(const Tree& tree) const;
  /// Publishes what `fill` writes into the folder that it is given, as the next version.
  std::uint32_t add(const Tree& tree, const std::function<void(const std::string& folder)>& fill);
  void set_latest(std::uint32_t version);

 private:
  [[nodiscard]] std::uint32_t newest() const;
  std::filesystem::path folder_;
};

}  // namespace oche::detail
