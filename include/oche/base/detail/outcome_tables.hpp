// outcome_tables.hpp - the tables of Result and Outcome: a sum whose alternatives have names.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/outcome.hpp>

namespace oche {
namespace detail {

template <class T>
inline constexpr bool is_wrapper<Result<T>> = true;
template <class T>
inline constexpr bool is_wrapper<Outcome<T>> = true;
template <class T>
inline constexpr bool is_wrapper<Stale<T>> = true;

/// The functions of the variant inside `W`, for a table of `W`.
template <class W, class Access>
struct WrappedParts {
  using Inner = SumParts<typename W::Data>;
  static constexpr bool is_named = true;
  static constexpr std::uint32_t count = Inner::count;
  static constexpr const Member* table = Access::members;
  static const void* data(const void* self) { return &static_cast<const W*>(self)->data(); }
  static std::size_t index(const void* self) { return Inner::index(data(self)); }
  static void each(const void* self, Type::Visit visit, void* context) {
    Inner::each(data(self), visit, context);
  }
  static void* append(void* self, std::size_t which) {
    return Inner::append(Access::data(self), which);
  }
  static void set(void* self, std::size_t which, const void* part) {
    Inner::set(Access::data(self), which, part);
  }
};

}  // namespace detail

template <class T>
struct TypeOf<Stale<T>> {
  static constexpr bool is_named = true;
  static constexpr std::uint32_t count = 3;
  static constexpr Member table[3] = {{"value", &TypeOf<T>::value},
                                      {"reason", &TypeOf<std::string>::value},
                                      {"since", &TypeOf<Time>::value}};
  static void addresses(void* self, void** out) {
    Stale<T>& stale = *static_cast<Stale<T>*>(self);
    out[0] = detail::address_of(stale.value);
    out[1] = &stale.reason;
    out[2] = &stale.since;
  }
  static const Type value;
};
template <class T>
constinit const Type TypeOf<Stale<T>>::value = [] {
  Type t = detail::product<TypeOf<Stale<T>>, Stale<T>>();
  t.is_record = Record<T>;
  return t;
}();

template <class T>
struct TypeOf<Result<T>> {
  static constexpr Member members[2] = {{"ok", &TypeOf<T>::value},
                                        {"failed", &TypeOf<Failure>::value}};
  static void* data(void* self) { return &static_cast<Result<T>*>(self)->data_; }
  static const Type value;
};
template <class T>
constinit const Type TypeOf<Result<T>>::value = [] {
  using Parts = detail::WrappedParts<Result<T>, TypeOf<Result<T>>>;
  Type t = detail::sum<Parts, Result<T>>();
  t.is_record = Record<T>;
  return t;
}();

template <class T>
struct TypeOf<Outcome<T>> {
  static constexpr Member members[5] = {{"ok", &TypeOf<T>::value},
                                        {"active", &TypeOf<Phase>::value},
                                        {"failed", &TypeOf<Failure>::value},
                                        {"skipped", &TypeOf<Skipped>::value},
                                        {"stale", &TypeOf<Stale<T>>::value}};
  static void* data(void* self) { return &static_cast<Outcome<T>*>(self)->data_; }
  static const Type value;
};
template <class T>
constinit const Type TypeOf<Outcome<T>>::value = [] {
  using Parts = detail::WrappedParts<Outcome<T>, TypeOf<Outcome<T>>>;
  Type t = detail::sum<Parts, Outcome<T>>();
  t.is_record = Record<T>;
  return t;
}();

}  // namespace oche
