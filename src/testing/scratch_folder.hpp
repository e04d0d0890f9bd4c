// scratch_folder.hpp - a folder of one's own, removed at the end.
// Layer: testing.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

namespace oche::testing {

class ScratchFolder {
 public:
  /// Fails: throws oche::Error if none can be made.
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace oche::testing
