// format.hpp - lets fmt print records, and says why it does not print secrets.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/record.hpp>
#include <oche/base/secret.hpp>

#include <fmt/core.h>

namespace oche::detail {
/// The records that fmt does not know by itself.
template <class T>
concept PrintedRecord =
    (AdaptedStruct<T> || has_table<T> || is_wrapper<T> || std::same_as<T, Unit>) && Record<T>;
}  // namespace oche::detail

/// `fmt::format("{}", record)` is `oche::print(record)`; widths and the like as for texts.
template <oche::detail::PrintedRecord T>
struct fmt::formatter<T, char> : fmt::formatter<std::string_view> {
  template <class Context>
  auto format(const T& value, Context& context) const {
    return fmt::formatter<std::string_view>::format(oche::print(value), context);
  }
};

template <>
struct fmt::formatter<oche::Secret, char> {
  template <class Context>
  constexpr auto parse(Context& context) {
    static_assert(oche::detail::never<Context>,
                  "oche: a Secret has no text, so that it reaches no log; use "
                  "secret.with([](std::string_view bytes) { ... })");
    return context.begin();
  }
  template <class Context>
  auto format(const oche::Secret&, Context& context) const {
    return context.out();
  }
};
