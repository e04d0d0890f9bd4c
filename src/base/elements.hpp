// elements.hpp - the elements of a list by their place, and what two lists have in common.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/shape.hpp>

#include <vector>

namespace oche::detail {

/// The elements of a list or an optional in order. Where they lie side by side nothing is copied.
class Elements {
 public:
  Elements() = default;
  Elements(const Type& type, const void* self);
  [[nodiscard]] std::size_t size() const { return size_; }
  const void* operator[](std::size_t i) const {
    return first_ != nullptr ? first_ + i * stride_ : places_[i];
  }
  /// The elements from `i` on, side by side; null if they do not lie so.
  [[nodiscard]] const char* from(std::size_t i) const {
    return first_ != nullptr ? first_ + i * stride_ : nullptr;
  }

 private:
  const char* first_ = nullptr;
  std::size_t stride_ = 0;
  std::size_t size_ = 0;
  std::vector<const void*> places_;
};

/// How many elements two lists have in common at the beginning.
///
/// Cost: numbers side by side as fast as memory is read, all else one `equal` each.
/// Throws: what `==` of an opaque element throws.
[[nodiscard]] std::size_t equal_at_start(const Type& element, const Elements& a, const Elements& b);
/// And at the end, counting `most` at most.
[[nodiscard]] std::size_t equal_at_end(const Type& element, const Elements& a, const Elements& b,
                                       std::size_t most);

}  // namespace oche::detail
