// elements.cpp - the elements of a list by their place, and what two lists have in common.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#include "base/elements.hpp"

#include "base/number.hpp"
#include "base/parts_of.hpp"
#include <oche/base/record.hpp>

#include <algorithm>
#include <cstring>

namespace oche::detail {
namespace {

/// True if elements are equal when their bytes are. Reals are not so: see load_real.
bool is_compared_by_bytes(const Type& element) {
  switch (number_of(element).shape) {
    case Shape::boolean:
    case Shape::integer:
    case Shape::natural:
      return true;
    default:
      return element.shape == Shape::digest;
  }
}

constexpr std::size_t bytes_at_once = 4096;  // bytes that are compared at once

/// How many of `most` elements of `size` bytes are equal from `a` and `b` on.
std::size_t equal_bytes_after(const char* a, const char* b, std::size_t size, std::size_t most) {
  const std::size_t step = std::max<std::size_t>(1, bytes_at_once / size);
  std::size_t count = 0;
  while (count < most) {
    const std::size_t next = std::min(step, most - count);
    if (std::memcmp(a + count * size, b + count * size, next * size) != 0) break;
    count += next;
  }
  while (count < most && std::memcmp(a + count * size, b + count * size, size) == 0)
    ++count;
  return count;
}

/// The same backwards: `a` and `b` are the ends.
std::size_t equal_bytes_before(const char* a, const char* b, std::size_t size, std::size_t most) {
  const std::size_t step = std::max<std::size_t>(1, bytes_at_once / size);
  std::size_t count = 0;
  while (count < most) {
    const std::size_t next = std::min(step, most - count);
    const std::size_t back = (count + next) * size;
    if (std::memcmp(a - back, b - back, next * size) != 0) break;
    count += next;
  }
  while (count < most && std::memcmp(a - (count + 1) * size, b - (count + 1) * size, size) == 0)
    ++count;
  return count;
}

}  // namespace

Elements::Elements(const Type& type, const void* self) : size_(type.index(self)) {
  if (type.data != nullptr) {
    first_ = static_cast<const char*>(type.data(self));
    stride_ = type.element->size;
    return;
  }
  places_.reserve(size_);
  for_each_part(type, self, [this](const void* part) { places_.push_back(part); });
}

std::size_t equal_at_start(const Type& element, const Elements& a, const Elements& b) {
  const std::size_t most = std::min(a.size(), b.size());
  if (most == 0) return 0;
  const char* const first = a.from(0);
  const char* const second = b.from(0);
  if (first != nullptr && second != nullptr && is_compared_by_bytes(element))
    return equal_bytes_after(first, second, element.size, most);
  std::size_t count = 0;
  while (count < most && equal(element, a[count], b[count]))
    ++count;
  return count;
}

std::size_t equal_at_end(const Type& element, const Elements& a, const Elements& b,
                         std::size_t most) {
  most = std::min({most, a.size(), b.size()});
  if (most == 0) return 0;
  const char* const first = a.from(a.size());
  const char* const second = b.from(b.size());
  if (first != nullptr && second != nullptr && is_compared_by_bytes(element))
    return equal_bytes_before(first, second, element.size, most);
  std::size_t count = 0;
  while (count < most) {
    const void* const one = a[a.size() - 1 - count];
    const void* const other = b[b.size() - 1 - count];
    if (!equal(element, one, other)) break;
    ++count;
  }
  return count;
}

}  // namespace oche::detail
