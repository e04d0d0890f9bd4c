// backoff.cpp - how long a failed attempt waits, by its number, its key and the seed.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/jobs/backoff.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace oche;
using detail::backoff;

TEST_CASE("backoff: doubles up to an hour, and up to a half more by chance", "[engine][backoff]") {
  const Retry retry{.attempts = 100, .backoff = 10s};
  std::set<Duration> seen;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const Digest key = sha256(std::to_string(seed));
    Duration nominal = 10s;
    for (int tries = 1; tries <= 70; ++tries) {
      const Duration wait = backoff(retry, tries, key, seed);
      REQUIRE(wait >= nominal);
      REQUIRE(wait < nominal + nominal / 2);
      REQUIRE(wait == backoff(retry, tries, key, seed));
      seen.insert(wait);
      nominal = std::min<Duration>(2 * nominal, 1h);
    }
  }
  CHECK(seen.size() > 1000);
}

TEST_CASE("backoff: keys, attempts and seeds wait differently", "[engine][backoff]") {
  const Retry retry{.backoff = 1h};  // no further doubling
  const Digest a = sha256("a");
  const Duration wait = backoff(retry, 2, a, 1);
  CHECK(backoff(retry, 2, sha256("b"), 1) != wait);
  CHECK(backoff(retry, 3, a, 1) != wait);
  CHECK(backoff(retry, 2, a, 2) != wait);
}

TEST_CASE("backoff: none, a negative one, and one beyond an hour", "[engine][backoff]") {
  const Digest key = sha256("key");
  CHECK(backoff({.backoff = 0s}, 5, key, 1) == 0s);
  CHECK(backoff({.backoff = -5s}, 5, key, 1) == 0s);
  const Duration day = backoff({.backoff = 24h}, 9, key, 1);
  CHECK(day >= 24h);
  CHECK(day < 36h);
}
