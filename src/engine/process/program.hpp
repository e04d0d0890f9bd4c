// program.hpp - which program a command means, and what identifies it.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/digest.hpp>
#include <oche/base/failure.hpp>

#include <compare>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace oche::detail {

/// A program that was looked for, or why there is none.
struct FoundProgram {
  std::string path = {};  ///< absolute, unless the name has a slash: then as it is
  std::optional<Failure> failure = std::nullopt;
};

/// Looks a program up as a shell would, in the absolute folders of `path`. A relative name with a
/// slash means the command's own tree and is not looked at here.
[[nodiscard]] FoundProgram find_program(const std::string& name, std::string_view path);

/// Digests of programs, for keys: a changed tool is a changed input.
///
/// Cost:    reads a program once for each (device, inode, size, times of change).
/// Threads: any.
class Programs {
 public:
  /// SHA-256 of the program's bytes and, of a script, those of its interpreters. None for a path
  /// into the command's own tree, whose bytes are in the key already, and for what cannot be read.
  [[nodiscard]] Digest digest(const std::string& path);

 private:
  struct Version {
    std::uint64_t device, inode, size;
    std::int64_t modified, changed;
    auto operator<=>(const Version&) const = default;
  };
  struct Known {
    Digest bytes;
    std::string interpreter;  // what a script's first line names
  };
  [[nodiscard]] std::optional<Known> look_at(const std::string& path);

  std::mutex mutex_;
  std::map<Version, Known> known_;
};

}  // namespace oche::detail
