// term_in_term.cpp - a term in a term.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Term<Term<T>>: a term in a term would hide part of the graph
#include "pipeline.hpp"

#ifdef REJECT
bool f(const std::optional<Term<Term<int>>>& wrong);
bool f(const std::optional<Term<Term<int>>>& wrong) { return wrong.has_value(); }
#else
bool f(const std::optional<Term<int>>& right);
bool f(const std::optional<Term<int>>& right) { return right.has_value(); }
#endif
