// report.hpp - what a run of tests found out, as a value.
// Layer: reports.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <oche/base/type.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace oche {

/// What became of one test. *Failed*: it ran and said no. *Errored*: it could not be run to its
/// end.
enum class TestState : std::uint8_t { passed, failed, skipped, errored };

template <>
inline constexpr const char* value_names<TestState>[4] = {"passed", "failed", "skipped", "errored"};

/// One test. How long it took belongs to the attempt and stands beside the report (`Timed`).
struct TestCase {
  std::string suite;  ///< the class, module or suite it belongs to; empty if the report names none
  std::string name;
  TestState state = TestState::passed;
  std::string message;     ///< why it did not pass
  std::string file;        ///< where it failed, or else where it stands, as far as the report says
  std::uint32_t line = 0;  ///< 0 if unknown

  friend bool operator==(const TestCase&, const TestCase&) = default;
};

/// All tests of one run, in the order of their suites and names: reports of two runs that found the
/// same are equal, whatever order or speed the tests were run in.
struct TestReport {
  std::uint32_t passed = 0;
  std::uint32_t failed = 0;
  std::uint32_t skipped = 0;
  std::uint32_t errored = 0;
  std::optional<double> coverage;  ///< percent of lines, where coverage was measured
  std::vector<TestCase> cases;

  [[nodiscard]] std::uint32_t total() const { return passed + failed + skipped + errored; }
  [[nodiscard]] bool is_green() const { return failed == 0 && errored == 0; }

  friend bool operator==(const TestReport&, const TestReport&) = default;
};

/// How far the lines of one source file were run.
struct FileCoverage {
  std::string file;
  std::uint32_t lines = 0;    ///< lines that could have been run
  std::uint32_t covered = 0;  ///< lines that were

  /// Of a file without lines, 100: nothing in it was missed.
  [[nodiscard]] double percent() const { return lines == 0 ? 100.0 : 100.0 * covered / lines; }

  friend bool operator==(const FileCoverage&, const FileCoverage&) = default;
};

/// How far the lines of a whole project were run.
struct CoverageReport {
  double percent = 0;
  std::uint32_t lines = 0;
  std::uint32_t covered = 0;
  std::vector<FileCoverage> files;  ///< in the order of their names

  friend bool operator==(const CoverageReport&, const CoverageReport&) = default;
};

template <>
inline constexpr bool has_table<TestCase> = true;
template <>
struct TypeOf<TestCase> {
  static const Type value;
};
template <>
inline constexpr bool has_table<TestReport> = true;
template <>
struct TypeOf<TestReport> {
  static const Type value;
};
template <>
inline constexpr bool has_table<FileCoverage> = true;
template <>
struct TypeOf<FileCoverage> {
  static const Type value;
};
template <>
inline constexpr bool has_table<CoverageReport> = true;
template <>
struct TypeOf<CoverageReport> {
  static const Type value;
};

}  // namespace oche
