// watch_read.cpp - a watch that reads something else.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::watch<T>(name, read, subscribe): read must give a T or a Result<T>
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = watch<int>("w", [] { return std::string("x"); }, [](auto) { return [] {}; });
const auto later = map([](int n) { return n; }, wrong);
#else
const auto right = watch<int>("w", [] { return 3; }, [](auto) { return [] {}; });
const auto later = map([](int n) { return n; }, right);
#endif
