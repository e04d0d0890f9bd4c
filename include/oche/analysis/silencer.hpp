// silencer.hpp - a remark of the linter that is known and accepted, and why.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

namespace oche {

/// Keeps one kind of remark about some nodes from being a finding; it is shown with the reason.
///
///     {"same-work", "*/fetch", "both sections are meant to start from the same commit"}
struct Silencer {
  std::string id;      ///< of the remark, as docs/lint.md lists them
  std::string paths;   ///< a path, or a pattern of paths
  std::string reason;  ///< not empty
};

}  // namespace oche
