// shape.hpp - the families of types, and the table that describes one type at run time.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace oche {

/// The value of a term that only succeeds or fails.
struct Unit {
  friend constexpr bool operator==(Unit, Unit) = default;
};

/// The families of types that the encoding knows; see docs/encoding.md.
enum class Shape : std::uint8_t {
  unit,
  boolean,
  integer,  ///< signed
  natural,  ///< unsigned, and characters
  real,
  text,    ///< std::string, std::filesystem::path
  choice,  ///< an enum
  duration,
  instant,  ///< a time point of the system clock
  optional,
  list,     ///< vector, list, deque, array: in order
  set,      ///< ordered or not, encoded in the order of the encoded elements
  table,    ///< maps, likewise
  product,  ///< a struct, a pair or a tuple
  sum,      ///< a variant
  digest,   ///< 32 bytes, shown as hexadecimal digits
  opaque,   ///< no record: can be handed on by `map`, but not keyed, stored or shown
};

struct Type;

/// One member of a product, one alternative of a sum, or one named value of a choice.
struct Member {
  const char* name = "";       ///< empty in tuples and plain variants
  const Type* type = nullptr;  ///< null in choices
  bool added = false;          ///< left out of the encoding while equal to its default
};

/// One entry of a table, as `Type::each` shows it and `Type::push` takes it.
struct Entry {
  const void* key = nullptr;
  const void* value = nullptr;
};

/// Everything that encoding, printing, parsing and comparing need; interpreted in src/base.
///
/// Functions that a shape has no use for are null. `self` points to a value of the type.
struct Type {
  using Visit = void (*)(void* context, const void* part);

  Shape shape = Shape::opaque;
  bool is_named = false;    ///< products and sums with names; tables that JSON shows as an object
  bool is_record = false;   ///< may be encoded; false as soon as anything inside is opaque
  std::uint8_t width = 0;   ///< bytes of a number
  std::uint32_t size = 0;   ///< sizeof
  std::uint32_t align = 1;  ///< alignof
  std::uint32_t count = 0;  ///< members, alternatives, named values; or an array's length
  std::int64_t num = 1;     ///< duration: seconds a tick, as a fraction
  std::int64_t den = 1;
  const Member* members = nullptr;
  const Type* element = nullptr;  ///< of an optional, list or set; a choice's or duration's number

  void (*construct)(void* at) = nullptr;  ///< default
  void (*copy)(void* at, const void* from) = nullptr;
  void (*destroy)(void* self) noexcept = nullptr;  ///< null: nothing to do
  /// Products: the address of every member.
  void (*addresses)(void* self, void** out) = nullptr;
  /// Optionals, lists, sets, sums: each part. Tables: an `Entry` for each.
  void (*each)(const void* self, Visit visit, void* context) = nullptr;
  /// Containers: how many. Sums: which.
  std::size_t (*index)(const void* self) = nullptr;
  /// Lists whose elements lie side by side: where the first one lies. Null for other lists.
  const void* (*data)(const void* self) = nullptr;
  /// Optionals and containers but arrays: becomes empty.
  void (*clear)(void* self) = nullptr;
  /// Optionals, lists, sets: appends a copy of the element. Tables: of what the `Entry` points to.
  void (*push)(void* self, const void* part) = nullptr;
  /// Optionals and lists: appends a default element and gives its address (arrays: element
  /// `which`). Sums: becomes the default of alternative `which`.
  void* (*append)(void* self, std::size_t which) = nullptr;
  /// Sums: becomes a copy of `part`, as alternative `which`.
  void (*set)(void* self, std::size_t which, const void* part) = nullptr;
  std::string_view (*text)(const void* self) = nullptr;
  void (*assign)(void* self, std::string_view text) = nullptr;
  /// Opaque only; null: no two are equal.
  bool (*equal)(const void* a, const void* b) = nullptr;
};

/// Names of an enum's values, counted from 0: JSON and printing use them, the encoding does not.
///
///     template <> inline constexpr auto oche::value_names<Colour> = std::array{"red", "green"};
template <class E>
inline constexpr Unit value_names = {};

/// Members that came later: an old stored value without them can still be read, and a value that
/// has their default still has its old digest. The default is what `T{}` has there.
///
///     template <> inline constexpr auto oche::added_members<Wheel> = std::array{"platform"};
template <class T>
inline constexpr Unit added_members = {};

/// True for a type whose table is made elsewhere: its `TypeOf<T>` is specialised.
template <class T>
inline constexpr bool has_table = false;

/// The table of T is `TypeOf<T>::value`.
template <class T>
struct TypeOf {
  static const Type value;
};

}  // namespace oche
