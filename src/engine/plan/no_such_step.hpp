// no_such_step.hpp - the answer to a question about a step that is not there.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/text.hpp"
#include <oche/base/failure.hpp>

#include <fmt/format.h>

#include <span>
#include <string>
#include <string_view>

namespace oche::detail {

/// Names the nearest of those that are.
[[nodiscard]] inline Failure no_such_step(std::string_view path,
                                          std::span<const std::string> known) {
  Failure failure{.what = fmt::format("there is no step \"{}\" in the pipeline", path),
                  .hint = did_you_mean(path, known)};
  if (failure.hint.empty()) failure.hint = "`plan` lists every step";
  return failure;
}

}  // namespace oche::detail
