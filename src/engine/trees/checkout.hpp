// checkout.hpp - from trees to folders on the disk.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/trees/objects.hpp"

#include <string>

namespace oche::detail {

/// Writes everything of the tree into the folder, which is made if absent.
void check_out(Objects& objects, const ObjectId& tree, const std::string& folder);

}  // namespace oche::detail
