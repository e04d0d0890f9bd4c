// random_value.hpp - fills a value of any type with whatever a seeded generator says.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/shape.hpp>

#include <random>

namespace samples {

using Random = std::mt19937_64;

/// `self` is a default-constructed value of `type`. Small values, and the extremes now and then.
void fill(const oche::Type& type, void* self, Random& random, int depth = 0);

}  // namespace samples
