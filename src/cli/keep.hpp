// keep.hpp - the words of `gc --keep`.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/engine/retention.hpp>

#include <string>
#include <vector>

namespace oche::cli {

/// `30d` is an age (s, m, h, d, w), `20` a number of attempts a step, `5GB` a size (kB to TB, KiB
/// to TiB). Without any word: 30 days.
/// Fails: throws WrongUsage, for what is none of them or given twice.
[[nodiscard]] Retention retention_of(const std::vector<std::string>& words);

/// "5.2 GB".
[[nodiscard]] std::string text_of_size(std::uint64_t bytes);

}  // namespace oche::cli
