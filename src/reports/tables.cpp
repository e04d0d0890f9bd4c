// tables.cpp - the tables of the reports' records, made once for everybody.
// Layer: reports.
// SPDX-License-Identifier: Apache-2.0
#include <oche/reports/report.hpp>

BOOST_HANA_ADAPT_STRUCT(oche::TestCase, suite, name, state, message, file, line);
BOOST_HANA_ADAPT_STRUCT(oche::TestReport, passed, failed, skipped, errored, coverage, cases);
BOOST_HANA_ADAPT_STRUCT(oche::FileCoverage, file, lines, covered);
BOOST_HANA_ADAPT_STRUCT(oche::CoverageReport, percent, lines, covered, files);

namespace oche {

constinit const Type TypeOf<TestCase>::value = detail::describe<TestCase>();
constinit const Type TypeOf<TestReport>::value = detail::describe<TestReport>();
constinit const Type TypeOf<FileCoverage>::value = detail::describe<FileCoverage>();
constinit const Type TypeOf<CoverageReport>::value = detail::describe<CoverageReport>();

}  // namespace oche
