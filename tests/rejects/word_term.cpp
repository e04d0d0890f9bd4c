// word_term.cpp - a term of a number as a word.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Command: a word is a text or a Term<std::string>, and this term holds another type
#include "pipeline.hpp"

#ifdef REJECT
const Command wrong = {.argv = {"make", number}};
const auto later = run(wrong);
#else
const Command right = {.argv = {"make", map([](int n) { return std::to_string(n); }, number)}};
const auto later = run(right);
#endif
