// result.hpp - what the checks behind the combinators have in common.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/detail/require_record.hpp>
#include <oche/term/handle.hpp>

#include <memory>
#include <new>
#include <string>
#include <tuple>
#include <vector>

// A check is a consteval function that asks in order what can be wrong. Each answer is one
// static_assert and then a usable type, Broken, so that nothing after it fails too; the good answer
// is std::type_identity of the result. Return types ask the checks; bodies rely on them.
namespace oche::detail {

using NoGood = std::type_identity<Broken>;

/// Texts without an owner become std::string.
template <class T>
using stored =
    std::conditional_t<std::convertible_to<T, std::string_view> && !std::same_as<T, std::string> &&
                           !std::same_as<T, std::nullptr_t>,
                       std::string, T>;

template <class R>
using value_type_for = std::conditional_t<std::is_void_v<R>, Unit, stored<std::remove_cvref_t<R>>>;

/// The value behind an argument's address. A Term<> may stand for a value of any type: nobody
/// looks.
template <class T>
decltype(auto) value_at(const void* address) {
  if constexpr (std::same_as<T, Unit>)
    return Unit{};
  else
    return *static_cast<const T*>(address);
}

template <class T>
void destroy_in_place(void* object) noexcept {
  static_cast<T*>(object)->~T();
}
template <class T>
void move_in_place(void* to, void* from) {
  ::new (to) T(static_cast<T&&>(*static_cast<T*>(from)));
}

/// Lets `make` move `payload` into the node.
template <class T>
[[nodiscard]] Make with(T& payload, const Type& type, const Operation& operation,
                        std::string_view label = {}) {
  return {.label = label,
          .type = &type,
          .operation = &operation,
          .payload = &payload,
          .room = sizeof(T),
          .align = alignof(T),
          .move = &move_in_place<T>};
}

template <class T>
inline constexpr bool is_vector = false;
template <class T, class A>
inline constexpr bool is_vector<std::vector<T, A>> = true;

template <class R>
concept RangeOfAny = !std::derived_from<R, AnyTerm> &&
                     !std::convertible_to<const R&, std::string_view> && requires(const R& range) {
                       *range.begin();
                       range.end();
                     };
template <class R>
concept RangeOfTerms = RangeOfAny<R> && requires(const R& range) {
  { *range.begin() } -> ATerm;
};

}  // namespace oche::detail
