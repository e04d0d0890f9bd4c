// summary.cpp - a report in one sentence, and a red one as a failure.
// Layer: reports.
// SPDX-License-Identifier: Apache-2.0
#include <oche/reports/summary.hpp>

#include "reports/encoding.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <string_view>

namespace oche {
namespace {

constexpr std::size_t names_in_summary = 3;
constexpr std::size_t tests_in_facts = 10;
constexpr std::size_t longest_fact = 200;

bool is_red(const TestCase& test) {
  return test.state == TestState::failed || test.state == TestState::errored;
}

/// The red tests of a report, and what to call them.
class RedTests {
 public:
  explicit RedTests(const TestReport& report) {
    for (const TestCase& test : report.cases) {
      if (!is_red(test)) continue;
      tests_.push_back(&test);
      const auto [place, first] = suite_of_name_.try_emplace(test.name, test.suite);
      if (!first && place->second != test.suite) is_shared_[test.name] = true;
    }
  }

  [[nodiscard]] const std::vector<const TestCase*>& tests() const { return tests_; }

  [[nodiscard]] std::string name(const TestCase& test) const {
    if (test.suite.empty() || !is_shared_.contains(test.name)) return test.name;
    return fmt::format("{}.{}", test.suite, test.name);
  }

 private:
  std::vector<const TestCase*> tests_;
  std::map<std::string_view, std::string_view> suite_of_name_;
  std::map<std::string_view, bool> is_shared_;
};

std::string tests(std::uint32_t count) {
  return fmt::format("{} {}", count, count == 1 ? "test" : "tests");
}

std::string names(const RedTests& red) {
  std::string text;
  std::string_view last;
  std::size_t shown = 0;
  std::size_t taken = 0;
  for (const TestCase* test : red.tests()) {
    const std::string name = red.name(*test);
    // A test that failed and then could not be torn down is told twice by some tools.
    if (shown > 0 && name == last) {
      ++taken;
      continue;
    }
    if (shown == names_in_summary) break;
    if (shown > 0) text += ", ";
    text += name;
    last = std::string_view{text}.substr(text.size() - name.size());
    ++shown;
    ++taken;
  }
  if (taken < red.tests().size()) text += fmt::format(" and {} more", red.tests().size() - taken);
  return text;
}

std::string counts(const TestReport& report) {
  if (report.errored == 0)
    return fmt::format("{} of {} tests failed", report.failed, report.total());
  if (report.failed == 0) {
    return fmt::format("{} of {} tests could not be run", report.errored, report.total());
  }
  return fmt::format("{} of {} tests failed and {} could not be run", report.failed, report.total(),
                     report.errored);
}

std::string green(const TestReport& report) {
  if (report.passed == 0) return fmt::format("all {} skipped", tests(report.skipped));
  std::string text = fmt::format("{} passed", tests(report.passed));
  if (report.skipped > 0) text += fmt::format(", {} skipped", report.skipped);
  return text;
}

// Where the first line ends with a colon, the indented ones below it belong to it (GoogleTest).
std::string first_line(std::string_view text) {
  std::string line{text.substr(0, text.find('\n'))};
  if (!line.ends_with(':')) return line;
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  while (text.starts_with(' ') && line.size() <= longest_fact) {
    const std::string_view next = text.substr(0, text.find('\n'));
    line += fmt::format(" {}", detail::trimmed(next));
    text.remove_prefix(std::min(next.size() + 1, text.size()));
  }
  return line;
}

std::string why(const TestCase& test) {
  std::string text = test.file;
  if (!text.empty() && test.line > 0) text += fmt::format(":{}", test.line);
  const std::string line = detail::cut_short(first_line(test.message), longest_fact);
  if (!line.empty()) text += fmt::format("{}{}", text.empty() ? "" : " ", line);
  if (text.empty()) text = test.state == TestState::failed ? "failed" : "could not be run";
  return text;
}

}  // namespace

std::string summary(const TestReport& report) {
  if (report.is_green()) return green(report);
  return fmt::format("{}: {}", counts(report), names(RedTests{report}));
}

Failure failed_tests(const TestReport& report) {
  const RedTests red{report};
  Failure failure{fmt::format("{}: {}", counts(report), names(red))};
  for (const TestCase* test : red.tests()) {
    if (failure.facts.size() == tests_in_facts) break;
    failure.facts.push_back({red.name(*test), why(*test)});
  }
  if (red.tests().size() > tests_in_facts) {
    failure.facts.push_back({"more", std::to_string(red.tests().size() - tests_in_facts)});
  }
  return failure;
}

}  // namespace oche
