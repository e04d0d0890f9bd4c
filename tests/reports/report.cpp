// report.cpp - tests of reports as records: keyed, stored and shown like any other value.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/reports/report.hpp>

#include <oche/base/record.hpp>

#include <catch2/catch.hpp>

using namespace oche;

namespace {

TestReport some_report() {
  TestReport report;
  report.passed = 1;
  report.failed = 1;
  report.coverage = 87.5;
  report.cases = {{"k", "a", TestState::passed, "", "", 0},
                  {"k", "b", TestState::failed, "no", "b.py", 3}};
  return report;
}

}  // namespace

TEST_CASE("report: comes back from its encoding", "[reports][report]") {
  const TestReport report = some_report();
  CHECK(decode<TestReport>(encode(report)).value() == report);
  const CoverageReport coverage{50.0, 2, 1, {{"a.py", 2, 1}}};
  CHECK(decode<CoverageReport>(encode(coverage)).value() == coverage);
}

TEST_CASE("report: as JSON, there and back", "[reports][report]") {
  const std::string json =
      R"({"passed":1,"failed":1,"skipped":0,"errored":0,"coverage":87.5,"cases":[)"
      R"({"suite":"k","name":"a","state":"passed","message":"","file":"","line":0},)"
      R"({"suite":"k","name":"b","state":"failed","message":"no","file":"b.py","line":3}]})";
  CHECK(to_json(some_report()) == json);
  CHECK(from_json<TestReport>(json).value() == some_report());
}

TEST_CASE("report: every field is in the digest", "[reports][report]") {
  const Digest digest_before = digest(some_report());
  const auto changes_digest = [&](auto change) {
    TestReport report = some_report();
    change(report);
    return digest(report) != digest_before;
  };
  CHECK(digest(some_report()) == digest_before);
  CHECK(changes_digest([](TestReport& r) { r.passed = 2; }));
  CHECK(changes_digest([](TestReport& r) { r.coverage.reset(); }));
  CHECK(changes_digest([](TestReport& r) { r.cases[0].state = TestState::skipped; }));
  CHECK(changes_digest([](TestReport& r) { r.cases[1].message = "yes"; }));
  CHECK(changes_digest([](TestReport& r) { r.cases[1].line = 4; }));
}
