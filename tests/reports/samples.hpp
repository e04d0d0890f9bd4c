// samples.hpp - reports to read: files that real tools wrote, and small ones made on the spot.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <oche/reports/junit.hpp>

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace samples {

inline std::string file(const std::string& name) {
  std::ifstream in{std::string{OCHE_TESTS_FOLDER} + "/reports/data/" + name, std::ios::binary};
  REQUIRE(in);
  return {std::istreambuf_iterator<char>{in}, {}};
}

/// The report in `text`; the test fails if it cannot be read.
inline oche::TimedReport junit(std::string_view text) {
  const oche::Result<oche::TimedReport> read = oche::read_junit(text, "junit.xml");
  if (!read.is_ok()) FAIL(oche::render(read.failure()));
  return read.value();
}

/// `suite | name | state | file:line | message`, one line a test: what a reader makes of a report.
inline std::string table(const oche::TestReport& report) {
  static constexpr const char* states[] = {"passed", "failed", "skipped", "errored"};
  std::string text;
  for (const oche::TestCase& test : report.cases) {
    std::string message = test.message;
    for (std::size_t at = 0; (at = message.find('\n', at)) != std::string::npos; at += 2) {
      message.replace(at, 1, "\\n");
    }
    text += test.suite + " | " + test.name + " | " + states[static_cast<std::size_t>(test.state)];
    text += " | " + test.file + (test.line > 0 ? ":" + std::to_string(test.line) : "");
    text += " | " + message + "\n";
  }
  return text;
}

/// What `render` says of a report that must not be readable.
template <class T>
std::string refusal(const oche::Result<T>& read) {
  if (read.is_ok()) return "it was read";
  CHECK(read.failure().kind == oche::FailureClass::errored);
  return oche::render(read.failure());
}

}  // namespace samples
