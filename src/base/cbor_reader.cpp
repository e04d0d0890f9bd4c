// cbor_reader.cpp - reads CBOR's heads, shortest form only.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#include "base/cbor_reader.hpp"

#include <utility>

namespace oche::detail {

bool CborReader::fail(std::string problem) {
  if (problem_.empty()) problem_ = std::move(problem);
  return false;
}

bool CborReader::head(Major major, std::uint64_t& value, const char* what) {
  if (at_end()) return fail("the bytes end too early");
  const auto first = static_cast<unsigned char>(bytes_[at_]);
  if (first >> 5U != static_cast<unsigned>(major)) return fail(std::string("expected ") + what);
  const unsigned low = first & 31U;
  if (low < 24) {
    value = low;
    ++at_;
    return true;
  }
  if (low > 27) return fail("a length or number of no known form");
  const std::size_t wide = std::size_t{1} << (low - 24);
  if (bytes_.size() - at_ - 1 < wide) return fail("the bytes end too early");
  value = 0;
  for (std::size_t i = 1; i <= wide; ++i)
    value = value << 8U | static_cast<unsigned char>(bytes_[at_ + i]);
  // One value has one form: the shortest.
  const std::uint64_t least = wide == 1 ? 24 : std::uint64_t{1} << (4 * wide);
  if (value < least) return fail("a length or number that is longer than need be");
  at_ += 1 + wide;
  return true;
}

bool CborReader::natural(std::uint64_t& value) {
  return head(Major::natural, value, "a natural number");
}

bool CborReader::whole(bool& negative, std::uint64_t& value) {
  negative = !at_end() && static_cast<unsigned char>(bytes_[at_]) >> 5U == 1;
  return head(negative ? Major::negative : Major::natural, value, "a whole number");
}

bool CborReader::real(std::uint64_t& bits) {
  if (!next_is(real_head)) return fail(at_end() ? "the bytes end too early" : "expected a real");
  if (bytes_.size() - at_ < 9) return fail("the bytes end too early");
  bits = 0;
  for (std::size_t i = 1; i <= 8; ++i)
    bits = bits << 8U | static_cast<unsigned char>(bytes_[at_ + i]);
  at_ += 9;
  return true;
}

bool CborReader::string(Major major, std::string_view& value) {
  const std::size_t start = at_;
  std::uint64_t size = 0;
  if (!head(major, size, major == Major::text ? "a name" : "text")) return false;
  if (size > bytes_.size() - at_) {
    at_ = start;
    return fail("a text that is longer than the bytes that are left");
  }
  value = bytes_.substr(at_, size);
  at_ += size;
  return true;
}

bool CborReader::length(Major major, std::uint64_t& count) {
  const std::size_t start = at_;
  if (!head(major, count, major == Major::map ? "a record" : "a list")) return false;
  // Each element takes a byte at least, so a false length cannot make anybody allocate much.
  if (count <= bytes_.size() - at_) return true;
  at_ = start;
  return fail("more elements than there are bytes left");
}

bool CborReader::fixed_list(std::uint64_t count) {
  const std::size_t start = at_;
  std::uint64_t found = 0;
  if (!length(Major::list, found)) return false;
  if (found == count) return true;
  at_ = start;
  return fail("a list of " + std::to_string(found) + " where " + std::to_string(count) +
              " were expected");
}

bool CborReader::byte(char expected, const char* what) {
  if (next_is(expected)) {
    ++at_;
    return true;
  }
  return fail(at_end() ? "the bytes end too early" : std::string("expected ") + what);
}

bool CborReader::skip_name(std::string_view name) {
  CborReader probe = *this;
  std::string_view found;
  if (!probe.string(Major::text, found) || found != name) return false;
  at_ = probe.at_;
  return true;
}

}  // namespace oche::detail
