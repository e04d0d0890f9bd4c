// heap.cpp - the least comes first, however values were put in.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/schedule/heap.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

using namespace oche::scheduling;

TEST_CASE("heap: values come in order, one by one or all at once", "[schedule][heap]") {
  std::mt19937 random(1);
  for (std::size_t size = 0; size < 100; ++size) {
    std::vector<unsigned> values(size);
    std::generate(values.begin(), values.end(),
                  [&] { return static_cast<unsigned>(random() % 60); });
    Heap<unsigned> pushed;
    for (const unsigned value : values)
      pushed.push(value);
    Heap<unsigned> assigned;
    assigned.push(1);
    assigned.assign(values);
    std::sort(values.begin(), values.end());
    for (Heap<unsigned>* heap : {&pushed, &assigned}) {
      REQUIRE(heap->size() == size);
      for (const unsigned value : values) {
        REQUIRE(heap->front() == value);
        heap->pop();
      }
      REQUIRE(heap->empty());
    }
  }
}
