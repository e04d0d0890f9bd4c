// two_files.cpp - a step in a header is one step for all who include it.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "term/look.hpp"
#include "term/shared_step.hpp"

#include <catch2/catch.hpp>

using namespace oche;

TEST_CASE("two files: share a step and its constants", "[term][step]") {
  const auto here = shared_step("there", 2);
  const auto there = from_another_file();
  const auto& mine = look::payload<detail::StepPayload>(here);
  const auto& theirs = look::payload<detail::StepPayload>(there);
  CHECK(mine.kind->result == theirs.kind->result);
  CHECK(mine.name == theirs.name);
  CHECK(&mine.options == &theirs.options);
  CHECK(std::string_view(look::node(there).where.file_name()).ends_with("another_file.cpp"));
}

TEST_CASE("two files: terms may be built before main", "[term][step]") {
  const auto early = built_before_main();
  CHECK(look::payload<detail::Value>(look::input(early, 0)).as<std::string>() == "early");
}
