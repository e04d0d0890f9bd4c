// zip_plain.cpp - a plain value in a zip.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::zip(a, b, ...): everything must be a Term
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = zip(number, 3);
const auto later = map([](const std::tuple<int, int>& t) { return std::get<0>(t); }, wrong);
#else
const auto right = zip(number, constant(3));
const auto later = map([](const std::tuple<int, int>& t) { return std::get<0>(t); }, right);
#endif
