// parts_of.hpp - the parts of a value as a plain array, and a place for a value of any type.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/shape.hpp>

#include <array>
#include <memory>
#include <new>
#include <vector>

namespace oche::detail {

/// The addresses of a product's members.
class MembersOfProduct {
 public:
  MembersOfProduct(const Type& type, const void* self) {
    void** places = few_.data();
    if (type.count > few_.size()) {
      many_ = std::make_unique<void*[]>(type.count);
      places = many_.get();
    }
    places_ = places;
    // Tables give addresses to write to; whoever was handed a const value only reads them.
    type.addresses(const_cast<void*>(self), places);
  }
  MembersOfProduct(const MembersOfProduct&) = delete;
  MembersOfProduct& operator=(const MembersOfProduct&) = delete;
  void* operator[](std::size_t i) const { return places_[i]; }

 private:
  std::array<void*, 16> few_;
  std::unique_ptr<void*[]> many_;
  void** places_ = nullptr;
};

/// Calls `f(part)` for each part that `type.each` shows.
template <class F>
void for_each_part(const Type& type, const void* self, F f) {
  type.each(self, [](void* context, const void* part) { (*static_cast<F*>(context))(part); }, &f);
}

/// The addresses of the elements of an optional, list or set, or of a sum's value.
class Parts {
 public:
  Parts(const Type& type, const void* self) {
    for_each_part(type, self, [this](const void* part) { add(part); });
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  const void* operator[](std::size_t i) const {
    return i < few_.size() ? few_[i] : many_[i - few_.size()];
  }

 private:
  void add(const void* part) {
    if (size_ < few_.size())
      few_[size_] = part;
    else
      many_.push_back(part);
    ++size_;
  }
  std::array<const void*, 8> few_;  // most lists are short
  std::vector<const void*> many_;
  std::size_t size_ = 0;
};

/// The entries of a table.
inline std::vector<Entry> entries_of(const Type& type, const void* self) {
  std::vector<Entry> entries;
  for_each_part(type, self,
                [&](const void* entry) { entries.push_back(*static_cast<const Entry*>(entry)); });
  return entries;
}

/// A default-constructed value of a type known by its table. Requires: type.construct.
class Temporary {
 public:
  explicit Temporary(const Type& type)
      : type_(type), memory_(::operator new(type.size, std::align_val_t{type.align})) {
    try {
      type.construct(memory_);
    } catch (...) {
      ::operator delete(memory_, std::align_val_t{type.align});
      throw;
    }
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  ~Temporary() {
    if (type_.destroy) type_.destroy(memory_);
    ::operator delete(memory_, std::align_val_t{type_.align});
  }
  [[nodiscard]] void* get() const { return memory_; }

 private:
  const Type& type_;
  void* memory_;
};

/// A product with added members needs its default to know which of them to leave out.
inline bool has_added_members(const Type& type) {
  for (std::uint32_t i = 0; i < type.count; ++i)
    if (type.members[i].added) return true;
  return false;
}

}  // namespace oche::detail
