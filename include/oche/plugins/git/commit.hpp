// commit.hpp - a commit of a repository, as a value.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/type.hpp>

#include <string>

namespace oche {

/// Which commit of which repository. What it contains is `fetch`'s to say.
struct Commit {
  std::string repository;  ///< a folder or a URL
  std::string id;          ///< of a folder that is worked in: a digest of what it contains
  std::string ref;         ///< the branch or tag that led to it
  std::string tree;        ///< its files, by git's id; empty where that is known only once fetched
  friend bool operator==(const Commit&, const Commit&) = default;
};

template <>
inline constexpr bool has_table<Commit> = true;
template <>
struct TypeOf<Commit> {
  static const Type value;
};

/// What the item of a list of commits is called.
[[nodiscard]] std::string item_name(const Commit& commit);

}  // namespace oche
