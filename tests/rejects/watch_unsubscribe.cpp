// watch_unsubscribe.cpp - a watch that cannot be left.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::watch<T>(name, read, subscribe): subscribe must return a function that unsubscribes
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = watch<int>("w", [] { return 3; }, [](Action) {});
const auto later = map([](int n) { return n; }, wrong);
#else
const auto right = watch<int>("w", [] { return 3; }, [](Action) { return [] {}; });
const auto later = map([](int n) { return n; }, right);
#endif
