// loop_over_term.cpp - a loop over a list that is not known.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Term: the items of a list are not known while the pipeline is being written; use
// list_map
#include "pipeline.hpp"

#ifdef REJECT
void f(std::vector<int>& seen);
void f(std::vector<int>& seen) {
  for (const int n : numbers)
    seen.push_back(n);
}
#else
auto f();
auto f() {
  return list_map(numbers, [](Term<int> n) { return n; });
}
#endif
