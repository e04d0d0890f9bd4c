// at_least.cpp - a threshold for the coverage of tests.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#include <oche/plugins/tests/at_least.hpp>

#include <oche/base/error.hpp>

#include <fmt/format.h>

#include <string>

namespace oche {

Term<> at_least(const Term<TestReport>& tests, double percent, Where where) {
  auto check = [percent](const TestReport& report) {
    if (!report.coverage) {
      throw Error(Failure{.what = "the tests measured no coverage",
                          .kind = FailureClass::errored,
                          .hint = "name the report, as .cobertura = \"coverage.xml\""});
    }
    if (*report.coverage < percent) {
      throw Error(fmt::format("coverage is {:.2f} %, below {:g} %", *report.coverage, percent));
    }
    return Unit{};
  };
  const AnyTerm inputs[] = {tests};
  const std::string label = fmt::format("coverage at least {:g} %", percent);
  return detail::typed<Unit>(
      detail::make(Kind::map, where, inputs,
                   detail::with(check, type_of<Unit>,
                                detail::Map<decltype(check), Unit, TestReport>::operation, label)));
}

}  // namespace oche
