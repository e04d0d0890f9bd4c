// folder.hpp - the files of a folder as they were at one moment.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/record.hpp>

#include <string>
#include <vector>

namespace oche {

struct WatchedFile {
  std::string path;    ///< from the folder on, with slashes
  std::string digest;  ///< SHA-256 of its bytes, in hexadecimal digits
  bool executable = false;
  friend bool operator==(const WatchedFile&, const WatchedFile&) = default;
};

struct WatchedFolder {
  std::string path;  ///< as it was given
  std::vector<WatchedFile> files;
  friend bool operator==(const WatchedFolder&, const WatchedFolder&) = default;
};

template <>
inline constexpr bool has_table<WatchedFile> = true;
template <>
struct TypeOf<WatchedFile> {
  static const Type value;
};
template <>
inline constexpr bool has_table<WatchedFolder> = true;
template <>
struct TypeOf<WatchedFolder> {
  static const Type value;
};

/// What the item of a list of files is called.
[[nodiscard]] std::string item_name(const WatchedFile& file);

}  // namespace oche
