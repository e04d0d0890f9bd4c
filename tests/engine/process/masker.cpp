// masker.cpp - no piece of a secret gets through, however it is cut.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/process/masker.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace oche::detail;

namespace {

std::string masked(const std::vector<std::string>& secrets,
                   const std::vector<std::string>& pieces) {
  Masker masker{secrets};
  std::string out;
  for (const auto& piece : pieces)
    masker.feed(piece, out);
  masker.flush(out);
  return out;
}

}  // namespace

TEST_CASE("masker: leaves other bytes alone", "[engine][process][log]") {
  CHECK(masked({}, {"abc"}) == "abc");
  CHECK(masked({""}, {"abc"}) == "abc");
  CHECK(masked({"secret"}, {"sec", "ond secre", "tary sec"}) == "second ***ary sec");
}

TEST_CASE("masker: finds a secret wherever it is cut", "[engine][process][log]") {
  const std::string text = "token=s3cr3t-s3cr3t!s3cr3s3cr3t;";
  for (std::size_t i = 0; i <= text.size(); ++i) {
    for (std::size_t j = i; j <= text.size(); ++j) {
      CHECK(masked({"s3cr3t"}, {text.substr(0, i), text.substr(i, j - i), text.substr(j)}) ==
            "token=***-***!s3cr3***;");
    }
  }
}

TEST_CASE("masker: a short secret does not let out the rest of a longer one",
          "[engine][process][log]") {
  CHECK(masked({"cd", "abcdef"}, {"abcd", "ef"}) == "***");
  CHECK(masked({"cd", "abcdef"}, {"abcd", "eg"}) == "ab***eg");
  CHECK(masked({"cd", "abcdef"}, {"abcd"}) == "ab***");
}

TEST_CASE("masker: lines of a secret with several lines", "[engine][process][log]") {
  const std::string key = "-----BEGIN KEY-----\r\nc2VjcmV0IGJ5dGVz\nshort\n";
  CHECK(masked({key}, {"> c2VjcmV0IGJ5dGVz\n> short\n"}) == "> ***\n> short\n");
  CHECK(masked({key}, {key}) == "***");
}

TEST_CASE("masker: any secrets, any pieces: the same as at once", "[engine][process][log]") {
  std::mt19937 random{7};
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
  for (int round = 0; round < 3000; ++round) {
    std::vector<std::string> secrets;
    for (std::size_t i = 0, n = 1 + below(3); i < n; ++i) {
      std::string secret;
      for (std::size_t k = 0, m = 1 + below(5); k < m; ++k)
        secret += static_cast<char>('a' + below(2));
      secrets.push_back(secret);
    }
    std::string text;
    std::vector<std::string> pieces(1 + below(5));
    for (auto& piece : pieces) {
      for (std::size_t k = 0, m = below(9); k < m; ++k)
        piece += static_cast<char>('a' + below(3));
      text += piece;
    }
    const auto out = masked(secrets, pieces);
    CAPTURE(secrets, pieces);
    for (const auto& secret : secrets)
      REQUIRE(out.find(secret) == std::string::npos);
    REQUIRE((out.find("***") != std::string::npos) == (out != text));
  }
}
