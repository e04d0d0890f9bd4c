// shape_typed.cpp - a shape of a pipeline whose parameters are terms already.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::shape_of<pipeline>(): pipeline must be a constexpr lambda whose parameters
#include "pipeline.hpp"
#include <oche/term/shape_of.hpp>

#ifdef REJECT
constexpr auto pipeline = [](Term<int> source) { return twice(source); };
constexpr auto shape = shape_of<pipeline>();
#else
constexpr auto pipeline = [](auto source) { return twice(source); };
constexpr auto shape = shape_of<pipeline>();
static_assert(shape.has("twice"));
#endif
