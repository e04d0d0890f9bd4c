// digest.cpp - SHA-256 and its text.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/base/digest.hpp>

#include <catch2/catch.hpp>

using namespace oche;

TEST_CASE("sha256: the standard's examples", "[base][digest]") {
  CHECK(sha256("").hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  Sha256 hasher;
  for (int i = 0; i < 1000; ++i)
    hasher.update(std::string(1000, 'a'));
  CHECK(hasher.finish().hex() ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  CHECK(hasher.update("a").update("bc").finish() == sha256("abc"));  // it has started anew
  Sha256 moved(std::move(hasher));
  CHECK(moved.update("abc").finish() == sha256("abc"));
}

TEST_CASE("digest: as text, and back", "[base][digest]") {
  const Digest digest = sha256("abc");
  CHECK(digest.short_hex() == "ba7816bf8f01");
  CHECK(digest.short_hex(3) == "ba7");
  CHECK(digest.short_hex(1000) == digest.hex());
  CHECK(Digest::from_hex(digest.hex()) == digest);
  CHECK(Digest::from_hex(std::string("BA").append(digest.hex().substr(2))) == digest);
  CHECK_FALSE(Digest::from_hex("").has_value());
  CHECK_FALSE(Digest::from_hex(digest.hex() + "0").has_value());
  CHECK_FALSE(Digest::from_hex(std::string("g").append(digest.hex().substr(1))).has_value());
  CHECK(Digest().is_none());
  CHECK_FALSE(digest.is_none());
  CHECK(std::hash<Digest>()(digest) == std::hash<Digest>()(sha256("abc")));
  CHECK(Digest() < digest);
}
