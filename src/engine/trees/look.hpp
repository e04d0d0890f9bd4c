// look.hpp - finding things inside a tree.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/trees/objects.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace oche::detail {

/// What is at `path`. Throws an Error that names the nearest if there is nothing.
[[nodiscard]] TreeEntry find_entry(Objects& objects, const ObjectId& tree, std::string_view path);

/// Shows each entry with its path, folders before what is in them. A folder is entered if `visit`
/// gives true for it.
using Visit = std::function<bool(const std::string& path, const TreeEntry& entry)>;
void visit_entries(Objects& objects, const ObjectId& tree, const std::string& prefix,
                   const Visit& visit, int depth = 0);

}  // namespace oche::detail
