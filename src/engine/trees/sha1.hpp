// sha1.hpp - the digest that git names objects and packs by.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/trees/object_id.hpp"

#include <memory>
#include <string_view>

struct evp_md_ctx_st;

namespace oche::detail {

class Sha1 {
 public:
  Sha1();
  void update(std::string_view bytes);
  /// The digest of everything since the last `finish`.
  [[nodiscard]] ObjectId finish();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

}  // namespace oche::detail
