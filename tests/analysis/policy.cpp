// policy.cpp - tests of the sentences that policies and selectors are.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/policy.hpp>

#include <catch2/catch.hpp>

using namespace oche;

TEST_CASE("policy: each is a sentence and knows its line", "[analysis][policy]") {
  const auto line = std::source_location::current().line() + 1;
  const Policy policy = every(publishes()).needs_success_of(choose::tests() | approvals("ship"));
  CHECK(policy.text() == "publishing steps: only after success of tests or approval \"ship\"");
  CHECK(policy.where().line() == line);
  CHECK(policy.unless_skipped().even_if_none().text() ==
        policy.text() + ", unless skipped, even if none");
  CHECK_FALSE(policy.may_be_skipped());
  CHECK(every(level(Level::dangerous)).data_passes_through(step_named("sign")).text() ==
        "steps of level dangerous or above: data only by way of step \"sign\"");
  CHECK(every(within("ci")).ships_what_passed(choose::tests()).through(step_named("tag")).text() ==
        "steps within \"ci\": only what passed tests; safe: step \"tag\"");
  CHECK(secret("ci/token").never_reaches(untrusted()).text() ==
        "secret \"ci/token\": never seen by untrusted steps");
  CHECK(no(dynamic_parts()).text() == "no dynamic parts");
  CHECK(distrust(inputs("requests")).text() == "input \"requests\": distrusted");
}
