// json.cpp - records as JSON and back, and what is said when it does not fit.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "samples.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <cmath>

using namespace oche;
using namespace samples;

namespace samples {
struct Case {
  std::string name;
  int runs = 0;
  std::optional<std::string> note;
};
struct Suite {
  std::string title;
  std::vector<Case> cases;
  std::map<std::string, double> weights;
};
}  // namespace samples
BOOST_HANA_ADAPT_STRUCT(samples::Case, name, runs, note);
BOOST_HANA_ADAPT_STRUCT(samples::Suite, title, cases, weights);

namespace {

template <class T>
std::string why(std::string_view json) {
  const Result<T> result = from_json<T>(json);
  if (result.is_ok()) return "ok";
  std::string text = result.failure().what;
  for (const Fact& fact : result.failure().facts)
    text += " | " + fact.name + " " + fact.value;
  if (!result.failure().hint.empty()) text += " | " + result.failure().hint;
  return text;
}

}  // namespace

TEST_CASE("json: each shape", "[base][json]") {
  CHECK(to_json(Unit{}) == "null");
  CHECK(to_json(true) == "true");
  CHECK(to_json(-7) == "-7");
  CHECK(to_json('A') == "65");
  CHECK(to_json(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
  CHECK(to_json(0.1) == "0.1");
  CHECK(to_json(0.1F) == "0.1");
  CHECK(to_json(std::nan("")) == "\"nan\"");
  CHECK(to_json(-HUGE_VAL) == "\"-inf\"");
  CHECK(to_json(Colour::green) == "\"green\"");
  CHECK(to_json(static_cast<Colour>(9)) == "9");
  CHECK(to_json(Plain::below) == "-5");
  CHECK(to_json(std::string("a\"b\\\n\t\x01\x7f é")) == R"("a\"b\\\n\t\u0001\u007f é")");
  CHECK(to_json(std::filesystem::path("a/b")) == "\"a/b\"");
  CHECK(to_json(std::optional<int>()) == "null");
  CHECK(to_json(std::optional<int>(1)) == "1");
  CHECK(to_json(std::optional<Unit>(Unit{})) == "[null]");
  CHECK(to_json(std::vector<bool>{true, false}) == "[true,false]");
  CHECK(to_json(std::set<std::string>{"aa", "b"}) == R"(["b","aa"])");
  CHECK(to_json(std::map<std::string, int>{{"aa", 1}, {"b", 2}}) == R"({"b":2,"aa":1})");
  CHECK(to_json(std::map<int, int>{{2, 1}, {1, 2}}) == "[[1,2],[2,1]]");
  CHECK(to_json(std::pair(1, std::string("x"))) == R"([1,"x"])");
  CHECK(to_json(std::variant<int, std::string>("x")) == R"({"1":"x"})");
  CHECK(to_json(Wheel{"a", {"b", "c"}}) ==
        R"({"package":"a","archive":{"name":"b","digest":"c"}})");
  CHECK(to_json(Outcome<int>(3)) == R"({"ok":3})");
  CHECK(to_json(Outcome<int>(Phase::awaiting_approval)) == R"({"active":"awaiting_approval"})");
  CHECK(to_json(Outcome<>(Skipped{"not main"})) == R"({"skipped":{"reason":"not main"}})");
  CHECK(to_json(sha256("")).substr(0, 9) == "\"e3b0c442");
}

TEST_CASE("json: bytes that are no UTF-8 become the replacement character", "[base][json]") {
  const std::string bad = std::string("a\xff") + "\xc3" + "(\xed\xa0\x80)";
  CHECK(to_json(bad) == "\"a\xef\xbf\xbd\xef\xbf\xbd(\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd)\"");
  CHECK(from_json<std::string>(to_json(bad)).is_ok());
}

TEST_CASE("json: durations and times", "[base][json]") {
  using namespace std::chrono;
  CHECK(to_json(seconds(90)) == "\"90s\"");
  CHECK(to_json(hours(-2)) == "\"-2h\"");
  CHECK(to_json(duration<int, std::ratio<1, 3>>(2)) == "\"2*1/3s\"");
  CHECK(to_json(duration<double>(1.5)) == "\"1.5s\"");
  CHECK(from_json<seconds>("\"2min\"").value() == seconds(120));
  CHECK(from_json<milliseconds>("\"1h\"").value() == milliseconds(3'600'000));
  CHECK(from_json<duration<double>>("\"500ms\"").value() == duration<double>(0.5));
  CHECK(why<seconds>("\"1500ms\"") == "at 1:1: 1500ms is no whole number of s");
  CHECK(why<seconds>("\"soon\"") == "at 1:1: expected a duration such as \"90s\"");
  CHECK(why<nanoseconds>("\"9223372036854775807h\"") ==
        "at 1:1: 9223372036854775807h is no whole number of ns");
  const auto time = [](std::int64_t s, std::int64_t ns) {
    return Time(std::chrono::seconds(s) + nanoseconds(ns));
  };
  CHECK(to_json(time(1'000'000'000, 0)) == "\"2001-09-09T01:46:40Z\"");
  CHECK(to_json(time(0, 120'000'000)) == "\"1970-01-01T00:00:00.12Z\"");
  CHECK(to_json(time(0, -1)) == "\"1969-12-31T23:59:59.999999999Z\"");
  CHECK(to_json(sys_days(year(2024) / 2 / 29)) == "\"2024-02-29T00:00:00Z\"");
  CHECK(from_json<Time>("\"1969-12-31T23:59:59.999999999Z\"").value() == time(0, -1));
  CHECK(why<Time>("\"2023-02-29T00:00:00Z\"") ==
        "at 1:1: expected a time such as \"2001-01-31T23:59:59.5Z\"");
  CHECK(why<Time>("\"2001-01-01 00:00:00Z\"") ==
        "at 1:1: expected a time such as \"2001-01-31T23:59:59.5Z\"");
  CHECK(why<sys_days>("\"2001-01-01T00:00:01Z\"") ==
        "at 1:1: 2001-01-01T00:00:01Z is finer or further away than the type holds");
}

TEST_CASE("json: what does not fit is named with its place", "[base][json]") {
  struct Row {
    const char* json;
    const char* says;
  };
  const Row rows[] = {
      {R"({"title": "t", "cases": [], "weights": {}})", "ok"},
      {"{\n  \"title\": \"t\",\n  \"cases\": [{\"name\": \"a\", \"runs\": 1},\n            "
       "{\"name\": 7}]}",
       "at 4:22 (/cases/1/name): expected text, got number"},
      {R"({"tilte": "t"})",
       "at 1:2 (/tilte): there is no member \"tilte\" | known title, cases, weights | did you mean "
       "\"title\"?"},
      {R"({"title": "t", "cases": [], "xyz": {}})",
       "at 1:29 (/xyz): there is no member \"xyz\" | known title, cases, weights"},
      {R"({"title": "t", "cases": [{"runs": 1}], "weights": {}})",
       "at 1:26 (/cases/0): the member \"name\" is missing"},
      {R"({"title": "t", "title": "u"})", "at 1:16: the member \"title\" is given twice"},
      {R"({"title": "t", "cases": {}})", "at 1:25 (/cases): expected list, got object"},
      {R"({"title": "é", "weights": {"a/b~": true}})",
       "at 1:36 (/weights/a~1b~0): expected number, got boolean"},
      {R"({"title": "t", "cases": [{"name": "a", "runs": 1.5}]})",
       "at 1:48 (/cases/0/runs): expected a whole number, got 1.5"},
      {R"({"title": "t", "cases": [{"name": "a", "runs": 3000000000}]})",
       "at 1:48 (/cases/0/runs): 3000000000 does not fit: -2147483648 to 2147483647"},
      {"[]", "at 1:1: expected object, got list"},
      {"", "at 1:1: unexpected end of input; expected '[', '{', or a literal"},
      {"{\"title\": tru}", "at 1:14: invalid literal"},
      {"{\"title\": \"t\"", "at 1:14: unexpected end of input; expected '}'"},
      {"{} x", "at 1:4: invalid literal; expected end of input"},
      {"{'a': 1}", "at 1:2: invalid literal; expected string literal"},
  };
  for (const Row& row : rows) {
    INFO(row.json);
    CHECK(why<Suite>(row.json) == row.says);
  }
}

TEST_CASE("json: what does not fit, other shapes", "[base][json]") {
  CHECK(why<Colour>("\"gren\"") ==
        "at 1:1: there is no value \"gren\" | known red, green, blue | did you mean \"green\"?");
  CHECK(why<Colour>("256") == "at 1:1: 256 does not fit: 0 to 255");
  CHECK(why<unsigned>("-1") == "at 1:1: -1 does not fit: 0 to 4294967295");
  CHECK(why<std::int64_t>("9223372036854775808") ==
        "at 1:1: 9223372036854775808 does not fit: -9223372036854775808 to 9223372036854775807");
  CHECK(why<float>("1e39") == "at 1:1: 1e39 does not fit");
  CHECK(why<double>("\"many\"") == "at 1:1: expected number, got text");
  CHECK(why<std::set<int>>("[1, 2, 1]") == "at 1:8 (/2): the element is given twice");
  CHECK(why<std::map<int, int>>("[[1, 2], [1, 3]]") == "at 1:11 (/1): the key is given twice");
  CHECK(why<std::map<int, int>>("[[1]]") == "at 1:2 (/0): expected a list of key and value");
  CHECK(why<std::array<int, 2>>("[1]") == "at 1:1: expected a list of 2, got 1");
  CHECK(why<std::pair<int, int>>("[1, \"a\"]") == "at 1:5 (/1): expected number, got text");
  CHECK(why<std::variant<int, bool>>("{\"2\": 1}") ==
        "at 1:2 (/2): there is no alternative \"2\" | known 0, 1");
  CHECK(why<Outcome<>>("{\"okay\": null}") ==
        "at 1:2 (/okay): there is no alternative \"okay\" | known ok, active, failed, skipped, "
        "stale");
  CHECK(why<Digest>("\"00\"") == "at 1:1: expected 64 hexadecimal digits");
  CHECK(why<Unit>("0") == "at 1:1: expected null, got number");
  CHECK(why<std::optional<Unit>>("[null, null]") == "at 1:1: expected a list of none or one");
  CHECK(why<std::vector<int>>("[1,\n 2,\n\t\"é\", x]") == "at 3:7: invalid literal");
  const std::string deep(100'000, '[');
  CHECK(why<Node>(deep) == "at 1:257: nested too deeply");
}

TEST_CASE("json: optional and added members may be missing, and keep their default",
          "[base][json]") {
  CHECK(from_json<Grown>(R"({"name": "x"})").value().jobs == 4);
  CHECK(from_json<Grown>(R"({"name": "x"})").value().flags == std::vector<std::string>{"-O2"});
  CHECK(from_json<Grown>(R"({"name": "x", "flags": ["-g"]})").value().flags ==
        std::vector<std::string>{"-g"});
  CHECK_FALSE(from_json<Case>(R"({"name": "x", "runs": 1})").value().note.has_value());
  CHECK(from_json<Case>("\xef\xbb\xbf {\"name\": \"x\", \"runs\": 1, \"note\": \"\\u00e9\"}")
            .value()
            .note == "é");
}

TEST_CASE("print: a text for people", "[base][json]") {
  CHECK(print(std::string("a b")) == "a b");
  CHECK(print(Wheel{"calc", {"c.whl", ""}}) ==
        "{package: calc, archive: {name: c.whl, digest: \"\"}}");
  CHECK(print(std::vector<std::string>{"a", "b, c", "d\n"}) == R"([a, "b, c", "d\n"])");
  CHECK(print(std::map<std::string, int>{{"k", 1}}) == "{k: 1}");
  CHECK(print(std::tuple(1, std::string("x"))) == "(1, x)");
  CHECK(print(std::optional<int>()) == "none");
  CHECK(print(std::chrono::seconds(90)) == "90s");
  CHECK(print(Unit{}) == "()");
  CHECK(print(Outcome<>(Unit{})) == "ok");
  CHECK(print(Outcome<int>(3)) == "ok 3");
  CHECK(print(Outcome<>(Phase::running)) == "active running");
}
