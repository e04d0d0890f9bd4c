// term_in_term.cpp - a term in a term.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Term<Term<T>>: a term in a term would hide part of the graph
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = std::optional<Term<Term<int>>>();
const auto later = wrong.has_value();
#else
const auto right = std::optional<Term<int>>();
const auto later = right.has_value();
#endif
