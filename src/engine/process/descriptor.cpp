// descriptor.cpp - pipes that no other program inherits.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/process/descriptor.hpp"

#include <fcntl.h>

namespace oche::detail {

Pipe make_pipe() {
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC) != 0) return {};
  return {Descriptor{ends[0]}, Descriptor{ends[1]}};
}

}  // namespace oche::detail
