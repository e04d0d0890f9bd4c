// random_value.cpp - fills a value of any type with whatever a seeded generator says.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "random_value.hpp"

#include "base/number.hpp"
#include "base/parts_of.hpp"

#include <bit>
#include <cstring>
#include <string>

namespace samples {
namespace {

using oche::Entry;
using oche::Shape;
using oche::Type;
using oche::detail::Temporary;

std::uint64_t any_below(Random& random, std::uint64_t limit) { return random() % limit; }

void fill_number(const Type& type, void* self, Random& random) {
  if (type.shape == Shape::real) {
    // Any bits at all, so also NaNs, infinities, denormals and minus zero.
    const std::uint64_t bits =
        any_below(random, 2) == 0
            ? random()
            : std::bit_cast<std::uint64_t>(double(any_below(random, 100)) / 8);
    if (type.width == 4) {
      const auto few = static_cast<std::uint32_t>(random());
      std::memcpy(self, &few, sizeof few);
    } else {
      std::memcpy(self, &bits, sizeof bits);
    }
    return;
  }
  std::uint64_t bits = any_below(random, 3) == 0 ? random() : any_below(random, 300) - 150;
  if (type.shape == Shape::boolean) bits &= 1U;
  std::memcpy(self, &bits, type.width);  // little-endian is enough for tests
}

std::string random_text(Random& random) {
  static constexpr const char* pieces[] = {"a",    "b", "lib", " ",  "\"", "\\", "\n", "\x01",
                                           "\x7f", "é", "漢",  "😀", ",",  "{",  "0",  "~/"};
  std::string text;
  for (std::uint64_t n = any_below(random, 6); n > 0; --n)
    text += pieces[any_below(random, std::size(pieces))];
  return text;
}

void fill_container(const Type& type, void* self, Random& random, int depth) {
  if (type.shape == Shape::list && type.push == nullptr) {  // std::array
    for (std::uint32_t i = 0; i < type.count; ++i)
      fill(*type.element, type.append(self, i), random, depth);
    return;
  }
  const std::uint64_t most = type.shape == Shape::optional ? 2 : depth > 4 ? 1 : 3;
  for (std::uint64_t n = any_below(random, most); n > 0; --n) {
    if (type.shape == Shape::table) {
      const Temporary key(*type.members[0].type);
      const Temporary value(*type.members[1].type);
      fill(*type.members[0].type, key.get(), random, depth);
      fill(*type.members[1].type, value.get(), random, depth);
      const Entry entry{key.get(), value.get()};
      type.push(self, &entry);
    } else {
      const Temporary element(*type.element);
      fill(*type.element, element.get(), random, depth);
      type.push(self, element.get());
    }
  }
}

}  // namespace

void fill(const Type& type, void* self, Random& random, int depth) {
  switch (type.shape) {
    case Shape::unit:
    case Shape::opaque:
      return;
    case Shape::boolean:
    case Shape::integer:
    case Shape::natural:
    case Shape::real:
    case Shape::choice:
    case Shape::duration:
    case Shape::instant:
      fill_number(oche::detail::number_of(type), self, random);
      return;
    case Shape::text:
      type.assign(self, random_text(random));
      return;
    case Shape::digest:
      for (std::uint32_t i = 0; i < type.size; ++i)
        static_cast<unsigned char*>(self)[i] = static_cast<unsigned char>(random());
      return;
    case Shape::optional:
    case Shape::list:
    case Shape::set:
    case Shape::table:
      fill_container(type, self, random, depth + 1);
      return;
    case Shape::product: {
      const oche::detail::MembersOfProduct members(type, self);
      for (std::uint32_t i = 0; i < type.count; ++i)
        // Members that keep their default take part too.
        if (any_below(random, 5) != 0) fill(*type.members[i].type, members[i], random, depth + 1);
      return;
    }
    case Shape::sum: {
      const std::size_t which = any_below(random, type.count);
      fill(*type.members[which].type, type.append(self, which), random, depth + 1);
      return;
    }
  }
}

}  // namespace samples
