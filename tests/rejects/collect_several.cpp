// collect_several.cpp - collect without braces.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::collect(terms): one range of Terms of one type
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = collect(number, number);
const auto later = map([](const std::vector<int>& v) { return v.size(); }, wrong);
#else
const auto right = collect({number, number});
const auto later = map([](const std::vector<int>& v) { return v.size(); }, right);
#endif
