// failure.hpp - why something has no value: a text, a class, facts, a hint, a place.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/shape.hpp>

#include <string>
#include <vector>

namespace oche {

enum class FailureClass : std::uint8_t {
  failed,     ///< it ran and said no
  errored,    ///< it could not be run
  timed_out,  ///< it took too long
  cancelled,  ///< somebody stopped it
};

template <>
inline constexpr const char* value_names<FailureClass>[4] = {"failed", "errored", "timed_out",
                                                             "cancelled"};

/// One line under an error: `host   build-3`.
struct Fact {
  std::string name;
  std::string value;
  friend bool operator==(const Fact&, const Fact&) = default;
};

/// A failure as a value; `Failure{"no space left"}` is enough.
struct Failure {
  std::string what;  ///< lower case, no full stop
  FailureClass kind = FailureClass::failed;
  std::vector<Fact> facts = {};  ///< the most useful first
  std::string hint = {};         ///< the next thing to try
  std::string where = {};        ///< the user's `file:line`
  friend bool operator==(const Failure&, const Failure&) = default;
};

/// For people: `failed`, `errored`, `timed out`, `cancelled`.
[[nodiscard]] std::string_view to_string(FailureClass kind);

/// Whether a text may hold the escape sequences of terminals.
enum class TextStyle : bool { plain, coloured };

/// The one text of an error: what happened, where, the facts, the hint. Ends with a newline.
///
///     error: no space left on device
///       where   build.cpp:12
///       input   libfoo
///     hint: free some space, then `rebuild --failed`
[[nodiscard]] std::string render(const Failure& failure, TextStyle style = TextStyle::plain);

template <>
inline constexpr bool has_table<Fact> = true;
template <>
struct TypeOf<Fact> {
  static const Type value;
};
template <>
inline constexpr bool has_table<Failure> = true;
template <>
struct TypeOf<Failure> {
  static const Type value;
};

}  // namespace oche
