// record.hpp - encode, compare, digest, print and read any record.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/digest.hpp>
#include <oche/base/outcome.hpp>

namespace oche {
namespace detail {

// The same for values whose type is known only by its table. `self` points to a value of `type`.

/// Appends. Requires: type.is_record. Fails: an Error, if not.
void encode(const Type& type, const void* self, std::string& out);
/// Fills a default-constructed value. Fails: says where; `self` is then valid, its content
/// anything.
[[nodiscard]] Result<> decode(const Type& type, void* self, std::string_view bytes);
[[nodiscard]] Digest digest(const Type& type, const void* self);
/// Appends one line without spaces.
void write_json(const Type& type, const void* self, std::string& out);
/// Fills a default-constructed value.
[[nodiscard]] Result<> read_json(const Type& type, void* self, std::string_view text);
/// Appends. An opaque value prints as `(opaque)`.
void print(const Type& type, const void* self, std::string& out);
/// Equal by structure; opaque parts by their own `==`, and never if they have none.
[[nodiscard]] bool equal(const Type& type, const void* a, const void* b);
/// Equal values have equal hashes. Another process may give others. Opaque parts count as nothing.
[[nodiscard]] std::size_t hash(const Type& type, const void* self);

}  // namespace detail

/// The canonical bytes of a value: equal values have equal bytes, on every machine.
/// Source: docs/encoding.md.
template <Record T>
[[nodiscard]] std::string encode(const T& value) {
  std::string out;
  detail::encode(type_of<T>, &value, out);
  return out;
}

/// The value of canonical bytes; anything but exactly what `encode` writes is a failure that says
/// at which byte.
template <Record T>
[[nodiscard]] Result<T> decode(std::string_view bytes) {
  T value{};
  if (Result<> read = detail::decode(type_of<T>, &value, bytes); !read) return read.failure();
  return value;
}

/// The SHA-256 of the canonical bytes.
template <Record T>
[[nodiscard]] Digest digest(const T& value) {
  return detail::digest(type_of<T>, &value);
}

/// One line of valid JSON.
template <Record T>
[[nodiscard]] std::string to_json(const T& value) {
  std::string out;
  detail::write_json(type_of<T>, &value, out);
  return out;
}

/// The value of a JSON text. Members must be there unless they are optional or declared as added;
/// unknown ones are refused.
///
/// Fails: `at 3:14 (/cases/2/name): expected text, got number`.
template <Record T>
[[nodiscard]] Result<T> from_json(std::string_view text) {
  T value{};
  if (Result<> read = detail::read_json(type_of<T>, &value, text); !read) return read.failure();
  return value;
}

/// A text for people: strings as they are, records as `{name: x, size: 3}`.
template <Record T>
[[nodiscard]] std::string print(const T& value) {
  std::string out;
  detail::print(type_of<T>, &value, out);
  return out;
}

template <Record T>
[[nodiscard]] bool equal(const T& a, const T& b) {
  return detail::equal(type_of<T>, &a, &b);
}

template <Record T>
[[nodiscard]] std::size_t hash(const T& value) {
  return detail::hash(type_of<T>, &value);
}

}  // namespace oche
