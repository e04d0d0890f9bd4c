// make_set.hpp - a vector as a set.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <vector>

namespace oche::detail {

/// Sorts, and leaves one of equal elements.
template <class T>
void make_set(std::vector<T>& all) {
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
}

}  // namespace oche::detail
