// interleavings.cpp - the same test under many orders of what has none.
// Layer: testing.
// SPDX-License-Identifier: Apache-2.0
#include <oche/testing/interleavings.hpp>

#include <oche/base/error.hpp>

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <optional>

namespace oche::testing {

namespace {

std::optional<std::uint64_t> from_environment(const char* name) {
  const char* const text = std::getenv(name);
  if (text == nullptr || *text == '\0') return std::nullopt;
  return std::strtoull(text, nullptr, 10);
}

void check(std::uint64_t seed, const std::function<bool(std::uint64_t)>& body) {
  const std::string again = fmt::format("OCHE_SEED={}", seed);
  bool is_good = false;
  try {
    is_good = body(seed);
  } catch (...) {  // whatever a framework throws where a check has failed
    fmt::print(stderr, "failed in this order: {}\n", again);
    throw;
  }
  if (is_good) return;
  fmt::print(stderr, "failed in this order: {}\n", again);
  throw Error(Failure{.what = "something does not hold in every order",
                      .facts = {{"seed", std::to_string(seed)}},
                      .hint = "set " + again + " to see this one again"});
}

}  // namespace

void for_each_order(std::uint64_t count, const std::function<bool(std::uint64_t seed)>& body) {
  if (const auto one = from_environment("OCHE_SEED")) return check(*one, body);
  count = from_environment("OCHE_CASES").value_or(count);
  for (std::uint64_t seed = 1; seed <= count; ++seed)
    check(seed, body);
}

}  // namespace oche::testing
