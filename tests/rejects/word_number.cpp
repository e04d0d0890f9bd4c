// word_number.cpp - a number as a word.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Command: a word is a text or a Term<std::string>; write numbers as fmt::format
#include "pipeline.hpp"

#ifdef REJECT
const Command wrong = {.argv = {"make", 4}};
const auto later = run(wrong);
#else
const Command right = {.argv = {"make", fmt::format("-j{}", 4)}};
const auto later = run(right);
#endif
