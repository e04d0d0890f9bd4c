// value.hpp - an immutable value of any type, shared by counting.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/digest.hpp>
#include <oche/base/type.hpp>

#include <atomic>
#include <new>

namespace oche::detail {

/// A pointer to a counted, immutable value with its type; empty by default.
///
/// Threads: like std::shared_ptr; different handles of one value may be used at once.
/// Cost: one allocation a value, one pointer a handle. The digest is computed once.
class Value {
 public:
  Value() = default;
  Value(const Value& other) noexcept : head_(other.head_) { retain(); }
  Value(Value&& other) noexcept : head_(other.head_) { other.head_ = nullptr; }
  Value& operator=(const Value& other) noexcept {
    Value(other).swap(*this);
    return *this;
  }
  Value& operator=(Value&& other) noexcept {
    Value(static_cast<Value&&>(other)).swap(*this);
    return *this;
  }
  ~Value() { release(); }
  void swap(Value& other) noexcept { std::swap(head_, other.head_); }

  template <class T>
  [[nodiscard]] static Value make(T&& value) {
    using V = std::remove_cvref_t<T>;
    Value made(allocate(sizeof(V), alignof(V)));
    ::new (made.place(alignof(V))) V(static_cast<T&&>(value));
    made.head_->type = &type_of<V>;
    return made;
  }
  /// A copy of what `data` points to. Requires: type.copy.
  [[nodiscard]] static Value copy_of(const Type& type, const void* data);
  /// A default-constructed value which `fill` may change before anybody sees it.
  /// Requires: type.construct.
  template <class F>
  [[nodiscard]] static Value build(const Type& type, F&& fill) {
    Value made = defaulted(type);
    static_cast<F&&>(fill)(made.place(type.align));
    return made;
  }
  /// What `make` constructs in the raw memory that it is given; empty if it gives false (it has
  /// then constructed nothing) and free of leaks if it throws.
  template <class F>
  [[nodiscard]] static Value make_in_place(const Type& type, F&& make) {
    Value made(allocate(type.size, type.align));
    if (!static_cast<F&&>(make)(made.place(type.align))) return {};
    made.head_->type = &type;
    return made;
  }

  explicit operator bool() const { return head_ != nullptr; }
  /// Requires: not empty.
  [[nodiscard]] const Type& type() const { return *head_->type; }
  [[nodiscard]] const void* data() const { return place(head_->type->align); }
  /// Requires: made as a T.
  template <class T>
  [[nodiscard]] const T& as() const {
    return *static_cast<const T*>(data());
  }
  /// Requires: type().is_record. Fails: an Error, if not.
  [[nodiscard]] const Digest& digest() const;

  /// The same object, or of one type and equal by structure. A throwing `==` counts as different.
  friend bool equal(const Value& a, const Value& b) noexcept;
  /// Nobody else holds it, so nobody can see it change.
  [[nodiscard]] bool is_sole() const {
    return head_ && head_->users.load(std::memory_order_acquire) == 1;
  }
  /// Puts the bytes of another one in its place; false if they were the same. Requires: is_sole,
  /// of a number's type.
  bool overwrite(const void* number) noexcept;
  /// The same object: never looks inside.
  [[nodiscard]] bool same(const Value& other) const { return head_ == other.head_; }

 private:
  struct Head {
    const Type* type = nullptr;
    std::atomic<const Digest*> digest = nullptr;
    std::atomic<std::uint32_t> users = 1;
  };
  /// Where a payload of this alignment begins, from the head. Small ones follow the count at once:
  /// a number takes 24 bytes with its head.
  static constexpr std::size_t offset_of(std::size_t align) {
    constexpr std::size_t used = sizeof(const Type*) + sizeof(Digest*) + sizeof(std::uint32_t);
    return (used + align - 1) & ~(align - 1);
  }
  explicit Value(Head* head) noexcept : head_(head) {}
  // The type is entered once the payload is constructed: before, there is nothing to destroy.
  static Head* allocate(std::size_t size, std::size_t align);
  static Value defaulted(const Type& type);
  [[nodiscard]] void* place(std::size_t align) const {
    return reinterpret_cast<char*>(head_) + offset_of(align);
  }
  void retain() noexcept {
    if (head_) head_->users.fetch_add(1, std::memory_order_relaxed);
  }
  void release() noexcept {
    if (!head_) return;
    // The last user need not subtract: nobody else can come.
    if (head_->users.load(std::memory_order_acquire) == 1 ||
        head_->users.fetch_sub(1, std::memory_order_acq_rel) == 1)
      destroy(head_);
  }
  static void destroy(Head* head) noexcept;
  Head* head_ = nullptr;
};

}  // namespace oche::detail
