// secret.cpp - keeps a secret's bytes and wipes them.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#include <oche/base/secret.hpp>

#include <openssl/crypto.h>

#include <cstring>
#include <utility>

namespace oche {

Secret::Secret(std::string_view bytes) : bytes_(new char[bytes.size()]), size_(bytes.size()) {
  std::memcpy(bytes_, bytes.data(), bytes.size());
}

Secret::~Secret() {
  // OPENSSL_cleanse is not optimised away as a memset before delete would be.
  if (bytes_) OPENSSL_cleanse(bytes_, size_);
  delete[] bytes_;
}

Secret& Secret::operator=(Secret&& other) noexcept {
  std::swap(bytes_, other.bytes_);
  std::swap(size_, other.size_);
  return *this;
}

Secret SecretMaker::make(std::string&& bytes) {
  Secret secret{std::string_view(bytes)};
  OPENSSL_cleanse(bytes.data(), bytes.size());
  bytes.clear();
  return secret;
}

}  // namespace oche
