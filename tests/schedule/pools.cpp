// pools.cpp - names of pools, and what steps take of them.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/schedule/pools.hpp>

#include <catch2/catch.hpp>

using namespace oche;
using namespace oche::scheduling;

TEST_CASE("pools: a step names none, one or several, in any order", "[schedule][pools]") {
  using Names = std::vector<std::string_view>;
  CHECK(pool_names("") == Names{""});
  CHECK(pool_names("lab") == Names{"lab"});
  CHECK(pool_names("licence, lab,licence") == Names{"lab", "licence"});
}

TEST_CASE("pools: a claim is of processors and memory, of each pool that there is",
          "[schedule][pools]") {
  Pools pools({{"", {.cpus = 0.5}}, {"lab", {.cpus = 8, .memory = 1000}}});
  CHECK(std::vector(pools.sizes().begin(), pools.sizes().end()) ==
        std::vector<std::uint64_t>{500, 0, 8000, 1000});
  CHECK(pools.claim("", {.cpus = 2}) == Claim{{0, 2000}});
  CHECK(pools.claim("lab", {.cpus = 0.0001, .memory = 7}) == Claim{{2, 1}, {3, 7}});
  CHECK(pools.claim("lab", {.cpus = 0}) == Claim{});
  CHECK(pools.claim("nowhere", {.cpus = 2}) == Claim{});
  pools.resize("nowhere", {.cpus = 1});
  CHECK(pools.claim("nowhere, lab", {.cpus = 2}) == Claim{{2, 2000}, {4, 2000}});
  pools.resize("lab", {.cpus = 0});  // one at a time
  CHECK(pools.sizes()[2] == 1);
  CHECK(pools.sizes()[3] == 0);
  CHECK(Pools().claim("", {}) == Claim{});
}

TEST_CASE("pools: equal claims are kept once", "[schedule][pools]") {
  Claims claims;
  CHECK(claims.add({}) == 0);
  const ClaimId one = claims.add({{0, 1}});
  CHECK(claims.add({{0, 2}}) != one);
  CHECK(claims.add({{0, 1}}) == one);
  CHECK(claims[one] == Claim{{0, 1}});
  CHECK(claims.size() == 3);
}
