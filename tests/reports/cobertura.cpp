// cobertura.cpp - tests of what is read from a coverage report.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/reports/cobertura.hpp>

#include "reports/samples.hpp"

using namespace oche;

namespace {

CoverageReport coverage(std::string_view text) {
  const Result<CoverageReport> read = read_cobertura(text, "coverage.xml");
  if (!read.is_ok()) FAIL(render(read.failure()));
  return read.value();
}

std::string of_lines(const std::string& lines) {
  return "<coverage line-rate='0.123'><packages><package><classes><class filename='a.py'><lines>" +
         lines + "</lines></class></classes></package></packages></coverage>";
}

}  // namespace

TEST_CASE("cobertura: lines are counted once for each file", "[reports][cobertura]") {
  const CoverageReport report = coverage(samples::file("cobertura.xml"));
  CHECK(report.lines == 5);
  CHECK(report.covered == 3);
  CHECK(report.percent == 60.0);
  CHECK(report.files == std::vector<FileCoverage>{{"shop/__init__.py", 0, 0},
                                                  {"shop/bank.py", 1, 0},
                                                  {"shop/cart.py", 4, 3}});
  CHECK(report.files[0].percent() == 100.0);
  CHECK(report.files[1].percent() == 0.0);
  CHECK(report.files[2].percent() == 75.0);
}

TEST_CASE("cobertura: lines are believed rather than the rate", "[reports][cobertura]") {
  CHECK(coverage(of_lines("<line number='1' hits='1'/>")).percent == 100.0);
  CHECK(coverage(of_lines("<line number='1' hits='00'/>")).percent == 0.0);
  CHECK(coverage(of_lines("")).percent == Approx(12.3));
}

TEST_CASE("cobertura: without lines the rate counts, if it is one", "[reports][cobertura]") {
  CHECK(coverage("<coverage line-rate='1'/>").percent == 100.0);
  CHECK(coverage("<coverage line-rate='0'/>").percent == 0.0);
  CHECK(coverage("<coverage line-rate='8.5e-1'/>").percent == 85.0);
  for (const char* bad : {"1.01", "-0.1", "nan", "inf", "85%", "0,85", ""}) {
    INFO(bad);
    CHECK(
        samples::refusal(read_cobertura("<coverage line-rate='" + std::string{bad} + "'/>", "c")) ==
        "error: c has a line-rate of \"" + std::string{bad} +
            "\"\n  at     c:1:1\n  line   <coverage line-rate='" + bad +
            "'/>\nhint: a line rate is a number from 0 to 1\n");
  }
}

TEST_CASE("cobertura: what cannot be read says why", "[reports][cobertura]") {
  const auto refusal = [](const std::string& text) {
    return samples::refusal(read_cobertura(text, "coverage.xml"));
  };
  CHECK(refusal("<coverage/>") ==
        "error: coverage.xml has no line in it\n"
        "  at     coverage.xml:1:1\n"
        "  line   <coverage/>\n"
        "hint: nothing was measured: look at the sources that the coverage tool was given\n");
  CHECK(refusal("<testsuites/>") ==
        "error: coverage.xml is not a Cobertura report: its root is <testsuites>\n"
        "  at     coverage.xml:1:1\n"
        "  line   <testsuites/>\n"
        "hint: this is a JUnit report: name it as .junit, not as .cobertura\n");
  CHECK(refusal("<report/>") ==
        "error: coverage.xml is not a Cobertura report: its root is <report>\n"
        "  at     coverage.xml:1:1\n"
        "  line   <report/>\n"
        "hint: this looks like JaCoCo's format: convert it to Cobertura's\n");
  CHECK(refusal("<a/>") ==
        "error: coverage.xml is not a Cobertura report: its root is <a>\n"
        "  at     coverage.xml:1:1\n"
        "  line   <a/>\n"
        "hint: name the Cobertura XML that the coverage tool writes (pytest: --cov-report=xml)\n");
  CHECK(refusal("<coverage><class filename='a'><lines>\n  <line number='x' "
                "hits='1'/></lines></class></coverage>") ==
        "error: coverage.xml has a line whose number is \"x\"\n"
        "  at     coverage.xml:2:3\n"
        "  line   <line number='x' hits='1'/></lines></class></coverage>\n"
        "hint: lines are counted from 1, and hits are a whole number\n");
  CHECK(refusal("<coverage><class filename='a'><lines>\n  <line number='1' "
                "hits='-1'/></lines></class></coverage>") ==
        "error: coverage.xml has a line whose count of hits is \"-1\"\n"
        "  at     coverage.xml:2:3\n"
        "  line   <line number='1' hits='-1'/></lines></class></coverage>\n"
        "hint: lines are counted from 1, and hits are a whole number\n");
}
