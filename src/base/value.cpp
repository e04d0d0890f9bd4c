// value.cpp - where shared values live.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#include <oche/base/value.hpp>

#include <oche/base/record.hpp>

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace oche::detail {

Value::Head* Value::allocate(std::size_t size, std::size_t align) {
  const std::size_t offset = offset_of(align);
  align = std::max(align, alignof(Head));
  const std::size_t least = std::max(offset + size, sizeof(Head));
  const std::size_t total = (least + align - 1) / align * align;
  // Both kinds of memory are given back by std::free.
  void* memory =
      align <= alignof(std::max_align_t) ? std::malloc(total) : std::aligned_alloc(align, total);
  if (!memory) throw std::bad_alloc();
  return ::new (memory) Head;
}

void Value::destroy(Head* head) noexcept {
  if (head->type && head->type->destroy)
    head->type->destroy(reinterpret_cast<char*>(head) + offset_of(head->type->align));
  delete head->digest.load(std::memory_order_acquire);
  head->~Head();
  std::free(head);
}

namespace {

// Of a length known here: a call of memcmp would cost more than all the rest.
template <class Bytes>
bool replace(void* at, const void* by) noexcept {
  Bytes old;
  Bytes now;
  std::memcpy(&old, at, sizeof(Bytes));
  std::memcpy(&now, by, sizeof(Bytes));
  std::memcpy(at, &now, sizeof(Bytes));
  return old != now;
}

bool replace(void* at, const void* by, std::uint32_t size) noexcept {
  switch (size) {
    case 1:
      return replace<std::uint8_t>(at, by);
    case 2:
      return replace<std::uint16_t>(at, by);
    case 4:
      return replace<std::uint32_t>(at, by);
    default:
      return replace<std::uint64_t>(at, by);
  }
}

}  // namespace

bool Value::overwrite(const void* number) noexcept {
  if (!replace(place(head_->type->align), number, head_->type->size)) return false;
  if (head_->digest.load(std::memory_order_relaxed) != nullptr)
    delete head_->digest.exchange(nullptr);
  return true;
}

Value Value::copy_of(const Type& type, const void* data) {
  if (!type.copy) throw Error("a value of a type that cannot be copied is to be copied");
  Value made(allocate(type.size, type.align));
  type.copy(made.place(type.align), data);
  made.head_->type = &type;
  return made;
}

Value Value::defaulted(const Type& type) {
  if (!type.construct) throw Error("a value of a type without a default is to be built");
  Value made(allocate(type.size, type.align));
  type.construct(made.place(type.align));
  made.head_->type = &type;
  return made;
}

const Digest& Value::digest() const {
  if (const Digest* known = head_->digest.load(std::memory_order_acquire)) return *known;
  const auto* computed = new Digest(detail::digest(*head_->type, data()));
  const Digest* first = nullptr;
  if (head_->digest.compare_exchange_strong(first, computed, std::memory_order_acq_rel))
    return *computed;
  delete computed;  // another thread was faster; both found the same
  return *first;
}

bool equal(const Value& a, const Value& b) noexcept {
  if (a.head_ == b.head_) return true;
  if (!a || !b || a.head_->type != b.head_->type) return false;
  const Digest* first = a.head_->digest.load(std::memory_order_acquire);
  const Digest* second = b.head_->digest.load(std::memory_order_acquire);
  if (first && second) return *first == *second;
  try {
    return equal(*a.head_->type, a.data(), b.data());
  } catch (...) {
    return false;  // taken as changed: the reader looks again, and nothing is lost
  }
}

}  // namespace oche::detail
