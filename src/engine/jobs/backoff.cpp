// backoff.cpp - how long to wait before a failed attempt is repeated.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/jobs/backoff.hpp"

#include <algorithm>

namespace oche::detail {
namespace {

/// Spreads the bits of a number over all others (the finaliser of splitmix64).
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
std::uint64_t mixed(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

}  // namespace

Duration backoff(const Retry& retry, int tries, const Digest& key, std::uint64_t seed) {
  const Duration first = std::max(retry.backoff, Duration{});
  const Duration limit = std::max(first, longest_backoff);
  Duration wait = first;
  for (int i = 1; i < tries && wait < limit; ++i)
    wait = std::min(2 * wait, limit);
  const std::uint64_t number =
      mixed(seed ^ mixed(std::hash<Digest>()(key) ^ mixed(static_cast<std::uint64_t>(tries))));
  constexpr std::int64_t parts = 1024;
  const auto part = static_cast<std::int64_t>(number % parts);
  return wait + Duration(wait.count() / 2 / parts * part);
}

}  // namespace oche::detail
