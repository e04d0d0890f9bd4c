// descendants.cpp - finds the processes below a process.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/process/descendants.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <system_error>

namespace oche::detail {

std::vector<pid_t> descendants_of(pid_t root) {
  std::vector<pid_t> found{root};
  for (std::size_t next = 0; next < found.size(); ++next) {
    std::error_code error;
    const std::filesystem::directory_iterator threads{fmt::format("/proc/{}/task", found[next]),
                                                      error};
    if (error) continue;  // gone meanwhile
    for (auto thread = threads; thread != std::filesystem::directory_iterator{};
         thread.increment(error)) {
      std::ifstream children{thread->path() / "children"};
      for (pid_t child = 0; children >> child;)
        found.push_back(child);
      if (error) break;
    }
  }
  found.erase(found.begin());
  return found;
}

}  // namespace oche::detail
