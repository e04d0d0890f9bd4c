// step_capture.cpp - a step that captures.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::step(name, f): f captures, but a step is keyed by its arguments only; pass what it
// needs as a parameter
#include "pipeline.hpp"

#ifdef REJECT
auto f(int offset);
auto f(int offset) {
  const auto wrong = step("s", [&](Job&, int n) { return n + offset; });
  return all(wrong(number));
}
#else
const auto right = step("s", [](Job&, int n, bool b) { return n + b; });
const auto later = all(right(number, flag));
#endif
