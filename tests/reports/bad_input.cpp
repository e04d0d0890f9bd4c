// bad_input.cpp - every text that is said of a report that cannot be read.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "reports/samples.hpp"
#include <oche/reports/junit.hpp>

using namespace oche;

namespace {

std::string refusal(std::string_view text) {
  return samples::refusal(read_junit(text, "junit.xml"));
}

std::string half_written(const std::string& at, const std::string& line) {
  return "error: junit.xml is not well-formed XML: it ends before its last element does\n"
         "  at     junit.xml:" +
         at + "\n  line   " + line +
         "\nhint: a command that is killed while it writes leaves half a report; look at the end "
         "of "
         "its log\n";
}

std::string malformed(const std::string& why, const std::string& at, const std::string& line) {
  return "error: junit.xml is not well-formed XML: " + why + "\n  at     junit.xml:" + at +
         "\n  line   " + line + "\nhint: write the report with the test tool itself, not by hand\n";
}

std::string not_xml(const std::string& at, const std::string& line) {
  return "error: junit.xml is not XML\n  at     junit.xml:" + at + "\n  line   " + line +
         "\nhint: name the report file, not the command's output or a report in another format\n";
}

std::string wrong_root(const std::string& root, const std::string& hint) {
  return "error: junit.xml is not a JUnit report: its root is <" + root +
         ">\n  at     junit.xml:1:1\n  line   <" + root + "/>\nhint: " + hint + "\n";
}

}  // namespace

TEST_CASE("bad report: empty", "[reports][errors]") {
  const std::string empty =
      "error: junit.xml is empty\n"
      "hint: the command made the file and wrote nothing; look at the end of its log\n";
  CHECK(refusal("") == empty);
  CHECK(refusal(" \r\n\t") == empty);
  CHECK(refusal("\xEF\xBB\xBF") == empty);
  CHECK(refusal("\xFF\xFE") == empty);
}

TEST_CASE("bad report: not XML at all", "[reports][errors]") {
  CHECK(refusal("11 passed in 0.06s\n") == not_xml("1:1", "11 passed in 0.06s"));
  CHECK(refusal("\n  {\"tests\": 3}") == not_xml("2:3", "{\"tests\": 3}"));
  CHECK(refusal("<?xml version=\"1.0\"?>\n") == not_xml("1:1", "<?xml version=\"1.0\"?>"));
  CHECK(refusal("<!-- nothing -->") == not_xml("1:1", "<!-- nothing -->"));
}

TEST_CASE("bad report: cut off", "[reports][errors]") {
  CHECK(refusal("<testsuite>") == half_written("1:12", "<testsuite>"));
  CHECK(refusal("<testsuite>\n  <testcase na") == half_written("2:15", "<testcase na"));
  CHECK(refusal("<testsuite>\n<testcase name=\"ä") == half_written("2:18", "<testcase name=\"ä"));
  CHECK(refusal("<testsuite><testcase name='a'/>\n") ==
        half_written("1:32", "<testsuite><testcase name='a'/>"));
  CHECK(refusal("<testsuite><testcase name='a'/></testsuite") ==
        half_written("1:43", "estsuite><testcase name='a'/></testsuite"));
  CHECK(refusal("<testsuite><![CDATA[ab") == half_written("1:23", "<testsuite><![CDATA[ab"));
  CHECK(refusal("<testsuite><!-- ab") == half_written("1:19", "<testsuite><!-- ab"));
  CHECK(refusal("<!DOCTYPE x [") == half_written("1:14", "<!DOCTYPE x ["));
  CHECK(refusal("<") == half_written("1:2", "<"));
}

TEST_CASE("bad report: not well-formed", "[reports][errors]") {
  CHECK(refusal("<testsuite>\n<a></b></testsuite>") ==
        malformed("this end tag is not that of the open element", "2:4", "<a></b></testsuite>"));
  CHECK(refusal("<testsuite><a b=1/></testsuite>") ==
        malformed("an attribute is malformed", "1:17", "<testsuite><a b=1/></testsuite>"));
  CHECK(refusal("<testsuite>x < y</testsuite>") ==
        malformed("\"<\" does not begin a tag here", "1:15", "<testsuite>x < y</testsuite>"));
  CHECK(refusal("<testsuite/>done") ==
        malformed("text beside the root", "1:13", "<testsuite/>done"));
  CHECK(refusal("<testsuite/>\n<testsuite/>") ==
        "error: junit.xml is not well-formed XML: a second root\n"
        "  at     junit.xml:2:2\n"
        "  line   <testsuite/>\n"
        "hint: let one command write it, once: two reports were joined into one file\n");
}

TEST_CASE("bad report: not UTF-8", "[reports][errors]") {
  const std::string hint =
      "hint: write it as UTF-8, UTF-16 with a byte order mark, or declared ISO-8859-1\n";
  CHECK(refusal("<testsuite>\n<testcase name='ä\xE4'/></testsuite>") ==
        "error: junit.xml is not valid UTF-8\n  at     junit.xml:2:18\n"
        "  line   <testcase name='ä\xEF\xBF\xBD'/></testsuite>\n" +
            hint);
  CHECK(refusal("<?xml version='1.0' encoding='windows-1252'?><a b='\x80'/>") ==
        "error: junit.xml is not valid UTF-8\n  at         junit.xml:1:52\n"
        "  line       on='1.0' encoding='windows-1252'?><a b='\xEF\xBF\xBD'/>\n"
        "  encoding   windows-1252\n" +
            hint);
  CHECK(refusal(std::string_view{"<testsuite>\0</testsuite>", 24}) ==
        "error: junit.xml is not valid UTF-8\n  at     junit.xml:1:12\n"
        "  line   <testsuite>\xEF\xBF\xBD</testsuite>\n" +
            hint);
}

TEST_CASE("bad report: another format", "[reports][errors]") {
  CHECK(refusal("<coverage/>") ==
        wrong_root("coverage", "this is a coverage report: name it as .cobertura, not as .junit"));
  CHECK(refusal("<Catch/>") ==
        wrong_root("Catch", "this is Catch2's own format: run the tests with --reporter junit"));
  CHECK(refusal("<Catch2TestRun/>") ==
        wrong_root("Catch2TestRun",
                   "this is Catch2's own format: run the tests with --reporter junit"));
  CHECK(refusal("<html/>") ==
        wrong_root("html", "this is a web page: name the JUnit XML that the test tool writes"));
  CHECK(refusal("<testcase/>") ==
        wrong_root("testcase",
                   "name the JUnit XML that the test tool writes (pytest: --junitxml=FILE)"));
}

TEST_CASE("bad report: no test in it", "[reports][errors]") {
  const auto none = [](const std::string& at, const std::string& line) {
    return "error: junit.xml has no test in it\n  at     junit.xml:" + at + "\n  line   " + line +
           "\nhint: a run that collects nothing does not pass: look at the names and filters that "
           "the command was given\n";
  };
  CHECK(refusal("<testsuites/>") == none("1:1", "<testsuites/>"));
  CHECK(refusal("<?xml version='1.0'?>\n<testsuite tests='3'/>") ==
        none("2:1", "<testsuite tests='3'/>"));
  CHECK(refusal("<testsuites><x><testcase name='a'/></x></testsuites>") ==
        none("1:1", "<testsuites><x><testcase name='a'/></x></testsuites>"));
  CHECK(
      refusal(samples::file("pytest_no_tests.xml")) ==
      none("1:39",
           "<?xml version=\"1.0\" encoding=\"utf-8\"?><testsuites><testsuite name=\"pytest\" er…"));
}

TEST_CASE("bad report: places count characters, in converted text too", "[reports][errors]") {
  CHECK(refusal("<?xml version='1.0' encoding='latin1'?>\n<a>\xE4\xE4</b>") ==
        malformed("this end tag is not that of the open element", "2:6", "<a>ää</b>"));
}
