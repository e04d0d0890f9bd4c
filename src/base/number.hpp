// number.hpp - read and write a number of any width through its table.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/shape.hpp>

namespace oche::detail {

/// The number in which a choice, a duration or an instant is kept; a number itself otherwise.
const Type& number_of(const Type& type);

// `type` is an integer's (load_integer) or a natural's or boolean's (load_natural).
std::int64_t load_integer(const Type& type, const void* self);
std::uint64_t load_natural(const Type& type, const void* self);
/// One NaN for all, and no negative zero.
double load_real(const Type& type, const void* self);

// False, and nothing written, if the value does not fit exactly.
bool store_integer(const Type& type, void* self, std::int64_t value);
bool store_natural(const Type& type, void* self, std::uint64_t value);
bool store_real(const Type& type, void* self, double value);

/// What an integer or a natural of this width can hold.
std::int64_t lowest(const Type& type);
std::uint64_t highest(const Type& type);

}  // namespace oche::detail
