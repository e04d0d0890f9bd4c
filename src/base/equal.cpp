// equal.cpp - equality and hashes by structure.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#include "base/elements.hpp"
#include "base/number.hpp"
#include "base/parts_of.hpp"
#include <oche/base/record.hpp>

#include <bit>
#include <cstring>

namespace oche::detail {
namespace {

bool equal_numbers(const Type& type, const void* a, const void* b) {
  // Reals by their bits: NaN equals NaN here, as its encoding does.
  if (type.shape == Shape::real)
    return std::bit_cast<std::uint64_t>(load_real(type, a)) ==
           std::bit_cast<std::uint64_t>(load_real(type, b));
  switch (type.width) {
    case sizeof(std::uint32_t):
      return std::memcmp(a, b, sizeof(std::uint32_t)) == 0;
    case sizeof(std::uint64_t):
      return std::memcmp(a, b, sizeof(std::uint64_t)) == 0;
    default:
      return std::memcmp(a, b, type.width) == 0;
  }
}

bool equal_parts(const Type& type, const Type& element, const void* a, const void* b) {
  const Parts first(type, a);
  const Parts second(type, b);
  if (first.size() != second.size()) return false;
  for (std::size_t i = 0; i < first.size(); ++i)
    if (!equal(element, first[i], second[i])) return false;
  return true;
}

bool equal_side_by_side(const Type& type, const void* a, const void* b) {
  const std::size_t size = type.index(a);
  if (size != type.index(b)) return false;
  return equal_at_start(*type.element, Elements(type, a), Elements(type, b)) == size;
}

bool equal_sets(const Type& type, const void* a, const void* b) {
  if (type.index(a) != type.index(b)) return false;
  // Two sets may walk through equal elements in different orders; their encodings cannot.
  if (type.is_record) {
    std::string first;
    std::string second;
    encode(type, a, first);
    encode(type, b, second);
    return first == second;
  }
  if (type.shape == Shape::set) return equal_parts(type, *type.element, a, b);
  const std::vector<Entry> first = entries_of(type, a);
  const std::vector<Entry> second = entries_of(type, b);
  for (std::size_t i = 0; i < first.size(); ++i)
    if (!equal(*type.members[0].type, first[i].key, second[i].key) ||
        !equal(*type.members[1].type, first[i].value, second[i].value))
      return false;
  return true;
}

bool equal_products(const Type& type, const void* a, const void* b) {
  const MembersOfProduct first(type, a);
  const MembersOfProduct second(type, b);
  for (std::uint32_t i = 0; i < type.count; ++i)
    if (!equal(*type.members[i].type, first[i], second[i])) return false;
  return true;
}

std::size_t mix(std::size_t hash, std::size_t more) {
  // The golden ratio spreads small numbers over all bits.
  return (std::rotl(hash, 5) ^ more) * std::size_t{0x9e37'79b9'7f4a'7c15};
}

std::size_t hash_number(const Type& type, const void* self) {
  const std::uint64_t bits = type.shape == Shape::real
                                 ? std::bit_cast<std::uint64_t>(load_real(type, self))
                                 : load_natural(type, self);
  return mix(0, static_cast<std::size_t>(bits));
}

std::size_t hash_set(const Type& type, const void* self) {
  std::size_t sum = type.index(self);
  // A sum does not depend on the order.
  for_each_part(type, self, [&](const void* part) {
    if (type.shape == Shape::set) {
      sum += hash(*type.element, part);
    } else {
      const auto& entry = *static_cast<const Entry*>(part);
      sum += mix(hash(*type.members[0].type, entry.key), hash(*type.members[1].type, entry.value));
    }
  });
  return sum;
}

std::size_t hash_product(const Type& type, const void* self) {
  const MembersOfProduct members(type, self);
  std::size_t sum = type.count;
  for (std::uint32_t i = 0; i < type.count; ++i)
    sum = mix(sum, hash(*type.members[i].type, members[i]));
  return sum;
}

}  // namespace

bool equal(const Type& type, const void* a, const void* b) {
  switch (type.shape) {
    case Shape::unit:
      return true;
    case Shape::boolean:
    case Shape::integer:
    case Shape::natural:
    case Shape::real:
    case Shape::choice:
    case Shape::duration:
    case Shape::instant:
      return equal_numbers(number_of(type), a, b);
    case Shape::text:
      return type.text(a) == type.text(b);
    case Shape::list:
      if (type.data != nullptr) return equal_side_by_side(type, a, b);
      [[fallthrough]];
    case Shape::optional:
      return type.index(a) == type.index(b) && equal_parts(type, *type.element, a, b);
    case Shape::set:
    case Shape::table:
      return equal_sets(type, a, b);
    case Shape::product:
      return equal_products(type, a, b);
    case Shape::sum: {
      const std::size_t which = type.index(a);
      if (which != type.index(b)) return false;
      return which >= type.count || equal_parts(type, *type.members[which].type, a, b);
    }
    case Shape::digest:
      return std::memcmp(a, b, type.size) == 0;
    case Shape::opaque:
      return type.equal != nullptr && type.equal(a, b);
  }
  return false;
}

std::size_t hash(const Type& type, const void* self) {
  switch (type.shape) {
    case Shape::unit:
    case Shape::opaque:
      return 0;
    case Shape::boolean:
    case Shape::integer:
    case Shape::natural:
    case Shape::real:
    case Shape::choice:
    case Shape::duration:
    case Shape::instant:
      return hash_number(number_of(type), self);
    case Shape::text:
      return std::hash<std::string_view>()(type.text(self));
    case Shape::digest:
      return std::hash<std::string_view>()({static_cast<const char*>(self), type.size});
    case Shape::optional:
    case Shape::list: {
      std::size_t sum = type.index(self);
      for_each_part(type, self,
                    [&](const void* part) { sum = mix(sum, hash(*type.element, part)); });
      return sum;
    }
    case Shape::set:
    case Shape::table:
      return hash_set(type, self);
    case Shape::product:
      return hash_product(type, self);
    case Shape::sum: {
      const std::size_t which = type.index(self);
      std::size_t sum = which;
      for_each_part(type, self, [&](const void* part) {
        sum = mix(sum, hash(*type.members[which].type, part));
      });
      return sum;
    }
  }
  return 0;
}

}  // namespace oche::detail
