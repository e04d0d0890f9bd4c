// why_not.hpp - why a type is no record: one reason, so that one sentence can be said.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/detail/kinds.hpp>
#include <oche/base/shape.hpp>

#include <cstdint>

namespace oche {

class Secret;

namespace detail {

/// Result and Outcome: records if their argument is one.
template <class T>
inline constexpr bool is_wrapper = false;

/// Why a type cannot be a record.
enum class NotRecord : std::uint8_t {
  none,           ///< it is one
  reference,      ///< what it refers to may be gone when the value is stored
  pointer,        ///< raw or smart
  function,       ///< functions and their addresses have no canonical bytes
  view,           ///< std::string_view, std::span: it owns nothing
  secret,         ///< a Secret has no text
  wide_real,      ///< long double differs between machines
  foreign_clock,  ///< a time point of a clock that starts anew in each process
  bare_array,     ///< T[N]; std::array is one
  not_adapted,    ///< a class that Hana cannot see into
  no_default,     ///< reading one back starts from a default-constructed value
  not_copyable,   ///< one value has many readers
};

struct WhyNot {
  NotRecord reason = NotRecord::none;
  bool inside = false;  ///< the culprit is a member or an element of the type asked about
};

template <class T>
concept PointerLike = std::is_pointer_v<T> || std::is_member_pointer_v<T> ||
                      std::is_null_pointer_v<T> || requires(const T& t) {
                        typename T::element_type;
                        t.get();
                      };

template <class T>
concept FunctionLike = std::is_function_v<T> || requires {
  typename T::result_type;
  &T::target_type;
};

/// The reason that needs no look inside; `none` for compound types too. Made once per type.
template <class T>
inline constexpr NotRecord own_reason = [] {
  if constexpr (std::is_reference_v<T>)
    return NotRecord::reference;
  else if constexpr (has_table<T> || is_wrapper<T>)
    return NotRecord::none;
  else if constexpr (std::same_as<T, Secret>)
    return NotRecord::secret;
  else if constexpr (std::is_same_v<T, long double>)
    return NotRecord::wide_real;
  else if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>)
    return NotRecord::none;
  else if constexpr (std::same_as<T, Unit>)
    return NotRecord::none;
  else if constexpr (std::is_array_v<T>)
    return NotRecord::bare_array;
  else if constexpr (FunctionLike<T> || std::is_function_v<std::remove_pointer_t<T>>)
    return NotRecord::function;
  else if constexpr (ViewLike<T>)
    return NotRecord::view;
  else if constexpr (PointerLike<T>)
    return NotRecord::pointer;
  else if constexpr (AdaptedStruct<T>) {
    if constexpr (!std::is_default_constructible_v<T>)
      return NotRecord::no_default;
    else if constexpr (!std::is_copy_constructible_v<T>)
      return NotRecord::not_copyable;
    else
      return NotRecord::none;
  } else if constexpr (TextLike<T> || PathLike<T> || OptionalLike<T> || Container<T> ||
                       ArrayLike<T> || SumLike<T> || TupleLike<T> || DurationLike<T>)
    return NotRecord::none;
  else if constexpr (InstantLike<T>)
    return CalendarInstant<T> ? NotRecord::none : NotRecord::foreign_clock;
  else
    return NotRecord::not_adapted;
}();

/// A type made of others. Leaves end the search; `Seen` are the structs on the way here.
template <class T>
concept Compound =
    !has_table<T> && (is_wrapper<T> || AdaptedStruct<T> || OptionalLike<T> || Container<T> ||
                      ArrayLike<T> || SumLike<T> || TupleLike<T> || DurationLike<T>);

template <class...>
struct Seen {};

template <class T, class S>
constexpr NotRecord look_inside();

// Leaves are looked at once for all records; only what has parts depends on the way to it.
template <class T>
struct Leaf {
  static constexpr NotRecord reason = own_reason<T>;
};
template <class T, class S>
struct Inside {
  static constexpr NotRecord reason = look_inside<T, S>();
};
template <class T, class S>
using Look = std::conditional_t<Compound<T>, Inside<T, S>, Leaf<T>>;

template <class S, class... P>
constexpr NotRecord first_of() {
  NotRecord reason = NotRecord::none;
  (void)(((reason = Look<P, S>::reason) == NotRecord::none) && ...);
  return reason;
}

template <class S, class T>
struct PartsOf;  // the template arguments of a variant, a tuple or a pair
template <class S, template <class...> class W, class... P>
struct PartsOf<S, W<P...>> {
  static constexpr NotRecord reason() { return first_of<S, std::remove_cv_t<P>...>(); }
};

template <class S, class T, class A>
struct MembersOf;
template <class S, class T, template <class...> class Tuple, class... P>
struct MembersOf<S, T, Tuple<P...>> {
  static constexpr NotRecord reason() { return first_of<S, std::remove_cv_t<member_t<T, P>>...>(); }
};

template <class T, class S>
inline constexpr bool among = false;
template <class T, class... S>
inline constexpr bool among<T, Seen<S...>> = (std::same_as<T, S> || ...);

template <class T, class S>
struct Append;
template <class T, class... S>
struct Append<T, Seen<S...>> {
  using type = Seen<S..., T>;
};

template <class T, class S>
constexpr NotRecord look_inside() {
  if constexpr (own_reason<T> != NotRecord::none || !Compound<T>)
    return own_reason<T>;
  else if constexpr (AdaptedStruct<T>) {
    // A struct that holds itself (through a vector) is looked at once.
    if constexpr (among<T, S>)
      return NotRecord::none;
    else
      return MembersOf<typename Append<T, S>::type, T, Accessors<T>>::reason();
  } else if constexpr (TableLike<T>)
    return first_of<S, typename T::key_type, typename T::mapped_type>();
  else if constexpr (DurationLike<T>)
    return first_of<S, typename T::rep>();
  else if constexpr (OptionalLike<T> || Container<T> || ArrayLike<T>)
    return first_of<S, std::remove_cv_t<typename T::value_type>>();
  else
    return PartsOf<S, T>::reason();
}

/// Why T is no record; `reason == NotRecord::none` if it is one.
template <class T>
constexpr WhyNot why_not_record() {
  if constexpr (own_reason<T> != NotRecord::none)
    return {own_reason<T>, false};
  else {
    constexpr NotRecord reason = look_inside<T, Seen<>>();
    return {reason, reason != NotRecord::none};
  }
}

}  // namespace detail
}  // namespace oche
