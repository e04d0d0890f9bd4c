// parts.hpp - the members of structs and tuples, the alternatives of variants.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/detail/why_not.hpp>
#include <oche/base/shape.hpp>

#include <memory>
#include <new>

namespace oche::detail {

template <class T>
void* address_of(T& part) {
  return const_cast<void*>(static_cast<const void*>(std::addressof(part)));
}

constexpr bool same_name(const char* a, const char* b) {
  return std::string_view(a) == std::string_view(b);
}

/// Whether a member was declared as added later.
template <class T>
constexpr bool is_added([[maybe_unused]] const char* name) {
  if constexpr (!std::same_as<std::remove_cv_t<decltype(added_members<T>)>, Unit>) {
    for (const char* added : added_members<T>)
      if (same_name(added, name)) return true;
  }
  return false;
}

/// Whether each name in added_members<T> is a member's.
template <class T, std::size_t n>
constexpr bool added_exist([[maybe_unused]] const Member (&members)[n]) {
  if constexpr (!std::same_as<std::remove_cv_t<decltype(added_members<T>)>, Unit>) {
    for (const char* added : added_members<T>) {
      bool found = false;
      for (std::size_t i = 0; i + 1 < n; ++i)
        found = found || same_name(members[i].name, added);
      if (!found) return false;
    }
  }
  return true;
}

template <class T, class A = Accessors<T>>
struct StructParts;
template <class T, template <class...> class Tuple, class... P>
struct StructParts<T, Tuple<P...>> {
  static constexpr bool is_named = true;
  static constexpr std::uint32_t count = sizeof...(P);
  // One more than there are, for structs without members.
  static constexpr Member table[sizeof...(P) + 1] = {
      Member{first_t<P>::c_str(), &TypeOf<std::remove_cv_t<member_t<T, P>>>::value,
             is_added<T>(first_t<P>::c_str())}...,
      Member{}};
  static_assert(
      added_exist<T>(table),
      "oche::added_members<T>: one of the names is no member of T; write the members' names "
      "as they are declared");
  static void addresses([[maybe_unused]] void* self, [[maybe_unused]] void** out) {
    ((*out++ = address_of(second_t<P>{}(*static_cast<T*>(self)))), ...);
  }
};

template <class T, class I>
struct TupleParts;
template <class T, std::size_t... i>
struct TupleParts<T, std::index_sequence<i...>> {
  static constexpr bool is_named = false;
  static constexpr std::uint32_t count = sizeof...(i);
  static constexpr Member table[sizeof...(i) + 1] = {
      Member{"", &TypeOf<std::remove_cv_t<std::tuple_element_t<i, T>>>::value}..., Member{}};
  static void addresses([[maybe_unused]] void* self, [[maybe_unused]] void** out) {
    ((*out++ = address_of(get<i>(*static_cast<T*>(self)))),
     ...);  // std::get, found by the argument
  }
};

template <class T, class V = T, class I = void>
struct SumParts;
template <class T, template <class...> class V, class... A>
struct SumParts<T, V<A...>, void> : SumParts<T, V<A...>, std::index_sequence_for<A...>> {};
template <class T, template <class...> class V, class... A, std::size_t... i>
struct SumParts<T, V<A...>, std::index_sequence<i...>> {
  static constexpr bool is_named = false;
  static constexpr std::uint32_t count = sizeof...(A);
  static constexpr Member table[sizeof...(A)] = {Member{"", &TypeOf<A>::value}...};

  static std::size_t index(const void* self) { return static_cast<const T*>(self)->index(); }

  static void each(const void* self, Type::Visit visit, void* context) {
    const T& sum = *static_cast<const T*>(self);
    ((sum.index() == i ? visit(context, address_of(get<i>(sum))) : void()), ...);
  }

  static void* append(void* self, std::size_t which) {
    void* place = nullptr;
    ((which == i ? void(place = make<i, A>(*static_cast<T*>(self))) : void()), ...);
    return place;
  }

  static void set(void* self, std::size_t which, const void* part) {
    ((which == i ? fill<i, A>(*static_cast<T*>(self), part) : void()), ...);
  }

 private:
  template <std::size_t n, class P>
  static void* make(T& sum) {
    if constexpr (std::is_default_constructible_v<P>)
      return address_of(sum.template emplace<n>());
    else
      return nullptr;
  }
  template <std::size_t n, class P>
  static void fill(T& sum, const void* part) {
    if constexpr (std::is_copy_constructible_v<P>)
      sum.template emplace<n>(*static_cast<const P*>(part));
  }
};

}  // namespace oche::detail
