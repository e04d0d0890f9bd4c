// describe.hpp - writes the table of a type.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/detail/containers.hpp>
#include <oche/base/detail/parts.hpp>

namespace oche::detail {

template <class T>
void construct(void* at) {
  ::new (at) T();
}
template <class T>
void copy(void* at, const void* from) {
  ::new (at) T(*static_cast<const T*>(from));
}
template <class T>
void destroy(void* self) noexcept {
  static_cast<T*>(self)->~T();
}
template <class T>
bool opaque_equal(const void* a, const void* b) {
  return static_cast<bool>(*static_cast<const T*>(a) == *static_cast<const T*>(b));
}

/// A container's copy constructor is declared even where its elements cannot be copied.
template <class T>
constexpr bool can_copy() {
  if constexpr (Container<T> && !std::is_const_v<T>)
    return can_copy<std::remove_cv_t<typename T::value_type>>();
  else
    return std::is_copy_constructible_v<T>;
}

template <class T>
constexpr Type bare(Shape shape) {
  Type t;
  t.shape = shape;
  t.size = sizeof(T);
  t.align = alignof(T);
  if constexpr (std::is_default_constructible_v<T>) t.construct = &construct<T>;
  if constexpr (can_copy<T>()) t.copy = &copy<T>;
  if constexpr (!std::is_trivially_destructible_v<T>) t.destroy = &destroy<T>;
  return t;
}

template <class T>
constexpr Type number() {
  constexpr bool is_character = std::same_as<T, char> || std::same_as<T, wchar_t>;
  Type t = bare<T>(std::is_same_v<T, bool>                ? Shape::boolean
                   : std::is_floating_point_v<T>          ? Shape::real
                   : std::is_signed_v<T> && !is_character ? Shape::integer
                                                          : Shape::natural);
  t.width = sizeof(T);
  return t;
}

template <class E>
constexpr Type choice() {
  Type t = bare<E>(Shape::choice);
  t.width = sizeof(E);
  t.element = &TypeOf<std::underlying_type_t<E>>::value;
  if constexpr (!std::same_as<std::remove_cv_t<decltype(value_names<E>)>, Unit>) {
    t.members = ValueNames<E>::table;
    t.count = ValueNames<E>::count;
  }
  return t;
}

template <class Parts, class T>
constexpr Type product() {
  Type t = bare<T>(Shape::product);
  t.is_named = Parts::is_named;
  t.count = Parts::count;
  t.members = Parts::table;
  t.addresses = &Parts::addresses;
  return t;
}

/// `T` need not be a variant itself: Result and Outcome answer the same questions.
template <class Parts, class T>
constexpr Type sum() {
  Type t = bare<T>(Shape::sum);
  t.is_named = Parts::is_named;
  t.count = Parts::count;
  t.members = Parts::table;
  t.index = &Parts::index;
  t.each = &Parts::each;
  t.append = &Parts::append;
  t.set = &Parts::set;
  return t;
}

template <class T>
constexpr Type text() {
  Type t = bare<T>(Shape::text);
  if constexpr (PathLike<T>) {
    t.text = [](const void* p) -> std::string_view { return static_cast<const T*>(p)->native(); };
    t.assign = [](void* p, std::string_view s) { *static_cast<T*>(p) = s; };
  } else {
    t.text = [](const void* p) {
      return std::string_view(static_cast<const T*>(p)->data(), static_cast<const T*>(p)->size());
    };
    t.assign = [](void* p, std::string_view s) { static_cast<T*>(p)->assign(s.data(), s.size()); };
  }
  return t;
}

template <class T>
constexpr Type time() {
  if constexpr (DurationLike<T>) {
    Type t = bare<T>(Shape::duration);
    t.num = T::period::num;
    t.den = T::period::den;
    t.element = &TypeOf<typename T::rep>::value;
    return t;
  } else {
    Type t = bare<T>(Shape::instant);
    t.element = &TypeOf<typename T::duration>::value;
    return t;
  }
}

template <class T>
constexpr Type opaque() {
  Type t = bare<T>(Shape::opaque);
  if constexpr (std::equality_comparable<T>) t.equal = &opaque_equal<T>;
  return t;
}

template <class T>
constexpr Type describe_shape() {
  if constexpr (own_reason<T> != NotRecord::none && !AdaptedStruct<T>)
    return opaque<T>();
  else if constexpr (std::same_as<T, Unit>)
    return bare<T>(Shape::unit);
  else if constexpr (std::is_enum_v<T>)
    return choice<T>();
  else if constexpr (std::is_arithmetic_v<T>)
    return number<T>();
  else if constexpr (AdaptedStruct<T>)
    return product<StructParts<T>, T>();
  else if constexpr (TextLike<T> || PathLike<T>)
    return text<T>();
  else if constexpr (DurationLike<T> || InstantLike<T>)
    return time<T>();
  else if constexpr (OptionalLike<T>)
    return optional<T>();
  else if constexpr (ArrayLike<T>)
    return array<T>();
  else if constexpr (TableLike<T>)
    return table<T>();
  else if constexpr (SetLike<T>)
    return set<T>();
  else if constexpr (ListLike<T>)
    return list<T>();
  else if constexpr (SumLike<T>)
    return sum<SumParts<T>, T>();
  else if constexpr (TupleLike<T>)
    return product<TupleParts<T, std::make_index_sequence<std::tuple_size_v<T>>>, T>();
  else
    return opaque<T>();
}

/// The table of T, as a constant.
template <class T>
constexpr Type describe() {
  Type t = describe_shape<T>();
  t.is_record = why_not_record<T>().reason == NotRecord::none;
  return t;
}

}  // namespace oche::detail
