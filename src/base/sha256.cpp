// sha256.cpp - SHA-256 by OpenSSL, and digests as text.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0

// OpenSSL 3 wants digests fetched by name from a provider, which costs five times what hashing a
// key costs, or kept in shared state; the older functions need neither and use the same code.
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#include <oche/base/digest.hpp>

#include <openssl/sha.h>

#include <algorithm>
#include <utility>

namespace oche {
namespace {

constexpr char digits_of_hex[] = "0123456789abcdef";

int value_of(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

}  // namespace

std::string Digest::hex() const {
  std::string text(2 * bytes.size(), '0');
  char* digit = text.data();
  for (const unsigned byte : bytes) {
    *digit++ = digits_of_hex[byte >> 4U];
    *digit++ = digits_of_hex[byte & 15U];
  }
  return text;
}

std::string Digest::short_hex(std::size_t digits) const {
  std::string text = hex();
  text.resize(std::min(digits, text.size()));
  return text;
}

std::optional<Digest> Digest::from_hex(std::string_view hex) {
  Digest digest;
  if (hex.size() != 2 * digest.bytes.size()) return std::nullopt;
  for (std::size_t i = 0; i < digest.bytes.size(); ++i) {
    const int high = value_of(hex[2 * i]);
    const int low = value_of(hex[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    digest.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return digest;
}

Digest sha256(std::string_view bytes) {
  Digest digest;
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, bytes.data(), bytes.size());
  SHA256_Final(digest.bytes.data(), &context);
  return digest;
}

Sha256::Sha256() : context_(new SHA256_CTX) { SHA256_Init(static_cast<SHA256_CTX*>(context_)); }

Sha256::Sha256(Sha256&& other) noexcept : context_(std::exchange(other.context_, nullptr)) {}

Sha256& Sha256::operator=(Sha256&& other) noexcept {
  std::swap(context_, other.context_);
  return *this;
}

Sha256::~Sha256() { delete static_cast<SHA256_CTX*>(context_); }

Sha256& Sha256::update(std::string_view bytes) {
  SHA256_Update(static_cast<SHA256_CTX*>(context_), bytes.data(), bytes.size());
  return *this;
}

Digest Sha256::finish() {
  Digest digest;
  SHA256_Final(digest.bytes.data(), static_cast<SHA256_CTX*>(context_));
  SHA256_Init(static_cast<SHA256_CTX*>(context_));
  return digest;
}

}  // namespace oche
