// hostile.cpp - reports made to break their reader: deep, wide, large, growing, mutated.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "reports/encoding.hpp"
#include "reports/samples.hpp"
#include <oche/reports/cobertura.hpp>
#include <oche/reports/junit.hpp>
#include <oche/reports/summary.hpp>

#include <random>

using namespace oche;
using samples::junit;

namespace {

std::string repeated(std::string_view part, std::size_t times) {
  std::string text;
  text.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i)
    text += part;
  return text;
}

/// Breaks texts in the ways that files break, and in ways that they do not.
class Mutator {
 public:
  explicit Mutator(unsigned seed) : random_{seed} {}

  std::string operator()(std::string text, const std::string& other) {
    for (std::size_t times = 1 + below(4); times > 0; --times)
      mutate(text, other);
    return text;
  }

 private:
  std::size_t below(std::size_t bound) { return bound == 0 ? 0 : random_() % bound; }

  void mutate(std::string& text, const std::string& other) {
    static constexpr std::string_view tokens[] = {"<",         ">",
                                                  "</",        "/>",
                                                  "\"",        "'",
                                                  "&",         "&#x",
                                                  "&#0;",      "&#xD800;",
                                                  "<![CDATA[", "]]>",
                                                  "<!--",      "-->",
                                                  "<?",        "?>",
                                                  "<!DOCTYPE", "[",
                                                  "<testcase", "</testsuite>",
                                                  "<failure",  "hits='",
                                                  ":",         "1e999",
                                                  "-",         std::string_view{"\0", 1},
                                                  "\xFF\xFE",  "\xED\xA0\x80",
                                                  "\n",        "99999999999999"};
    const std::size_t at = below(text.size() + 1);
    const std::size_t length = below(std::min<std::size_t>(text.size() - at, 40) + 1);
    switch (below(6)) {
      case 0:
        text.resize(at);
        break;
      case 1:
        text.erase(at, length);
        break;
      case 2:
        text.insert(at, tokens[below(std::size(tokens))]);
        break;
      case 3:
        text.insert(at, text.substr(below(text.size() + 1), length));
        break;
      case 4:
        text.insert(at, other.substr(below(other.size() + 1), length));
        break;
      default:
        if (at < text.size()) text[at] = static_cast<char>(below(256));
    }
  }

  std::mt19937 random_;
};

void check_is_consistent(const TimedReport& timed) {
  const TestReport& report = timed.report;
  REQUIRE(report.total() == report.cases.size());
  REQUIRE(timed.durations.size() == report.cases.size());
  REQUIRE(report.total() > 0);
  for (const TestCase& test : report.cases) {
    for (const std::string* text : {&test.name, &test.suite, &test.message, &test.file}) {
      REQUIRE(detail::invalid_utf8(*text) == std::string::npos);
    }
  }
  if (!report.is_green()) REQUIRE_FALSE(failed_tests(report).facts.empty());
  REQUIRE_FALSE(summary(report).empty());
}

void check_is_explained(const Failure& failure) {
  REQUIRE(failure.kind == FailureClass::errored);
  REQUIRE_FALSE(failure.what.empty());
  REQUIRE_FALSE(failure.hint.empty());
  REQUIRE(detail::invalid_utf8(render(failure)) == std::string::npos);
}

}  // namespace

TEST_CASE("hostile report: entities never grow", "[reports][hostile]") {
  std::string bomb = "<!DOCTYPE z [<!ENTITY a0 \"boom\">";
  for (int i = 1; i < 40; ++i) {
    const std::string last = "&a" + std::to_string(i - 1) + ";";
    bomb += "<!ENTITY a" + std::to_string(i) + " \"" + last + last + last + "\">";
  }
  bomb += "<!ENTITY f SYSTEM \"file:///etc/passwd\">]>";
  bomb += "<testsuite><testcase name='&a39;'><failure>&f;</failure></testcase></testsuite>";
  const TestReport report = junit(bomb).report;
  CHECK(report.cases.at(0).name == "&a39;");
  CHECK(report.cases.at(0).message == "&f;");
}

TEST_CASE("hostile report: a million nested suites", "[reports][hostile]") {
  constexpr std::size_t depth = 1'000'000;
  const std::string deep =
      repeated("<testsuite>", depth) + "<testcase name='a'/>" + repeated("</testsuite>", depth);
  CHECK(samples::table(junit(deep).report) == " | a | passed |  | \n");
  CHECK(read_junit(repeated("<testsuite>", depth), "j").is_failed());
  const std::string lines = "<coverage>" + repeated("<a>", depth) +
                            "<class filename='f'><line number='1' hits='1'/></class>" +
                            repeated("</a>", depth) + "</coverage>";
  CHECK(read_cobertura(lines, "c").is_failed());  // its line is in no <lines>
}

TEST_CASE("hostile report: very many of everything", "[reports][hostile]") {
  constexpr std::size_t many = 100'000;
  CHECK(junit("<testsuite><testcase name='a'>" + repeated("<failure message='m'/>", many) +
              "</testcase></testsuite>")
            .report.cases.at(0)
            .message.size() <= 4096);
  std::string attributes;
  for (std::size_t i = 0; i < many; ++i)
    attributes += " a" + std::to_string(i) + "='1'";
  CHECK(junit("<testsuite><testcase" + attributes + " name='x'/></testsuite>")
            .report.cases.at(0)
            .name == "x");
  CHECK(junit("<testsuite><testcase name='a'><failure>" + repeated("a.c:1:2:3:\n", many) +
              "</failure></testcase></testsuite>")
            .report.cases.at(0)
            .line == 1);
  CHECK(junit("<testsuite><testcase name='a'><failure>" + repeated(":", 10 * many) +
              "</failure></testcase></testsuite>")
            .report.failed == 1);
}

TEST_CASE("hostile report: 50 MB with a hundred thousand tests", "[reports][hostile]") {
  constexpr std::size_t many = 100'000;
  const std::string output = repeated("some line of output &amp; more\n", 15);
  std::string text = "<testsuites><testsuite name='all'>";
  for (std::size_t i = 0; i < many; ++i) {
    const std::string number = std::to_string(i);
    text += "<testcase classname='suite." + std::to_string(i % 1000) + "' name='test_" + number;
    text += "' time='0.001'>";
    text += i % 5 == 0 ? "<failure message='assert " + number + "'>at a.c:7</failure>"
                       : "<system-out><![CDATA[]]>" + output + output + "</system-out>";
    text += "</testcase>\n";
  }
  text += "</testsuite></testsuites>";
  REQUIRE(text.size() > 50'000'000);
  const TimedReport timed = junit(text);
  CHECK(timed.report.passed == 80'000);
  CHECK(timed.report.failed == 20'000);
  CHECK(failed_tests(timed.report).facts.size() == 11);
}

TEST_CASE("hostile report: 10,000 mutated reports are read or refused", "[reports][hostile]") {
  static constexpr const char* files[] = {"pytest.xml", "gtest.xml",    "catch2.xml",   "ctest.xml",
                                          "node.xml",   "surefire.xml", "cobertura.xml"};
  std::vector<std::string> seeds;
  for (const char* name : files)
    seeds.push_back(samples::file(name));
  Mutator mutate{20'260};
  std::size_t read_ones = 0, refused_ones = 0;
  for (std::size_t i = 0; i < 10'000; ++i) {
    const std::string& seed = seeds[i % seeds.size()];
    const std::string text = mutate(seed, seeds[(i / seeds.size()) % seeds.size()]);
    const Result<TimedReport> tests = read_junit(text, "junit.xml");
    const Result<CoverageReport> lines = read_cobertura(text, "coverage.xml");
    if (tests.is_ok())
      check_is_consistent(tests.value());
    else
      check_is_explained(tests.failure());
    if (lines.is_ok())
      REQUIRE((lines.value().percent >= 0.0 && lines.value().percent <= 100.0));
    else
      check_is_explained(lines.failure());
    (tests.is_ok() || lines.is_ok() ? read_ones : refused_ones) += 1;
  }
  // Both happen often, or the mutations are too mild or too wild to say anything.
  CHECK(read_ones > 1'000);
  CHECK(refused_ones > 1'000);
}
