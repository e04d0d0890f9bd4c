// cases.hpp - how many random cases a property test tries, and which.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <cstdlib>
#include <optional>

namespace oche::tests {

inline std::optional<std::uint64_t> number_in(const char* variable) {
  const char* const text = std::getenv(variable);
  if (text == nullptr) return std::nullopt;
  return std::strtoull(text, nullptr, 10);
}

/// OCHE_CASES, or as many as usual: OCHE_NIGHT times as many in a nightly run.
inline std::uint32_t cases_of(std::uint32_t usual) {
  return static_cast<std::uint32_t>(
      number_in("OCHE_CASES").value_or(usual * number_in("OCHE_NIGHT").value_or(1)));
}

/// Of the first case: OCHE_SEED, or the usual one. With OCHE_CASES=1 that case alone.
inline std::uint32_t seed_of(std::uint32_t usual) {
  return static_cast<std::uint32_t>(number_in("OCHE_SEED").value_or(usual));
}

}  // namespace oche::tests
