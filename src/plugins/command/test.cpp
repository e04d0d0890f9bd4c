// test.cpp - run tests on a tree and read what they say.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#include <oche/plugins/command/test.hpp>

#include "plugins/command/command_term.hpp"
#include <oche/reports/cobertura.hpp>
#include <oche/reports/file.hpp>
#include <oche/reports/junit.hpp>
#include <oche/reports/summary.hpp>
#include <oche/term/job.hpp>

namespace oche {

namespace {

/// The file that a setting names, or none if the command has no such setting.
const std::string* setting(const detail::CommandSpec& spec, std::string_view name) {
  for (const auto& [key, value] : spec.settings) {
    if (key == name) return &value;
  }
  return nullptr;
}

/// A command that says no and leaves no report has failed before its tests; the exit status is then
/// the better clue.
Failure without_report(const detail::CommandEnd& end, Failure failure) {
  if (end.exit_status == 0) return failure;
  Failure exit = detail::exit_failure(end);
  exit.kind = FailureClass::errored;
  exit.facts.push_back({"report", failure.what});
  exit.hint = "see its log: it ended before it could write its report";
  return exit;
}

Result<TestReport> read_report_of(Job& job, const detail::CommandEnd& end) {
  TestReport report;
  if (const std::string* path = setting(*end.spec, "junit")) {
    const Result<std::string> text = read_report(end.folder, *path);
    if (!text) return without_report(end, text.failure());
    const Result<TimedReport> read = read_junit(text.value(), *path);
    if (!read) return without_report(end, read.failure());
    report = read.value().report;
    job.log("{}", summary(report));
  }
  if (const std::string* path = setting(*end.spec, "cobertura")) {
    const Result<std::string> text = read_report(end.folder, *path);
    if (!text) return without_report(end, text.failure());
    const Result<CoverageReport> read = read_cobertura(text.value(), *path);
    if (!read) return without_report(end, read.failure());
    report.coverage = read.value().percent;
    job.log("{:.2f} % of {} lines covered", read.value().percent, read.value().lines);
  }
  return report;
}

bool finish_test(Job& job, const detail::CommandEnd& end, void* result, Failure& failure) {
  const bool has_junit = setting(*end.spec, "junit") != nullptr;
  if (!has_junit && end.exit_status != 0) {
    failure = detail::exit_failure(end);
    return false;
  }
  Result<TestReport> report = read_report_of(job, end);
  if (!report) {
    failure = report.failure();
    return false;
  }
  if (has_junit && !report.value().is_green()) {
    failure = failed_tests(report.value());
    return false;
  }
  if (end.exit_status != 0) {
    failure = detail::exit_failure(end);
    failure.facts.push_back({"report", summary(report.value())});
    failure.hint = "every test in the report passed, and still the command said no: see its log";
    return false;
  }
  ::new (result) TestReport(std::move(report).value());
  return true;
}

}  // namespace

Term<TestReport> test(const Term<Tree>& tree, const Command& command, Where where) {
  std::vector<std::pair<std::string, std::string>> settings;
  if (!command.junit.empty()) settings.emplace_back("junit", command.junit);
  if (!command.cobertura.empty()) settings.emplace_back("cobertura", command.cobertura);
  return detail::typed<TestReport>(detail::command_term("test", tree, command, type_of<TestReport>,
                                                        finish_test, std::move(settings), where));
}

}  // namespace oche
