// summary.cpp - tests of the sentence that a report becomes.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/reports/summary.hpp>

#include "reports/samples.hpp"

using namespace oche;
using samples::junit;

namespace {

struct Tests {
  std::string inside;

  Tests& add(const std::string& name, const std::string& result = "",
             const std::string& suite = "k") {
    inside += "<testcase name='" + name + "' classname='" + suite + "'>" + result + "</testcase>";
    return *this;
  }
  [[nodiscard]] TestReport report() const {
    return junit("<testsuite>" + inside + "</testsuite>").report;
  }
};

}  // namespace

TEST_CASE("summary: of a green report", "[reports][summary]") {
  CHECK(summary(Tests{}.add("a").report()) == "1 test passed");
  CHECK(summary(Tests{}.add("a").add("b").report()) == "2 tests passed");
  CHECK(summary(Tests{}.add("a").add("b").add("c", "<skipped/>").report()) ==
        "2 tests passed, 1 skipped");
  CHECK(summary(Tests{}.add("a", "<skipped/>").report()) == "all 1 test skipped");
  CHECK(summary(Tests{}.add("a", "<skipped/>").add("b", "<skipped/>").report()) ==
        "all 2 tests skipped");
}

TEST_CASE("summary: of a red report names the first tests", "[reports][summary]") {
  CHECK(summary(Tests{}.add("a").add("b", "<failure/>").report()) == "1 of 2 tests failed: b");
  CHECK(summary(Tests{}.add("a", "<error/>").add("b", "<skipped/>").report()) ==
        "1 of 2 tests could not be run: a");
  CHECK(summary(Tests{}.add("a", "<error/>").add("b", "<failure/>").add("c").report()) ==
        "1 of 3 tests failed and 1 could not be run: a, b");
  Tests many;
  for (const char* name : {"d", "c", "b", "a", "e"})
    many.add(name, "<failure/>");
  CHECK(summary(many.report()) == "5 of 5 tests failed: a, b, c and 2 more");
}

TEST_CASE("summary: a name that several suites have is told with its suite", "[reports][summary]") {
  Tests tests;
  tests.add("a", "<failure/>", "x").add("a", "<failure/>", "y").add("b", "<failure/>", "y");
  CHECK(summary(tests.report()) == "3 of 3 tests failed: x.a, y.a, b");
}

TEST_CASE("summary: a test that is told twice is named once", "[reports][summary]") {
  Tests tests;
  tests.add("a", "<failure/>").add("a", "<error/>").add("b", "<failure/>");
  CHECK(summary(tests.report()) == "2 of 3 tests failed and 1 could not be run: a, b");
}

TEST_CASE("summary: a red report as a failure, in full", "[reports][summary]") {
  CHECK(render(failed_tests(junit(samples::file("gtest.xml")).report)) ==
        "error: 3 of 7 tests failed: Odd/1, Fails, Throws\n"
        "  Odd/1    tests/sum.cpp:8 Expected equality of these values: 1 GetParam()%2 Which is: 0\n"
        "  Fails    tests/sum.cpp:3 Expected equality of these values: 3 1+1 Which is: 2\n"
        "  Throws   tests/sum.cpp:6 C++ exception with description \"boom\" thrown in the test "
        "body.\n");
  CHECK(failed_tests(junit(samples::file("gtest.xml")).report).kind == FailureClass::failed);
}

TEST_CASE("summary: facts are the first ten tests, each on one short line", "[reports][summary]") {
  Tests tests;
  for (int i = 0; i < 12; ++i) {
    tests.add("t" + std::to_string(10 + i), "<failure message='" + std::string(300, 'm') +
                                                "&#10;second line'>at a.c:5</failure>");
  }
  const Failure failure = failed_tests(tests.report());
  CHECK(failure.what == "12 of 12 tests failed: t10, t11, t12 and 9 more");
  REQUIRE(failure.facts.size() == 11);
  CHECK(failure.facts[0].name == "t10");
  CHECK(failure.facts[0].value == "a.c:5 " + std::string(197, 'm') + "…");
  CHECK(failure.facts[10] == Fact{"more", "2"});
}

TEST_CASE("summary: a test without any reason says what happened", "[reports][summary]") {
  const Failure failure =
      failed_tests(Tests{}.add("a", "<failure/>").add("b", "<error/>").report());
  CHECK(failure.facts == std::vector<Fact>{{"a", "failed"}, {"b", "could not be run"}});
}
