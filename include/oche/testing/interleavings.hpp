// interleavings.hpp - the same test under many orders of what has none, repeatable by a seed.
// Layer: testing.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <type_traits>

namespace oche::testing {

/// Calls `body` with `count` different seeds, for `TestOptions::seed`. It fails by throwing, or by
/// giving false where it gives a bool.
///
/// OCHE_CASES in the environment says another count; OCHE_SEED has one seed tried, and no other.
/// Fails: prints the seed on the standard error output; what `body` threw is thrown on, for false
/// an Error that names the seed.
///
///     for_each_order(200, [](std::uint64_t seed) {
///       TestEngine engine{{.seed = seed}};
///       …
///       return engine.state("publish") == State::ok;
///     });
void for_each_order(std::uint64_t count, const std::function<bool(std::uint64_t seed)>& body);
template <class F>
  requires(std::is_void_v<std::invoke_result_t<F&, std::uint64_t>>)
void for_each_order(std::uint64_t count, F body) {
  for_each_order(count, std::function<bool(std::uint64_t)>([&](std::uint64_t seed) {
                   body(seed);
                   return true;
                 }));
}

}  // namespace oche::testing
