// test_case.cpp - read one <testcase>.
// Layer: reports.
// SPDX-License-Identifier: Apache-2.0
#include "reports/test_case.hpp"

#include "reports/encoding.hpp"
#include "reports/location.hpp"
#include "reports/message.hpp"
#include "reports/number.hpp"

#include <string>
#include <string_view>

namespace oche::detail {
namespace {

constexpr std::size_t longest_message = 4096;
constexpr std::size_t longest_name = 1024;
// How far up to look for a suite with a name; real reports nest two or three deep.
constexpr int suites_up = 16;

std::string short_line(std::string_view text) {
  return cut_short(showable_line(text), longest_name);
}

std::string_view attribute(pugi::xml_node element, const char* name) {
  return element.attribute(name).value();
}

std::string enclosing_suite(pugi::xml_node element) {
  pugi::xml_node suite = element.parent();
  for (int up = 0; up < suites_up && suite; ++up, suite = suite.parent()) {
    const std::string_view name = attribute(suite, "name");
    if (!name.empty()) return short_line(name);
  }
  return {};
}

// Catch2 lists the failed assertions of a test that is allowed to fail beside its <skipped>.
bool may_fail(pugi::xml_node skipped) {
  return attribute(skipped, "message").find("!mayfail") != std::string_view::npos;
}

// GoogleTest and CTest tell some states by an attribute alone.
TestState state_by_attribute(pugi::xml_node element) {
  for (const char* name : {"status", "result"}) {
    const std::string_view told = attribute(element, name);
    for (const std::string_view skipped :
         {"notrun", "suppressed", "skipped", "disabled", "ignored", "Skipped", "Ignored"}) {
      if (told == skipped) return TestState::skipped;
    }
    for (const std::string_view failed : {"fail", "failed", "failure", "Failed"}) {
      if (told == failed) return TestState::failed;
    }
    for (const std::string_view errored : {"error", "errored", "Error"}) {
      if (told == errored) return TestState::errored;
    }
  }
  return TestState::passed;
}

struct Verdict {
  TestState state = TestState::passed;
  const char* element = nullptr;  // the children that say why
};

// A failure is a verdict, so it goes before an error of the same test, and both before a skip.
Verdict verdict_of(pugi::xml_node element) {
  const pugi::xml_node skipped = element.child("skipped");
  if (skipped && may_fail(skipped)) return {TestState::skipped, "skipped"};
  if (element.child("failure")) return {TestState::failed, "failure"};
  if (element.child("error")) return {TestState::errored, "error"};
  if (skipped) return {TestState::skipped, "skipped"};
  return {state_by_attribute(element), nullptr};
}

void add_reason(TestCase& test, pugi::xml_node reason) {
  Explanation told = explain(reason, test.suite);
  if (!test.message.empty() && !told.message.empty()) test.message += '\n';
  test.message += told.message;
  if (test.file.empty() && !told.location.file.empty()) {
    test.file = told.location.file;
    test.line = told.location.line;
  }
}

void add_reasons(TestCase& test, pugi::xml_node element, const char* name) {
  for (pugi::xml_node reason = element.child(name); reason; reason = reason.next_sibling(name)) {
    add_reason(test, reason);
    if (test.message.size() > longest_message) break;
  }
  test.message = cut_short(std::move(test.message), longest_message);
}

void add_declared_place(TestCase& test, pugi::xml_node element) {
  if (!test.file.empty()) return;
  test.file = short_line(attribute(element, "file"));
  if (!test.file.empty()) test.line = read_line_number(attribute(element, "line"));
}

}  // namespace

TestCase read_case(pugi::xml_node element) {
  TestCase test;
  test.name = short_line(attribute(element, "name"));
  if (test.name.empty()) test.name = "(no name)";
  test.suite = short_line(attribute(element, "classname"));
  if (test.suite.empty()) test.suite = enclosing_suite(element);
  const Verdict verdict = verdict_of(element);
  test.state = verdict.state;
  if (verdict.element != nullptr) add_reasons(test, element, verdict.element);
  add_declared_place(test, element);
  return test;
}

TestCase read_suite_failure(pugi::xml_node element) {
  TestCase test;
  test.name = enclosing_suite(element);
  if (test.name.empty()) test.name = "(no name)";
  if (element.parent().parent()) test.suite = enclosing_suite(element.parent());
  test.state =
      std::string_view{element.name()} == "failure" ? TestState::failed : TestState::errored;
  add_reason(test, element);
  test.message = cut_short(std::move(test.message), longest_message);
  return test;
}

}  // namespace oche::detail
