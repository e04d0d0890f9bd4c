// wildcard.cpp - tests of patterns over paths, against a definition by recursion.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/wildcard.hpp"

#include "graph/support.hpp"

#include <catch2/catch.hpp>

using oche::detail::path_matches;
using oche::detail::text_matches;

namespace {

bool naive_text(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern[0] == '*')
    return naive_text(pattern.substr(1), text) ||
           (!text.empty() && naive_text(pattern, text.substr(1)));
  return !text.empty() && (pattern[0] == '?' || pattern[0] == text[0]) &&
         naive_text(pattern.substr(1), text.substr(1));
}

using Levels = std::vector<std::string>;

Levels levels_of(const std::string& path) {
  Levels levels(1);
  for (const char c : path)
    if (c == '/')
      levels.emplace_back();
    else
      levels.back() += c;
  return levels;
}

bool naive_path(const Levels& pattern, std::size_t i, const Levels& path, std::size_t j) {
  if (i == pattern.size()) return j == path.size();
  if (pattern[i] == "**")
    return naive_path(pattern, i + 1, path, j) ||
           (j < path.size() && naive_path(pattern, i, path, j + 1));
  return j < path.size() && naive_text(pattern[i], path[j]) &&
         naive_path(pattern, i + 1, path, j + 1);
}

std::string random_text(oche::tests::Chance& chance, std::string_view alphabet) {
  std::string text;
  for (std::size_t n = chance.below(9); n > 0; --n)
    text += alphabet[chance.below(alphabet.size())];
  return text;
}

}  // namespace

TEST_CASE("wildcard: levels, and any number of them", "[analysis][wildcard]") {
  CHECK(path_matches("tests/*", "tests/unit"));
  CHECK_FALSE(path_matches("tests/*", "tests/unit/slow"));
  CHECK_FALSE(path_matches("tests/*", "tests"));
  CHECK(path_matches("**/slow", "slow"));
  CHECK(path_matches("**/slow", "a/b/slow"));
  CHECK(path_matches("a/**", "a"));
  CHECK(path_matches("platforms/*/test", "platforms/*/test"));
  CHECK(text_matches("*", "a/b"));
}

TEST_CASE("wildcard: 100,000 random pairs, against the definition", "[analysis][wildcard]") {
  oche::tests::Chance chance(1);
  std::size_t matched = 0;
  for (int i = 0; i < 100'000; ++i) {
    const std::string pattern = random_text(chance, "ab*?/**");
    const std::string text = random_text(chance, "ab/");
    INFO(pattern << " on " << text);
    REQUIRE(text_matches(pattern, text) == naive_text(pattern, text));
    const bool expected = naive_path(levels_of(pattern), 0, levels_of(text), 0);
    REQUIRE(path_matches(pattern, text) == expected);
    if (expected) ++matched;
  }
  CHECK(matched > 1000);
}
