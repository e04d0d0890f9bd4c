// require_record.hpp - says in one sentence why a type cannot be keyed or stored.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/type.hpp>

namespace oche::detail {

template <class T>
inline constexpr NotRecord record_fault = why_not_record<T>().reason;

}  // namespace oche::detail

/// One static_assert for each reason, of which at most one fails. A macro, since the sentence
/// begins with who asks, and a static_assert takes nothing but a literal.
#define OCHE_REQUIRE_RECORD(T, who)                                                               \
  static_assert(::oche::detail::record_fault<T> != ::oche::detail::NotRecord::not_adapted, who    \
                " is or holds a struct that is no record; write BOOST_HANA_ADAPT_STRUCT(Type, "   \
                "members...) outside every namespace, before the first use");                     \
  static_assert(::oche::detail::record_fault<T> != ::oche::detail::NotRecord::secret, who         \
                " is or holds a Secret, which is never keyed or stored; name it in "              \
                "StepOptions.secrets and ask the job for it");                                    \
  static_assert(::oche::detail::record_fault<T> != ::oche::detail::NotRecord::pointer, who        \
                " is or holds a pointer, which means nothing in another process; hold the "       \
                "value itself");                                                                  \
  static_assert(::oche::detail::record_fault<T> != ::oche::detail::NotRecord::reference,          \
                who " is or holds a reference, which may dangle once stored; hold the value");    \
  static_assert(::oche::detail::record_fault<T> != ::oche::detail::NotRecord::function,           \
                who " is or holds a function, which has no canonical bytes; hold data instead");  \
  static_assert(::oche::detail::record_fault<T> != ::oche::detail::NotRecord::view,               \
                who " is or holds a view, which owns nothing; hold std::string or std::vector");  \
  static_assert(::oche::detail::record_fault<T> != ::oche::detail::NotRecord::wide_real,          \
                who " is or holds a long double, which differs between machines; hold a double"); \
  static_assert(::oche::detail::record_fault<T> != ::oche::detail::NotRecord::foreign_clock, who  \
                " is or holds a time point of a clock that starts anew in each process; use "     \
                "std::chrono::system_clock");                                                     \
  static_assert(::oche::detail::record_fault<T> != ::oche::detail::NotRecord::bare_array,         \
                who " is or holds a bare array; use std::array or std::vector");                  \
  static_assert(::oche::detail::record_fault<T> != ::oche::detail::NotRecord::no_default, who     \
                " is or holds a struct without a default constructor, from which reading a "      \
                "stored value starts; give it one");                                              \
  static_assert(::oche::detail::record_fault<T> != ::oche::detail::NotRecord::not_copyable, who   \
                " is or holds a struct that cannot be copied, though one value has many "         \
                "readers; make it copyable")
