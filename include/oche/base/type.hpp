// type.hpp - what the library knows at run time about a type: one constant table for each.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/detail/describe.hpp>

namespace oche {

/// A type that can cross a step: oche can encode, compare, store and print it.
///
/// Numbers, bool, enums, std::string, std::filesystem::path, durations, std::chrono::system_clock's
/// time points, optional, variant, pair, tuple, the standard containers, and every struct that
/// Boost.Hana can see into (`BOOST_HANA_ADAPT_STRUCT(Type, members...)` outside every namespace,
/// before the first use), as long as everything inside is a record too.
template <class T>
concept Record = detail::why_not_record<T>().reason == detail::NotRecord::none;

/// The table of T.
template <class T>
inline constexpr const Type& type_of = TypeOf<T>::value;

template <class T>
constinit const Type TypeOf<T>::value = detail::describe<T>();

}  // namespace oche
