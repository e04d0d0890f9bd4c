// commit.cpp - a commit of a repository, as a value.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#include <oche/plugins/git/commit.hpp>

#include <boost/hana/adapt_struct.hpp>

#include <string_view>

BOOST_HANA_ADAPT_STRUCT(oche::Commit, repository, id, ref, tree);

namespace oche {

constinit const Type TypeOf<Commit>::value = detail::describe<Commit>();

std::string item_name(const Commit& commit) {
  for (const std::string_view prefix : {"refs/heads/", "refs/tags/", "refs/"}) {
    if (commit.ref.starts_with(prefix)) return commit.ref.substr(prefix.size());
  }
  return commit.ref.empty() ? commit.id.substr(0, 12) : commit.ref;
}

}  // namespace oche
