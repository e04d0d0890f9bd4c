// step_view.cpp - a parameter that is a view.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::step(name, f): a parameter of f is or holds a view, which owns nothing
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = step("s", [](Job&, std::string_view text) { return text.size(); });
const auto later = all(wrong("x"));
#else
const auto right = step("s", [](Job&, const std::string& text) { return text.size(); });
const auto later = all(right("x"));
#endif
