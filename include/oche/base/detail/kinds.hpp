// kinds.hpp - which family of types a type belongs to, told by what it can do.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/hana/accessors.hpp>
#include <boost/hana/adapt_struct.hpp>
#include <boost/hana/define_struct.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

// Concepts that look at members spare every user <optional>, <variant>, <map>, <chrono> and
// <filesystem>: a type can only be used by somebody who has included its header already.
namespace oche::detail {

template <class...>
inline constexpr bool never = false;

template <class T>
concept AdaptedStruct = std::is_class_v<T> && boost::hana::Struct<T>::value;

template <class T>
concept PathLike = requires(const T& t) {
  { t.native() } -> std::same_as<const std::string&>;
  t.lexically_normal();
};

template <class T>
concept TextLike = requires(T& t) {
  typename T::traits_type;
  { t.data() } -> std::convertible_to<const char*>;
  t.assign("", std::size_t{0});
} && !PathLike<T>;

template <class T>
concept ViewLike = std::same_as<T, std::string_view> || requires(const T& t) {
  typename T::element_type;
  { t.subspan(0) };
};

template <class T>
concept DurationLike = requires(const T& t) {
  typename T::period;
  typename T::rep;
  { t.count() } -> std::same_as<typename T::rep>;
} && std::is_arithmetic_v<typename T::rep>;

template <class T>
concept InstantLike = requires(const T& t) {
  typename T::clock;
  typename T::duration;
  { t.time_since_epoch() } -> std::same_as<typename T::duration>;
};

/// Only the system clock says the same in another process.
template <class T>
concept CalendarInstant = InstantLike<T> && requires { T::clock::from_time_t(0); };

template <class T>
concept OptionalLike = requires(T& t) {
  typename T::value_type;
  { t.has_value() } -> std::same_as<bool>;
  *t;
  t.reset();
};

/// std::array, the one container whose length belongs to its type.
template <class T>
concept ArrayLike = requires(T& t) {
  typename T::value_type;
  std::tuple_size<T>::value;
  t.fill(t.front());
};

template <class T>
concept Container = requires(T& t) {
  typename T::value_type;
  t.begin();
  t.end();
  t.clear();
} && !TextLike<T> && !PathLike<T>;

template <class T>
concept TableLike = Container<T> && requires {
  typename T::key_type;
  typename T::mapped_type;
};

template <class T>
concept SetLike = Container<T> && !TableLike<T> && requires { typename T::key_type; };

template <class T>
concept ListLike = Container<T> && !TableLike<T> && !SetLike<T>;

template <class T>
concept SumLike = requires(const T& t) {
  { t.index() } -> std::same_as<std::size_t>;
  { t.valueless_by_exception() } -> std::same_as<bool>;
};

template <class T>
concept TupleLike =
    requires { std::tuple_size<T>::value; } && !ArrayLike<T> && !AdaptedStruct<T> && !Container<T>;

/// std::vector<bool>, whose elements have no address.
template <class T>
concept PackedBools = ListLike<T> && std::same_as<typename T::value_type, bool> &&
                      !std::is_reference_v<decltype(std::declval<const T&>()[0])>;

// The whole of what Hana is asked: the accessors' type, once for each record.
template <class T>
using Accessors = decltype(boost::hana::accessors_impl<T>::apply());

// Asking hana::pair for its parts through first() and second() costs two function templates a
// member; they are its arguments wherever it is a template of two, as it is today.
template <class P>
struct PairParts {
  using first = std::remove_cvref_t<decltype(boost::hana::first(std::declval<P>()))>;
  using second = std::remove_cvref_t<decltype(boost::hana::second(std::declval<P>()))>;
};
template <template <class, class> class Pair, class F, class S>
struct PairParts<Pair<F, S>> {
  using first = F;
  using second = S;
};
template <class P>
using first_t = typename PairParts<P>::first;
template <class P>
using second_t = typename PairParts<P>::second;
template <class T, class P>
using member_t = std::remove_reference_t<decltype(second_t<P>{}(std::declval<T&>()))>;

}  // namespace oche::detail
