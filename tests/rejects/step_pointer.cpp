// step_pointer.cpp - a parameter that is a pointer.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::step(name, f): a parameter of f is or holds a pointer, which means nothing in
// another process
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = step("s", [](Job&, const char* text) { return std::string(text); });
const auto later = all(wrong("x"));
#else
const auto right = step("s", [](Job&, const std::string& text) { return text; });
const auto later = all(right("x"));
#endif
