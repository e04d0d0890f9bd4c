// secret.cpp - bytes that have no text.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/base/secret.hpp>

#include <catch2/catch.hpp>

using namespace oche;

TEST_CASE("secret: gives its bytes to a function only", "[base][secret]") {
  std::string bytes = "s3cret";
  const char* place = bytes.data();
  Secret secret = SecretMaker::make(std::move(bytes));
  CHECK(std::string_view(place, 6) == std::string_view("\0\0\0\0\0\0", 6));  // the vault's copy too
  CHECK(secret.with([](std::string_view b) { return std::string(b); }) == "s3cret");
  Secret moved = std::move(secret);
  CHECK(moved.with([](std::string_view b) { return b.size(); }) == 6);
  CHECK(secret.with([](std::string_view b) { return b.size(); }) == 0);
  STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<Secret>);
  STATIC_REQUIRE_FALSE(std::is_convertible_v<Secret, std::string>);
  STATIC_REQUIRE_FALSE(std::is_constructible_v<Secret, std::string>);
}

TEST_CASE("secret: its name may be seen", "[base][secret]") {
  CHECK(oche::secret("ci", "token") == SecretName{"ci", "token"});
}
