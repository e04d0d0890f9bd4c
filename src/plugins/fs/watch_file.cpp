// watch_file.cpp - what a file of the machine says, as an input.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#include <oche/plugins/fs/watch_file.hpp>

#include "plugins/fs/read_disk.hpp"

#include <utility>

namespace oche {

Term<std::string> watch_file(const std::string& path, Where where) {
  return watch<std::string>(
      path, [path] { return detail::read_whole_file(path); },
      [path](Action changed) { return detail::watch_path(path, std::move(changed)); }, where);
}

}  // namespace oche
