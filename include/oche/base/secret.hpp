// secret.hpp - bytes that have no text.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/detail/kinds.hpp>
#include <oche/base/shape.hpp>

#include <string>

namespace oche {

/// Which secret: the vault's and the secret's name. This much may be seen.
struct SecretName {
  std::string vault;
  std::string name;
  friend bool operator==(const SecretName&, const SecretName&) = default;
};

/// Names a secret; its bytes are read from the vault when a job asks for them.
[[nodiscard]] inline SecretName secret(std::string vault, std::string name) {
  return {static_cast<std::string&&>(vault), static_cast<std::string&&>(name)};
}

/// The bytes of a secret, inside a running step only; wiped when this object ends.
///
/// It has no text, cannot be compared, copied, keyed or stored:
///
///     job.secret("token").with([&](std::string_view bytes) { request.authorise(bytes); });
class Secret {
 public:
  Secret(Secret&& other) noexcept : bytes_(other.bytes_), size_(other.size_) {
    other.bytes_ = nullptr;
    other.size_ = 0;
  }
  Secret& operator=(Secret&& other) noexcept;
  ~Secret();

  /// Hands the bytes to `f`, which must not keep them.
  template <class F>
  decltype(auto) with(F&& f) const {
    return static_cast<F&&>(f)(std::string_view(bytes_, size_));
  }

 private:
  friend struct SecretMaker;
  explicit Secret(std::string_view bytes);
  // Not a std::string: a short one would leave its bytes behind when moved.
  char* bytes_ = nullptr;
  std::size_t size_ = 0;
};

/// For vaults only: the one way to make a Secret.
struct SecretMaker {
  /// Wipes `bytes` too.
  [[nodiscard]] static Secret make(std::string&& bytes);
};

template <class S>
  requires(!std::is_arithmetic_v<S>)
S& operator<<(S& out, const Secret&) {
  static_assert(detail::never<S>,
                "oche: a Secret has no text, so that it reaches no log; use "
                "secret.with([](std::string_view bytes) { ... })");
  return out;
}
template <class U>
bool operator==(const Secret&, const U&) {
  static_assert(detail::never<U>,
                "oche: a Secret cannot be compared, so that it leaks nothing; use "
                "secret.with([](std::string_view bytes) { ... })");
  return false;
}

template <>
inline constexpr bool has_table<SecretName> = true;
template <>
struct TypeOf<SecretName> {
  static const Type value;
};

}  // namespace oche
