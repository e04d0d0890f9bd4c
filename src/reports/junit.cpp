// junit.cpp - read a JUnit report, whoever wrote it.
// Layer: reports.
// SPDX-License-Identifier: Apache-2.0
#include <oche/reports/junit.hpp>

#include "reports/number.hpp"
#include "reports/test_case.hpp"
#include "reports/xml.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace oche {
namespace {

using detail::Xml;

struct TimedCase {
  TestCase test;
  std::chrono::microseconds duration = {};
};

bool is_suite(std::string_view name) { return name == "testsuite" || name == "testsuites"; }

std::string hint_for_junit_root(std::string_view root) {
  if (root == "coverage") return "this is a coverage report: name it as .cobertura, not as .junit";
  if (root == "Catch" || root == "Catch2TestRun") {
    return "this is Catch2's own format: run the tests with --reporter junit";
  }
  if (root == "html") return "this is a web page: name the JUnit XML that the test tool writes";
  return "name the JUnit XML that the test tool writes (pytest: --junitxml=FILE)";
}

std::vector<TimedCase> read_cases(pugi::xml_node root) {
  std::vector<TimedCase> cases;
  detail::walk(root, [&cases](pugi::xml_node element) {
    const std::string_view name = element.name();
    if (name == "testcase") {
      cases.push_back(
          {detail::read_case(element), detail::read_seconds(element.attribute("time").value())});
    } else if (name == "failure" || name == "error") {
      cases.push_back({detail::read_suite_failure(element), {}});
    }
    return is_suite(name);
  });
  return cases;
}

// Whether `a` goes before `b`; names nearly always decide, so the rest is looked at last.
bool is_before(const TestCase& a, const TestCase& b) {
  if (const int order = a.suite.compare(b.suite); order != 0) return order < 0;
  if (const int order = a.name.compare(b.name); order != 0) return order < 0;
  return std::tie(a.state, a.message, a.file, a.line) <
         std::tie(b.state, b.message, b.file, b.line);
}

// Runners that work in parallel or shuffle report in a new order each time.
std::vector<TimedCase*> in_order(std::vector<TimedCase>& cases) {
  std::vector<TimedCase*> order;
  order.reserve(cases.size());
  for (TimedCase& timed : cases)
    order.push_back(&timed);
  std::sort(order.begin(), order.end(),
            [](const TimedCase* a, const TimedCase* b) { return is_before(a->test, b->test); });
  return order;
}

void count(TestReport& report, TestState state) {
  switch (state) {
    case TestState::passed:
      ++report.passed;
      break;
    case TestState::failed:
      ++report.failed;
      break;
    case TestState::skipped:
      ++report.skipped;
      break;
    case TestState::errored:
      ++report.errored;
      break;
  }
}

}  // namespace

Result<TimedReport> read_junit(std::string_view text, std::string_view name) {
  const Result<std::shared_ptr<const Xml>> parsed = Xml::parse(text, name);
  if (!parsed.is_ok()) return parsed.failure();
  const Xml& xml = *parsed.value();
  const std::string_view root = xml.root().name();
  if (!is_suite(root) && root != "testrun") {
    return xml.error(xml.root(),
                     fmt::format("{} is not a JUnit report: its root is <{}>", name,
                                 detail::cut_short(detail::showable_line(root), 60)),
                     hint_for_junit_root(root));
  }
  std::vector<TimedCase> cases = read_cases(xml.root());
  if (cases.empty()) {
    return xml.error(
        xml.root(), fmt::format("{} has no test in it", name),
        "a run that collects nothing does not pass: look at the names and filters that "
        "the command was given");
  }
  TimedReport timed;
  timed.report.cases.reserve(cases.size());
  timed.durations.reserve(cases.size());
  for (TimedCase* one : in_order(cases)) {
    count(timed.report, one->test.state);
    timed.report.cases.push_back(std::move(one->test));
    timed.durations.push_back(one->duration);
  }
  return timed;
}

}  // namespace oche
