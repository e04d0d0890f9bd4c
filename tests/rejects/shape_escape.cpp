// shape_escape.cpp - a deploy that could escape its tests, refused while compiling.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: no deploy without its tests
#include "pipeline.hpp"
#include <oche/term/shape_of.hpp>

#ifdef REJECT
constexpr auto pipeline = [](auto source) { return gate(twice(source), on(describe(source))); };
static_assert(shape_of<pipeline>().every("twice").needs_success_of("describe"),
              "no deploy without its tests");
#else
constexpr auto pipeline = [](auto source, auto other) {
  return twice(gate(source, on(describe(other))));
};
static_assert(shape_of<pipeline>().every("twice").needs_success_of("describe"),
              "no deploy without its tests");
const auto right = pipeline(number, wheel);
#endif
