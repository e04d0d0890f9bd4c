// parts.cpp - tests of the small readers inside: numbers, places in the source, characters.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "reports/encoding.hpp"
#include "reports/errors.hpp"
#include "reports/location.hpp"
#include "reports/number.hpp"

#include <catch2/catch.hpp>

using namespace oche::detail;

TEST_CASE("seconds: as tools of any country write them", "[reports][parts]") {
  const auto micros = [](std::string_view text) { return read_seconds(text).count(); };
  CHECK(micros("0.013") == 13'000);
  CHECK(micros("12") == 12'000'000);
  CHECK(micros("1e-3") == 1'000);
  CHECK(micros("0,013") == 13'000);
  CHECK(micros("3,5") == 3'500'000);
  CHECK(micros("1,234") == 1'234'000'000);
  CHECK(micros("1,234.5") == 1'234'500'000);
  CHECK(micros("1,234,567.8") == 1'234'567'800'000);
  for (const char* none : {"", "-1", "nan", "inf", "x", "1s", "0x10", " 1", "1e999", ","}) {
    INFO(none);
    CHECK(micros(none) == 0);
  }
  CHECK(micros("1e300") == 31'536'000'000'000);
}

TEST_CASE("places: what tools write, and what only looks like it", "[reports][parts]") {
  const auto place = [](std::string_view line) {
    const Location found = place_in(line);
    return found.file + "|" + std::to_string(found.line);
  };
  CHECK(place("tests/test_a.py:12: AssertionError") == "tests/test_a.py|12");
  CHECK(place("tests/test_a.py:12: ") == "tests/test_a.py|12");
  CHECK(place("  at a b/c.cpp:7") == "a b/c.cpp|7");
  CHECK(place("/x/y.cc:3:14: error") == "/x/y.cc|3");
  CHECK(place("C:\\x\\y.cpp:5") == "C:\\x\\y.cpp|5");
  CHECK(place("C:\\x\\y.cpp(5)") == "C:\\x\\y.cpp|5");
  CHECK(place("y.cpp(5): error") == "y.cpp|5");
  for (const char* none :
       {"", "12:30", "at 12:30", "Expected: 3", "http://a.b:80", "a.py:0", "a.py:x", "a.py", ".:1",
        "f(3)", "see a.py for 3:4", "e.g:5 apples", "a.py:3x"}) {
    INFO(none);
    CHECK(place(none) == "|0");
  }
}

TEST_CASE("places: the test's own before a library's", "[reports][parts]") {
  const auto place = [](std::string_view text, std::string_view suite = "") {
    const Location found = first_place(text, suite);
    return found.file + "|" + std::to_string(found.line);
  };
  CHECK(place("x\n/usr/lib/a.py:1: in f\nb.py:2: \nc.py:3: E") == "b.py|2");
  CHECK(place("/usr/lib/a.py:1: in f\n/usr/lib/b.py:2: in g") == "/usr/lib/a.py|1");
  const char* stack = "E\n\tat org.Assert.fail(Assert.java:8)\n\tat k.T.m(T.java:9)\n";
  CHECK(place(stack, "k.T") == "T.java|9");
  CHECK(place(stack, "k.U") == "|0");
  CHECK(place(stack) == "|0");
}

TEST_CASE("characters: where UTF-8 stops being valid", "[reports][parts]") {
  const auto bad = [](std::string_view text) { return invalid_utf8(text); };
  CHECK(bad("plain text of more than eight bytes") == std::string::npos);
  CHECK(bad("ä€😀 日本語") == std::string::npos);
  CHECK(bad("12345678\x80") == 8);
  CHECK(bad("a\xC0\xAF") == 1);
  CHECK(bad("a\xE0\x80\x80") == 1);
  CHECK(bad("a\xED\xA0\x80") == 1);
  CHECK(bad("a\xF4\x90\x80\x80") == 1);
  CHECK(bad("abc\xE2\x82") == 3);
  CHECK(bad(std::string_view{"12345678\0", 9}) == 8);
  CHECK(bad(std::string_view{"1234567\0", 8}) == 7);
}

TEST_CASE("characters: cut_short between them", "[reports][parts]") {
  CHECK(cut_short("abcdef", 6) == "abcdef");
  CHECK(cut_short("abcdefg", 6) == "abc…");
  CHECK(cut_short("aäää", 6) == "aä…");
  CHECK(cut_short("äääääää", 2) == "…");
}

TEST_CASE("characters: places are counted in them", "[reports][parts]") {
  const std::string_view text = "a\nää€x\n";
  const auto place = [&](std::size_t offset) {
    const Place found = place_of(text, offset);
    return std::to_string(found.line) + ":" + std::to_string(found.column);
  };
  CHECK(place(0) == "1:1");
  CHECK(place(1) == "1:2");
  CHECK(place(2) == "2:1");
  CHECK(place(9) == "2:4");
  CHECK(place(11) == "3:1");
  CHECK(place(99) == "3:1");
}

TEST_CASE("characters: the declared encoding", "[reports][parts]") {
  CHECK(declared_encoding("<?xml version='1.0' encoding='a-1'?><b/>") == "a-1");
  CHECK(declared_encoding("<?xml encoding=\"utf-8\"?>") == "utf-8");
  CHECK(declared_encoding("<?xml version='1.0'?><b encoding='x'/>").empty());
  CHECK(declared_encoding("<b encoding='x'/>").empty());
  CHECK(declared_encoding("<?xml encoding=x?>").empty());
  CHECK(declared_encoding("<?xml encoding=").empty());
}
