// untrusted_list.cpp - a list that somebody else wrote.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Untrusted: somebody else wrote a value that is given here
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = list_map(distrust(numbers), [](Term<int> n) { return twice(n); });
const auto later = all(wrong);
#else
const auto right = quarantine(distrust(numbers), [](Term<std::vector<int>> list) {
  return list_map(list, [](Term<int> n) { return twice(n); });
});
const auto later = all(right);
#endif
