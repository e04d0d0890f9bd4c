// pattern.cpp - what each pattern matches, as a table.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "base/pattern.hpp"

#include <catch2/catch.hpp>

using namespace oche::detail;

TEST_CASE("pattern: names", "[base][pattern]") {
  struct Row {
    const char* pattern;
    const char* name;
    bool matches;
  };
  const Row rows[] = {
      {"a.c", "a.c", true},     {"a.c", "abc", false},     {"*", "", true},
      {"*", ".hidden", true},   {"*.c", "x.c", true},      {"*.c", ".c", true},
      {"*.c", "x.cc", false},   {"a*b*c", "a1b2bc", true}, {"a*b*c", "a1b2bd", false},
      {"**a", "bca", true},     {"?", "x", true},          {"?", "", false},
      {"[abc]", "b", true},     {"[abc]", "d", false},     {"[a-c]x", "bx", true},
      {"[!a-c]x", "bx", false}, {"[!a-c]x", "dx", true},   {"[]]", "]", true},
      {"[a-]", "-", true},      {"[a", "[a", true},        {"[a", "a", false},
      {"\\*", "*", true},       {"\\*", "x", false},       {"[\\]]", "]", true},
      {"a b,c", "a b,c", true}, {"*\n*", "x\ny", true},    {"\xc3\xa4*", "\xc3\xa4x", true},
  };
  for (const Row& row : rows) {
    INFO(row.pattern << " against " << row.name);
    CHECK(name_matches(row.pattern, row.name) == row.matches);
  }
}

TEST_CASE("pattern: paths", "[base][pattern]") {
  struct Row {
    const char* pattern;
    const char* path;
    bool matches;
  };
  const Row rows[] = {
      {"a/b", "a/b", true},
      {"a/b", "a", false},
      {"a", "a/b/c", true},
      {"a/*", "a/b/c", true},
      {"*/c", "a/b/c", false},
      {"**/c", "a/b/c", true},
      {"**/c", "c", true},
      {"a/**/c", "a/c", true},
      {"a/**/c", "a/x/y/c", true},
      {"a/**/c", "b/x/c", false},
      {"a/**", "a/b", true},
      {"**", "x/y", true},
      {"**/a/**/b", "a/a/x/b", true},
      {"./a//b/", "a/b", true},
      {"*.txt", "d/a.txt", false},
      {"**/**/a", "x/a", true},
      {"refs/heads/rel*", "refs/heads/release/1", true},
      {"refs/heads/rel*/*", "refs/heads/release/1", true},
  };
  for (const Row& row : rows) {
    INFO(row.pattern << " against " << row.path);
    CHECK(Pattern(row.pattern).matches(row.path) == row.matches);
  }
  CHECK(Pattern("a/b/*.c").may_match_below("a"));
  CHECK(Pattern("a/b/*.c").may_match_below("a/b"));
  CHECK_FALSE(Pattern("a/b/*.c").may_match_below("a/c"));
}

TEST_CASE("pattern: many stars do not take for ever", "[base][pattern]") {
  const std::string name(5000, 'a');
  CHECK_FALSE(name_matches("*a*a*a*a*a*a*a*a*a*a*b", name));
  std::string pattern;
  std::string path;
  for (int i = 0; i < 200; ++i) {
    pattern += "**/a/";
    path += "a/";
  }
  CHECK_FALSE(Pattern(pattern + "b").matches(path + "a"));
}
