// junit.cpp - tests of what is read from the reports of different tools.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/reports/junit.hpp>

#include "reports/samples.hpp"

using namespace oche;
using samples::junit;
using samples::table;

TEST_CASE("junit: what pytest writes", "[reports][junit]") {
  CHECK(
      table(junit(samples::file("pytest.xml")).report) ==
      "t | test_bad | failed | t.py:3 | AssertionError: nein ä ✗ #x1B[31m]]>\\nassert [1, 2] == "
      "[1, 3]\\n  At index 1 diff: 2 != 3\\n  Use -v to get more diff\n"
      "t | test_err | errored | t.py:11 | failed on setup with \"RuntimeError: no database\"\n"
      "t | test_ok | passed |  | \n"
      "t | test_skip | skipped | t.py:4 | later\n"
      "t | test_td | errored | t.py:16 | failed on teardown with \"RuntimeError: teardown\"\n"
      "t | test_td_fail | failed | t.py:18 | assert False\n"
      "t | test_td_fail | errored | t.py:16 | failed on teardown with \"RuntimeError: teardown\"\n"
      "t | test_xfail | skipped |  | \n"
      "t | test_xpass_strict | failed |  | [XPASS(strict)]\n"
      "t.TestK | test_m | failed | t.py:20 | AssertionError: 1 != 2\n");
}

TEST_CASE("junit: a module that pytest cannot import is told by its error", "[reports][junit]") {
  CHECK(
      table(junit(samples::file("pytest_collection.xml")).report) ==
      "pytest | bad.test_bad | errored | bad/test_bad.py:1 | ModuleNotFoundError: No module named "
      "'nosuchmodule'\n");
}

TEST_CASE("junit: what GoogleTest writes", "[reports][junit]") {
  CHECK(
      table(junit(samples::file("gtest.xml")).report) ==
      "Numbers/P | Odd/0 | passed | tests/sum.cpp:8 | \n"
      "Numbers/P | Odd/1 | failed | tests/sum.cpp:8 | Expected equality of these values:\\n  1\\n  "
      "GetParam()%2\\n    Which is: 0\n"
      "Sum | DISABLED_Later | skipped | tests/sum.cpp:4 | \n"
      "Sum | Fails | failed | tests/sum.cpp:3 | Expected equality of these values:\\n  3\\n  "
      "1+1\\n "
      "   Which is: 2\\na <b> & \"c\" ]]>\\nValue of: false\\n  Actual: false\\nExpected: true\n"
      "Sum | Skips | skipped | tests/sum.cpp:5 | no display\n"
      "Sum | Throws | failed | tests/sum.cpp:6 | C++ exception with description \"boom\" thrown in "
      "the test body.\n"
      "Sum | Works | passed | tests/sum.cpp:2 | \n");
}

TEST_CASE("junit: what Catch2 writes", "[reports][junit]") {
  CHECK(table(junit(samples::file("catch2.xml")).report) ==
        "sum.global | may fail | skipped |  | TEST_CASE tagged with !mayfail\n"
        "sum.global | sum: fails | failed | tests/sum.cpp:5 | 1+1==3\\n1>2\\n1+1==3\\n1>2\n"
        "sum.global | sum: fails/fine | passed |  | \n"
        "sum.global | sum: fails/inner | failed | tests/sum.cpp:5 | 2==1\n"
        "sum.global | sum: works | passed |  | \n"
        "sum.global | throws | errored | tests/sum.cpp:7 | boom <x>\n");
}

TEST_CASE("junit: what CTest writes", "[reports][junit]") {
  CHECK(table(junit(samples::file("ctest.xml")).report) ==
        "bad | bad | failed |  | \n"
        "gone | gone | skipped |  | Unable to find executable\n"
        "off | off | skipped |  | \n"
        "ok | ok | passed |  | \n"
        "skip | skip | skipped |  | SKIP_RETURN_CODE=77\n");
}

TEST_CASE("junit: what Surefire writes", "[reports][junit]") {
  const TimedReport timed = junit(samples::file("surefire.xml"));
  CHECK(table(timed.report) ==
        "shop.CartTest | addsUp | failed | CartTest.java:17 | expected:<3> but was:<4>\n"
        "shop.CartTest | isEmptyAtFirst | passed |  | \n"
        "shop.CartTest | isPaid | passed |  | \n"
        "shop.CartTest | isShipped | skipped |  | no warehouse\n"
        "shop.CartTest | survivesNull | errored |  | java.lang.NullPointerException\\n\tat "
        "shop.Cart.add(Cart.java:9)\n");
  using std::chrono::microseconds;
  CHECK(timed.durations == std::vector<microseconds>{microseconds{1'234'500'000},
                                                     microseconds{13'000}, microseconds{2'000},
                                                     microseconds{0}, microseconds{0}});
}

TEST_CASE("junit: what node writes", "[reports][junit]") {
  CHECK(table(junit(samples::file("node.xml")).report) ==
        "test | bad | failed |  | 1 == 2\n"
        "test | ok | passed |  | \n"
        "test | skipped | skipped |  | why\n"
        "test | todo | skipped |  | true\n");
}

TEST_CASE("junit: counts are made, not believed", "[reports][junit]") {
  const TestReport report = junit(R"(<testsuites tests="99" failures="0" errors="7">
      <testsuite tests="-1" failures="none" skipped="1e9">
        <testcase name="a"/><testcase name="b"><failure/></testcase>
        <testcase name="c"><error/></testcase><testcase name="d"><skipped/></testcase>
        <testcase name="e"/>
      </testsuite></testsuites>)")
                                .report;
  CHECK(report.passed == 2);
  CHECK(report.failed == 1);
  CHECK(report.errored == 1);
  CHECK(report.skipped == 1);
  CHECK(report.total() == 5);
  CHECK_FALSE(report.is_green());
  CHECK_FALSE(report.coverage.has_value());
}

TEST_CASE("junit: any nesting of suites, and either root", "[reports][junit]") {
  const std::string test = R"(<testcase name="a"/>)";
  CHECK(table(junit("<testsuite>" + test + "</testsuite>").report) == " | a | passed |  | \n");
  CHECK(table(junit("<testsuites>" + test + "</testsuites>").report) == " | a | passed |  | \n");
  CHECK(table(junit("<testrun name='run'>" + test + "</testrun>").report) ==
        "run | a | passed |  | \n");
  CHECK(table(junit("<testsuites name='x'><testsuite name='y'><testsuite>" + test + "</testsuite>" +
                    test + "</testsuite>" + test + "</testsuites>")
                  .report) == "x | a | passed |  | \ny | a | passed |  | \ny | a | passed |  | \n");
}

TEST_CASE("junit: a failure of a suite itself is not lost", "[reports][junit]") {
  CHECK(table(junit(R"(<testsuites name="all"><testsuite name="db">
      <error message="no connection">at db.cpp:4</error></testsuite>
      <testsuite><testcase name="a" classname="k"/></testsuite></testsuites>)")
                  .report) ==
        "all | db | errored | db.cpp:4 | no connection\nk | a | passed |  | \n");
}

TEST_CASE("junit: a failure goes before an error, an error before a skip", "[reports][junit]") {
  const auto state = [](const std::string& inside) {
    return junit("<testsuite><testcase name='a'>" + inside + "</testcase></testsuite>")
        .report.cases.at(0)
        .state;
  };
  CHECK(state("<error/><failure/><skipped/>") == TestState::failed);
  CHECK(state("<skipped/><error/>") == TestState::errored);
  CHECK(state("<skipped/>") == TestState::skipped);
  CHECK(state("<system-out>FAILED</system-out>") == TestState::passed);
  CHECK(state("<flakyFailure/><rerunFailure/>") == TestState::passed);
}

TEST_CASE("junit: a state that only an attribute tells", "[reports][junit]") {
  const auto state = [](const std::string& attribute) {
    return junit("<testsuite><testcase name='a' " + attribute + "/></testsuite>")
        .report.cases.at(0)
        .state;
  };
  CHECK(state("status='run' result='completed'") == TestState::passed);
  CHECK(state("status='notrun' result='suppressed'") == TestState::skipped);
  CHECK(state("status='disabled'") == TestState::skipped);
  CHECK(state("status='fail'") == TestState::failed);
  CHECK(state("result='failed'") == TestState::failed);
  CHECK(state("status='error'") == TestState::errored);
}

TEST_CASE("junit: order and speed of the run leave no trace in the value", "[reports][junit]") {
  const TimedReport one = junit(R"(<testsuite><testcase name="b" classname="k" time="1"/>
      <testcase name="a" classname="k" time="2"/><testcase name="z" classname="j"/></testsuite>)");
  const TimedReport two = junit(R"(<testsuite><testcase name="z" classname="j" time="9"/>
      <testcase name="a" classname="k" time="8"/>
      <testcase name="b" classname="k" time="7"/></testsuite>)");
  CHECK(one.report == two.report);
  using std::chrono::seconds;
  CHECK(one.durations ==
        std::vector<std::chrono::microseconds>{seconds{0}, seconds{2}, seconds{1}});
  CHECK(two.durations ==
        std::vector<std::chrono::microseconds>{seconds{9}, seconds{8}, seconds{7}});
}

TEST_CASE("junit: entities, CDATA and any script arrive as text", "[reports][junit]") {
  const TestReport report =
      junit(
          "<testsuite><testcase name='&lt;日本語 &amp; &quot;x&quot; &#x1F600;&gt;' classname='Ω'>"
          "<failure><![CDATA[a < b]]> &amp; <![CDATA[c]]></failure></testcase></testsuite>")
          .report;
  CHECK(report.cases.at(0).name == "<日本語 & \"x\" 😀>");
  CHECK(report.cases.at(0).suite == "Ω");
  CHECK(report.cases.at(0).message == "a < b & c");
}

TEST_CASE("junit: a name is one line, and nothing can drive a terminal", "[reports][junit]") {
  const TestReport report = junit(
                                "<testsuite><testcase name='a&#10;b\x1b[2J\xc2\x9b' classname='k'>"
                                "<failure message='one&#13;&#10;two&#7;'/></testcase></testsuite>")
                                .report;
  CHECK(report.cases.at(0).name == "a b\xEF\xBF\xBD[2J\xEF\xBF\xBD");
  CHECK(report.cases.at(0).message == "one\ntwo\xEF\xBF\xBD");
}

TEST_CASE("junit: a test without a name is still counted", "[reports][junit]") {
  CHECK(table(junit("<testsuite name='s'><testcase/></testsuite>").report) ==
        "s | (no name) | passed |  | \n");
}

TEST_CASE("junit: a message is cut, never inside a character", "[reports][junit]") {
  std::string many;
  for (int i = 0; i < 3000; ++i)
    many += "ä";
  const TestReport report = junit("<testsuite><testcase name='a'><failure message='" + many +
                                  "'/><failure message='" + many + "'/></testcase></testsuite>")
                                .report;
  const std::string& message = report.cases.at(0).message;
  CHECK(message.size() <= 4096);
  CHECK(message.size() > 4090);
  CHECK(message.ends_with("ä…"));
}

TEST_CASE("junit: encodings other than plain UTF-8", "[reports][junit]") {
  const std::string plain = "<testsuite><testcase name='a'/></testsuite>";
  CHECK(junit("\xEF\xBB\xBF" + plain).report.cases.at(0).name == "a");
  CHECK(junit("<?xml version='1.0' encoding='ISO-8859-1'?><testsuite><testcase name='\xE4'/>"
              "</testsuite>")
            .report.cases.at(0)
            .name == "ä");
  const std::u16string wide = u"<testsuite><testcase name='ä😀'/></testsuite>";
  std::string little = "\xFF\xFE", big = "\xFE\xFF";
  for (const char16_t unit : wide) {
    const char low = static_cast<char>(unit & 0xFF), high = static_cast<char>(unit >> 8);
    little += low;
    little += high;
    big += high;
    big += low;
  }
  CHECK(junit(little).report.cases.at(0).name == "ä😀");
  CHECK(junit(big).report.cases.at(0).name == "ä😀");
}
