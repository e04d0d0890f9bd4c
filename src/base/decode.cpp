// decode.cpp - the value of canonical bytes; accepts exactly what encode.cpp writes.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#include "base/cbor_reader.hpp"
#include "base/number.hpp"
#include "base/parts_of.hpp"
#include <oche/base/record.hpp>

#include <fmt/format.h>

#include <bit>
#include <cstring>
#include <limits>

namespace oche::detail {
namespace {

// Goal: whatever is accepted encodes to the same bytes again, and nothing that is read can crash,
// loop, or allocate more than a small multiple of the bytes given. So: lengths are checked against
// what is left, orders against the piece before, nesting against `deepest`.
class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : in_(bytes) {}

  bool read(const Type& type, void* self) {
    if (++depth_ > deepest) return in_.fail("nested too deeply");
    if (type.clear) type.clear(self);  // a member's default may hold something
    const bool good = read_shape(type, self);
    --depth_;
    return good;
  }
  bool read_end() { return in_.at_end() || in_.fail("more bytes than the value needs"); }
  [[nodiscard]] const CborReader& in() const { return in_; }

 private:
  bool read_shape(const Type& type, void* self);
  bool read_number(const Type& type, void* self);
  bool read_text(const Type& type, void* self);
  bool read_digest(const Type& type, void* self);
  bool read_duration(const Type& type, void* self);
  bool read_optional(const Type& type, void* self);
  bool read_list(const Type& type, void* self);
  bool read_set(const Type& type, void* self);
  bool read_table(const Type& type, void* self);
  bool read_tuple(const Type& type, void* self);
  bool read_struct(const Type& type, void* self);
  bool read_sum(const Type& type, void* self);

  CborReader in_;
  int depth_ = 0;
};

bool Decoder::read_number(const Type& type, void* self) {
  if (type.shape == Shape::real) {
    std::uint64_t bits = 0;
    if (!in_.real(bits)) return false;
    const auto value = std::bit_cast<double>(bits);
    if (!store_real(type, self, value)) return in_.fail("the number does not fit a float");
    if (std::bit_cast<std::uint64_t>(load_real(type, self)) != bits)
      return in_.fail("not the canonical form of this number");
    return true;
  }
  bool negative = false;
  std::uint64_t value = 0;
  if (!in_.whole(negative, value)) return false;
  constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
  if (type.shape == Shape::integer
          ? value <= most && store_integer(type, self,
                                           negative ? ~static_cast<std::int64_t>(value)
                                                    : static_cast<std::int64_t>(value))
          : !negative && store_natural(type, self, value))
    return true;
  return in_.fail("the number does not fit its type");
}

bool Decoder::read_text(const Type& type, void* self) {
  std::string_view text;
  if (!in_.string(Major::bytes, text)) return false;
  type.assign(self, text);
  return true;
}

bool Decoder::read_digest(const Type& type, void* self) {
  std::string_view bytes;
  if (!in_.string(Major::bytes, bytes)) return false;
  if (bytes.size() != type.size) return in_.fail("a digest has 32 bytes");
  std::memcpy(self, bytes.data(), bytes.size());
  return true;
}

bool Decoder::read_duration(const Type& type, void* self) {
  std::uint64_t num = 0;
  std::uint64_t den = 0;
  if (!in_.fixed_list(3) || !read_number(number_of(type), self) || !in_.natural(num) ||
      !in_.natural(den))
    return false;
  return (num == static_cast<std::uint64_t>(type.num) &&
          den == static_cast<std::uint64_t>(type.den)) ||
         in_.fail("a duration in another unit");
}

bool Decoder::read_optional(const Type& type, void* self) {
  std::uint64_t count = 0;
  if (!in_.length(Major::list, count)) return false;
  if (count == 0) return true;
  if (count > 1) return in_.fail("more than one value in an optional");
  if (type.append) return read(*type.element, type.append(self, 0));
  const Temporary element(*type.element);
  if (!read(*type.element, element.get())) return false;
  type.push(self, element.get());
  return true;
}

bool Decoder::read_list(const Type& type, void* self) {
  std::uint64_t count = 0;
  if (!in_.length(Major::list, count)) return false;
  const bool is_array = type.push == nullptr;
  if (is_array && count != type.count) return in_.fail("not as many elements as the array has");
  for (std::uint64_t i = 0; i < count; ++i) {
    if (type.append) {
      if (!read(*type.element, type.append(self, i))) return false;
    } else {
      const Temporary element(*type.element);
      if (!read(*type.element, element.get())) return false;
      type.push(self, element.get());
    }
  }
  return true;
}

bool Decoder::read_set(const Type& type, void* self) {
  std::uint64_t count = 0;
  if (!in_.length(Major::list, count)) return false;
  std::string_view before;
  for (std::uint64_t i = 0; i < count; ++i) {
    const Temporary element(*type.element);
    const std::size_t start = in_.at();
    if (!read(*type.element, element.get())) return false;
    const std::string_view piece = in_.since(start);
    if (i > 0 && piece < before) return in_.fail("elements of a set out of order");
    before = piece;
    type.push(self, element.get());
    if (type.index(self) != i + 1) return in_.fail("an element of a set twice");
  }
  return true;
}

bool Decoder::read_table(const Type& type, void* self) {
  std::uint64_t count = 0;
  if (!in_.length(Major::list, count)) return false;
  std::string_view before;
  for (std::uint64_t i = 0; i < count; ++i) {
    const Temporary key(*type.members[0].type);
    const Temporary value(*type.members[1].type);
    const std::size_t start = in_.at();
    if (!in_.fixed_list(2) || !read(*type.members[0].type, key.get()) ||
        !read(*type.members[1].type, value.get()))
      return false;
    const std::string_view piece = in_.since(start);
    if (i > 0 && piece < before) return in_.fail("entries of a map out of order");
    before = piece;
    const Entry entry{key.get(), value.get()};
    type.push(self, &entry);
    if (type.index(self) != i + 1) return in_.fail("a key of a map twice");
  }
  return true;
}

bool Decoder::read_tuple(const Type& type, void* self) {
  if (!in_.fixed_list(type.count)) return false;
  const MembersOfProduct members(type, self);
  for (std::uint32_t i = 0; i < type.count; ++i)
    if (!read(*type.members[i].type, members[i])) return false;
  return true;
}

bool Decoder::read_struct(const Type& type, void* self) {
  std::uint64_t present = 0;
  if (!in_.length(Major::map, present)) return false;
  const MembersOfProduct members(type, self);
  for (std::uint32_t i = 0; i < type.count; ++i) {
    const Member& member = type.members[i];
    if (present == 0 || !in_.skip_name(member.name)) {
      if (member.added) continue;
      return in_.fail(fmt::format("the member {} is missing", member.name));
    }
    --present;
    if (!read(*member.type, members[i])) return false;
    if (member.added) {
      const Temporary usual(type);
      if (equal(*member.type, members[i], MembersOfProduct(type, usual.get())[i]))
        return in_.fail(fmt::format("the member {} has its default and is there", member.name));
    }
  }
  return present == 0 || in_.fail("a member that the record does not have");
}

bool Decoder::read_sum(const Type& type, void* self) {
  if (!in_.fixed_list(2)) return false;
  std::uint64_t which = 0;
  if (type.is_named) {
    while (which < type.count && !in_.skip_name(type.members[which].name))
      ++which;
  } else if (!in_.natural(which)) {
    return false;
  }
  if (which >= type.count) return in_.fail("an alternative that the variant does not have");
  return read(*type.members[which].type, type.append(self, which));
}

bool Decoder::read_shape(const Type& type, void* self) {
  switch (type.shape) {
    case Shape::unit:
      return in_.byte(null_head, "nothing");
    case Shape::boolean: {
      const bool value = in_.next_is(true_head);
      return in_.byte(value ? true_head : false_head, "a boolean") &&
             store_natural(type, self, value ? 1 : 0);
    }
    case Shape::integer:
    case Shape::natural:
    case Shape::real:
      return read_number(type, self);
    case Shape::choice:
      return read_number(number_of(type), self);
    case Shape::text:
      return read_text(type, self);
    case Shape::duration:
      return read_duration(type, self);
    case Shape::instant:
      return read_duration(*type.element, self);
    case Shape::optional:
      return read_optional(type, self);
    case Shape::list:
      return read_list(type, self);
    case Shape::set:
      return read_set(type, self);
    case Shape::table:
      return read_table(type, self);
    case Shape::product:
      return type.is_named ? read_struct(type, self) : read_tuple(type, self);
    case Shape::sum:
      return read_sum(type, self);
    case Shape::digest:
      return read_digest(type, self);
    case Shape::opaque:
      break;
  }
  return in_.fail("the type is no record");
}

}  // namespace

Result<> decode(const Type& type, void* self, std::string_view bytes) {
  Decoder decoder(bytes);
  if (decoder.read(type, self) && decoder.read_end()) return Unit{};
  return Failure{fmt::format("at byte {}: {}", decoder.in().at(), decoder.in().problem())};
}

}  // namespace oche::detail
