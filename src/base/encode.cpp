// encode.cpp - the canonical bytes of a value: CBOR, as docs/encoding.md narrows it.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#include "base/cbor.hpp"
#include "base/number.hpp"
#include "base/parts_of.hpp"
#include <oche/base/record.hpp>

#include <algorithm>
#include <bit>

namespace oche::detail {
namespace {

void put_big_endian(std::string& out, std::uint64_t value, unsigned bytes) {
  char text[8];
  for (unsigned i = 0; i < bytes; ++i)
    text[i] = static_cast<char>(value >> (8 * (bytes - 1 - i)));
  out.append(text, bytes);
}

void put_head(std::string& out, Major major, std::uint64_t value) {
  const auto first = static_cast<unsigned>(major) << 5U;
  const auto head = [&](unsigned low) { out.push_back(static_cast<char>(first | low)); };
  if (value < 24) return head(static_cast<unsigned>(value));
  const unsigned size = value <= 0xff ? 0 : value <= 0xffff ? 1 : value <= 0xffff'ffff ? 2 : 3;
  head(24 + size);
  put_big_endian(out, value, 1U << size);
}

void put_name(std::string& out, std::string_view name) {
  put_head(out, Major::text, name.size());
  out += name;
}

void put_number(const Type& type, const void* self, std::string& out) {
  if (type.shape == Shape::real) {
    out.push_back(real_head);
    put_big_endian(out, std::bit_cast<std::uint64_t>(load_real(type, self)), 8);
  } else if (type.shape == Shape::integer) {
    const std::int64_t value = load_integer(type, self);
    // -1 - value, which cannot overflow when written as a complement.
    if (value < 0)
      put_head(out, Major::negative, ~static_cast<std::uint64_t>(value));
    else
      put_head(out, Major::natural, static_cast<std::uint64_t>(value));
  } else {
    put_head(out, Major::natural, load_natural(type, self));
  }
}

void put_duration(const Type& type, const void* self, std::string& out) {
  put_head(out, Major::list, 3);
  put_number(number_of(type), self, out);
  put_head(out, Major::natural, static_cast<std::uint64_t>(type.num));
  put_head(out, Major::natural, static_cast<std::uint64_t>(type.den));
}

/// Puts what stands after `start` into order; `ends` says where each piece ends.
void sort_pieces(std::string& out, std::size_t start, const std::vector<std::size_t>& ends) {
  std::vector<std::string_view> pieces;
  std::size_t from = start;
  for (const std::size_t end : ends) {
    pieces.push_back(std::string_view(out).substr(from, end - from));
    from = end;
  }
  if (std::is_sorted(pieces.begin(), pieces.end())) return;
  std::sort(pieces.begin(), pieces.end());
  std::string sorted;
  sorted.reserve(out.size() - start);
  for (const std::string_view piece : pieces)
    sorted += piece;
  out.replace(start, std::string::npos, sorted);
}

void put_set(const Type& type, const void* self, std::string& out) {
  put_head(out, Major::list, type.index(self));
  const std::size_t start = out.size();
  std::vector<std::size_t> ends;
  for_each_part(type, self, [&](const void* part) {
    if (type.shape == Shape::table) {
      const auto& entry = *static_cast<const Entry*>(part);
      put_head(out, Major::list, 2);
      encode(*type.members[0].type, entry.key, out);
      encode(*type.members[1].type, entry.value, out);
    } else {
      encode(*type.element, part, out);
    }
    ends.push_back(out.size());
  });
  sort_pieces(out, start, ends);
}

void put_member(const Member& member, const void* self, std::string& out) {
  put_name(out, member.name);
  encode(*member.type, self, out);
}

/// Leaves out what was added later and has its default.
void put_grown_struct(const Type& type, const MembersOfProduct& members, std::string& out) {
  const Temporary usual(type);
  const MembersOfProduct defaults(type, usual.get());
  std::vector<std::uint32_t> present;
  for (std::uint32_t i = 0; i < type.count; ++i) {
    const Member& member = type.members[i];
    if (!member.added || !equal(*member.type, members[i], defaults[i])) present.push_back(i);
  }
  put_head(out, Major::map, present.size());
  for (const std::uint32_t i : present)
    put_member(type.members[i], members[i], out);
}

void put_struct(const Type& type, const MembersOfProduct& members, std::string& out) {
  if (has_added_members(type)) return put_grown_struct(type, members, out);
  put_head(out, Major::map, type.count);
  for (std::uint32_t i = 0; i < type.count; ++i)
    put_member(type.members[i], members[i], out);
}

void put_product(const Type& type, const void* self, std::string& out) {
  const MembersOfProduct members(type, self);
  if (type.is_named) return put_struct(type, members, out);
  put_head(out, Major::list, type.count);
  for (std::uint32_t i = 0; i < type.count; ++i)
    encode(*type.members[i].type, members[i], out);
}

void put_sum(const Type& type, const void* self, std::string& out) {
  const std::size_t which = type.index(self);
  if (which >= type.count)
    throw Error("a variant that lost its value to an exception cannot be encoded");
  put_head(out, Major::list, 2);
  if (type.is_named)
    put_name(out, type.members[which].name);
  else
    put_head(out, Major::natural, which);
  for_each_part(type, self,
                [&](const void* part) { encode(*type.members[which].type, part, out); });
}

}  // namespace

void encode(const Type& type, const void* self, std::string& out) {
  switch (type.shape) {
    case Shape::unit:
      out.push_back(null_head);
      return;
    case Shape::boolean:
      out.push_back(load_natural(type, self) != 0 ? true_head : false_head);
      return;
    case Shape::integer:
    case Shape::natural:
    case Shape::real:
      put_number(type, self, out);
      return;
    case Shape::choice:
      put_number(number_of(type), self, out);
      return;
    case Shape::text: {
      const std::string_view text = type.text(self);
      put_head(out, Major::bytes, text.size());
      out += text;
      return;
    }
    case Shape::duration:
      put_duration(type, self, out);
      return;
    case Shape::instant:
      put_duration(*type.element, self, out);
      return;
    case Shape::optional:
    case Shape::list:
      put_head(out, Major::list, type.index(self));
      for_each_part(type, self, [&](const void* part) { encode(*type.element, part, out); });
      return;
    case Shape::set:
    case Shape::table:
      put_set(type, self, out);
      return;
    case Shape::product:
      put_product(type, self, out);
      return;
    case Shape::sum:
      put_sum(type, self, out);
      return;
    case Shape::digest:
      put_head(out, Major::bytes, type.size);
      out.append(static_cast<const char*>(self), type.size);
      return;
    case Shape::opaque:
      break;
  }
  throw Error("a value that is no record cannot be encoded");
}

Digest digest(const Type& type, const void* self) {
  std::string bytes;
  encode(type, self, bytes);
  return sha256(bytes);
}

}  // namespace oche::detail
