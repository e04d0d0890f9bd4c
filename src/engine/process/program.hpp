// program.hpp - which program a command means, and what identifies it.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/process/request.hpp"

#include <compare>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace oche::detail {

/// A program that was looked for, or why there is none.
struct FoundProgram {
  std::string path;  ///< absolute, unless the name has a slash: then as it is
  StartFailure failure;

  [[nodiscard]] bool is_found() const { return failure.what.empty(); }
};

/// Looks a program up as a shell would. A relative name with a slash means the command's own tree
/// and is not looked at here.
[[nodiscard]] FoundProgram find_program(const std::string& name, std::string_view path);

/// Digests of programs, for keys: a changed tool is a changed input.
///
/// Cost:    reads a program once for each (device, inode, size, time of change).
/// Threads: any.
class Programs {
 public:
  /// SHA-256, in hex, of the program's bytes and, of a script, those of its interpreters; empty for
  /// a path into the command's own tree, whose bytes are in the key already, and for an unreadable
  /// file.
  [[nodiscard]] std::string digest(const std::string& path);

 private:
  struct Version {
    std::uint64_t device, inode, size;
    std::int64_t modified, changed;
    auto operator<=>(const Version&) const = default;
  };
  [[nodiscard]] std::string digest(const std::string& path, int depth);

  std::mutex mutex_;
  std::map<Version, std::string> known_;
};

}  // namespace oche::detail
