// sha1.cpp - SHA-1 by OpenSSL.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/trees/sha1.hpp"

#include "engine/caught.hpp"

#include <openssl/evp.h>

namespace oche::detail {

namespace {

void start(EVP_MD_CTX* context) {
  if (context == nullptr || EVP_DigestInit_ex(context, EVP_sha1(), nullptr) != 1) {
    throw errored("SHA-1 is not available", {},
                  "git object ids need it; look at the machine's OpenSSL configuration");
  }
}

}  // namespace

void Sha1::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

Sha1::Sha1() : context_(EVP_MD_CTX_new()) { start(context_.get()); }

void Sha1::update(std::string_view bytes) {
  EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
}

ObjectId Sha1::finish() {
  ObjectId id;
  EVP_DigestFinal_ex(context_.get(), id.bytes.data(), nullptr);
  start(context_.get());
  return id;
}

}  // namespace oche::detail
