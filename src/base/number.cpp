// number.cpp - read and write a number of any width through its table.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#include "base/number.hpp"

#include <cmath>
#include <cstring>
#include <limits>

namespace oche::detail {
namespace {

template <class N>
N load(const void* self) {
  N number;
  std::memcpy(&number, self, sizeof number);
  return number;
}

template <class N, class V>
void store(void* self, V value) {
  const auto number = static_cast<N>(value);
  std::memcpy(self, &number, sizeof number);
}

}  // namespace

const Type& number_of(const Type& type) {
  const Type* number = &type;
  while (number->shape == Shape::choice || number->shape == Shape::duration ||
         number->shape == Shape::instant)
    number = number->element;
  return *number;
}

std::int64_t load_integer(const Type& type, const void* self) {
  switch (type.width) {
    case 1:
      return load<std::int8_t>(self);
    case 2:
      return load<std::int16_t>(self);
    case 4:
      return load<std::int32_t>(self);
    default:
      return load<std::int64_t>(self);
  }
}

std::uint64_t load_natural(const Type& type, const void* self) {
  switch (type.width) {
    case 1:
      return load<std::uint8_t>(self);
    case 2:
      return load<std::uint16_t>(self);
    case 4:
      return load<std::uint32_t>(self);
    default:
      return load<std::uint64_t>(self);
  }
}

double load_real(const Type& type, const void* self) {
  const double value =
      type.width == sizeof(float) ? static_cast<double>(load<float>(self)) : load<double>(self);
  if (std::isnan(value)) return std::numeric_limits<double>::quiet_NaN();
  return value == 0 ? 0.0 : value;
}

std::int64_t lowest(const Type& type) {
  if (type.shape != Shape::integer) return 0;
  return std::numeric_limits<std::int64_t>::min() >> (64 - 8 * type.width);
}

std::uint64_t highest(const Type& type) {
  if (type.shape == Shape::boolean) return 1;
  const std::uint64_t all = std::numeric_limits<std::uint64_t>::max() >> (64 - 8 * type.width);
  return type.shape == Shape::integer ? all >> 1U : all;
}

bool store_integer(const Type& type, void* self, std::int64_t value) {
  if (value < 0 ? value < lowest(type) : static_cast<std::uint64_t>(value) > highest(type))
    return false;
  switch (type.width) {
    case 1:
      store<std::int8_t>(self, value);
      break;
    case 2:
      store<std::int16_t>(self, value);
      break;
    case 4:
      store<std::int32_t>(self, value);
      break;
    default:
      store<std::int64_t>(self, value);
  }
  return true;
}

bool store_natural(const Type& type, void* self, std::uint64_t value) {
  if (value > highest(type)) return false;
  switch (type.width) {
    case 1:
      store<std::uint8_t>(self, value);
      break;
    case 2:
      store<std::uint16_t>(self, value);
      break;
    case 4:
      store<std::uint32_t>(self, value);
      break;
    default:
      store<std::uint64_t>(self, value);
  }
  return true;
}

bool store_real(const Type& type, void* self, double value) {
  if (type.width != sizeof(float)) {
    store<double>(self, value);
    return true;
  }
  const bool fits = !std::isfinite(value) ||
                    std::abs(value) <= static_cast<double>(std::numeric_limits<float>::max());
  if (!fits) return false;
  const auto narrow = static_cast<float>(value);
  std::memcpy(self, &narrow, sizeof narrow);
  return std::isnan(value) || static_cast<double>(narrow) == value;
}

}  // namespace oche::detail
