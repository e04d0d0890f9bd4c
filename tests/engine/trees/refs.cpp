// refs.cpp - which commits the names of a repository stand for.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/trees/support.hpp"

using namespace state_tests;

TEST_CASE("refs: resolved and listed alike near and far", "[engine][trees]") {
  Folder repository;
  commit_all(repository.path(), "one");
  const std::string one = git(repository.path(), {"rev-parse", "HEAD"});
  git(repository.path(), {"tag", "-a", "v1", "-m", "first"});
  git(repository.path(), {"branch", "release/1"});
  commit_all(repository.path(), "two");
  const std::string two = git(repository.path(), {"rev-parse", "HEAD"});
  git(repository.path(), {"branch", "release/2"});
  git(repository.path(), {"tag", "tree-tag", "HEAD^{tree}"});  // no commit: not to be listed

  const bool remote = GENERATE(false, true);
  const std::string at = remote ? "file://" + repository.path() : repository.path();
  INFO(at);
  CHECK(is_remote(at) == remote);
  CHECK(value_of(resolve_ref(at, "main")) == two);
  CHECK(value_of(resolve_ref(at, "HEAD")) == two);
  CHECK(value_of(resolve_ref(at, "v1")) == one);
  CHECK(value_of(resolve_ref(at, "refs/tags/v1")) == one);
  CHECK(value_of(resolve_ref(at, "release/1")) == one);
  CHECK(value_of(resolve_ref(at, one)) == one);
  CHECK(text_of(resolve_ref(at, "realese/1")).find("nearest      release/1") != std::string::npos);

  using Refs = std::vector<RefValue>;
  const auto listed = [&](std::vector<std::string> patterns) {
    return value_of(list_refs(at, patterns));
  };
  CHECK(listed({"release/*"}) ==
        Refs{{"refs/heads/release/1", one}, {"refs/heads/release/2", two}});
  CHECK(listed({"refs/tags/v*", "main"}) == Refs{{"refs/heads/main", two}, {"refs/tags/v1", one}});
  CHECK(listed({"none"}).empty());
  CHECK(listed({}).empty());
  CHECK(list_refs(at, std::vector<std::string>{"../x"}).is_failed());
}

TEST_CASE("refs: what is a URL", "[engine][trees]") {
  Folder folder;
  CHECK(is_remote("https://example.org/x.git"));
  CHECK(is_remote("git@example.org:x/y.git"));
  CHECK(is_remote("host:x"));
  CHECK_FALSE(is_remote(folder.path()));
  CHECK_FALSE(is_remote("calculator.git"));
  CHECK_FALSE(is_remote("./a:b"));
  fs::create_directory(folder / "a:b");
  CHECK_FALSE(is_remote(folder / "a:b"));
}
