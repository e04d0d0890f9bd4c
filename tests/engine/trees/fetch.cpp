// fetch.cpp - commits of real repositories, local and remote.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/trees/support.hpp"

using namespace state_tests;

namespace {

std::string url_of(const std::string& folder) { return "file://" + folder; }

struct Project {
  Folder folder;
  Project() {
    write(folder / "main.c", "int main() {}\n");
    write(folder / "lib/with space.c", "x");
    write(folder / "run", "#!/bin/sh\n", true);
    commit_all(folder.path(), "first");
  }
  [[nodiscard]] std::string head() const { return git(folder.path(), {"rev-parse", "HEAD"}); }
  [[nodiscard]] std::string tree(const std::string& of = "HEAD") const {
    return git(folder.path(), {"rev-parse", of + "^{tree}"});
  }
};

}  // namespace

TEST_CASE("fetch: a commit's tree is git's own, and all of it is here", "[engine][trees]") {
  Project project;
  Folder state;
  git(project.folder.path(), {"tag", "light"});
  git(project.folder.path(), {"tag", "-a", "heavy", "-m", "annotated"});
  const std::string old = project.head();
  write(project.folder / "main.c", "int main() { return 1; }\n");
  commit_all(project.folder.path(), "second");
  git(project.folder.path(), {"branch", "feature/x"});

  const bool remote = GENERATE(false, true);
  const std::string repository = remote ? url_of(project.folder.path()) : project.folder.path();
  Trees trees(state / "objects.git");
  for (const std::string& ref : {std::string("main"), std::string("refs/heads/main"),
                                 std::string("feature/x"), std::string("HEAD"), project.head()}) {
    INFO(ref << " of " << repository);
    const FetchedCommit commit = value_of(trees.fetch_commit(repository, ref));
    CHECK(commit.id == project.head());
    CHECK(commit.tree.id == project.tree());
    CHECK(trees.exists(commit.tree));
  }
  for (const std::string& ref : {std::string("light"), std::string("heavy"), old}) {
    INFO(ref << " of " << repository);
    const FetchedCommit commit = value_of(trees.fetch_commit(repository, ref));
    CHECK(commit.id == old);
    CHECK(commit.tree.id == project.tree(old));
  }
  CHECK(fsck(trees.folder()).empty());
  // What was fetched stays when the repository goes.
  const Tree kept{project.tree()};
  fs::remove_all(project.folder / ".git");
  const Trees later(trees.folder());
  CHECK(later.exists(kept));
  value_of(later.checkout(kept, state / "out"));
  CHECK(content_of(state / "out/main.c") == "int main() { return 1; }\n");
}

TEST_CASE("fetch: packed, bare, shared and shallow repositories", "[engine][trees]") {
  Project project;
  for (int i = 0; i < 20; ++i) {
    write(project.folder / "main.c", std::string(2000, 'x') + std::to_string(i));
    commit_all(project.folder.path());
  }
  git(project.folder.path(), {"gc", "--quiet"});  // with deltas
  Folder clones;
  const std::string source = project.folder.path();
  git(source, {"clone", "--quiet", "--bare", source, clones / "bare"});
  git(source, {"clone", "--quiet", "--shared", source, clones / "shared"});
  git(source, {"clone", "--quiet", "--depth=1", url_of(source), clones / "shallow"});
  git(source, {"worktree", "add", "--quiet", clones / "linked", "-b", "linked"});
  for (const char* name : {"bare", "shared", "shallow", "linked"}) {
    INFO(name);
    Folder state;
    Trees trees(state / "objects.git");
    const FetchedCommit commit = value_of(trees.fetch_commit(clones / name, "HEAD"));
    CHECK(commit.id == project.head());
    CHECK(commit.tree.id == project.tree());
    CHECK(trees.exists(commit.tree));
  }
}

TEST_CASE("fetch: the next commit brings only what changed", "[engine][trees]") {
  Project project;
  const bool remote = GENERATE(false, true);
  const std::string repository = remote ? url_of(project.folder.path()) : project.folder.path();
  for (int i = 0; i < 100; ++i)
    write(project.folder / (std::string("f") + std::to_string(i)), std::to_string(i));
  commit_all(project.folder.path());
  Folder state;
  Trees trees(state / "objects.git");
  value_of(trees.fetch_commit(repository, "main"));
  CHECK(git(trees.folder(), {"count-objects"}).starts_with("0 objects"));  // all in a pack
  write(project.folder / "f7", "changed");
  commit_all(project.folder.path());
  const FetchedCommit commit = value_of(trees.fetch_commit(repository, "main"));
  CHECK(commit.tree.id == project.tree());
  CHECK(git(trees.folder(), {"count-objects"}).starts_with("2 objects"));
  CHECK(value_of(trees.read_file(commit.tree, "f7")) == "changed");
}

TEST_CASE("fetch: submodules become empty folders", "[engine][trees]") {
  Project inner;
  Project outer;
  git(outer.folder.path(), {"-c", "protocol.file.allow=always", "submodule", "--quiet", "add",
                            inner.folder.path(), "sub"});
  commit_all(outer.folder.path());
  Folder state;
  Trees trees(state / "objects.git");
  const FetchedCommit commit = value_of(trees.fetch_commit(outer.folder.path(), "HEAD"));
  CHECK(commit.tree.id == outer.tree());
  CHECK(trees.exists(commit.tree));
  value_of(trees.checkout(commit.tree, state / "out"));
  CHECK(fs::is_empty(state / "out/sub"));
}

TEST_CASE("fetch: what is wrong with a repository is said in our words", "[engine][trees]") {
  Folder state;
  Folder folder;
  Trees trees(state / "objects.git");
  const auto text = [&](const std::string& repository, const std::string& ref) {
    return text_of(trees.fetch_commit(repository, ref));
  };
  CHECK(text(folder / "absent", "main") ==
        "error: there is no such repository\n"
        "  repository   " +
            (folder / "absent") +
            "\n"
            "  reason       No such file or directory\n");
  CHECK(text(folder.path(), "main") ==
        "error: this is not a git repository\n"
        "  repository   " +
            folder.path() +
            "\n"
            "hint: give the folder that has .git in it, or make one with `git init`\n");
  git(folder.path(), {"init", "--quiet"});
  CHECK(text(folder.path(), "main") ==
        "error: the repository has no commit yet\n"
        "  repository   " +
            folder.path() +
            "\n"
            "hint: make a first commit\n");
  write(folder / "a", "a");
  commit_all(folder.path());
  git(folder.path(), {"branch", "develop"});
  CHECK(text(folder.path(), "mian") ==
        "error: the repository has no such branch, tag or commit\n"
        "  repository   " +
            folder.path() +
            "\n"
            "  wanted       mian\n"
            "  nearest      main, develop\n"
            "  there are    2 branches and tags\n"
            "hint: `git for-each-ref` in the repository lists what it has\n");
  const std::string url = url_of(folder.path());
  CHECK(text(url, "mian").find("  nearest      main, develop\n") != std::string::npos);
  CHECK(text(folder.path(), std::string(40, '1')).starts_with("error: the repository has no such"));
  const std::string gone = text(url + "-gone", "main");
  CHECK(
      gone.starts_with("error: git cannot read the repository\n  repository   " + url + "-gone\n"));
  CHECK(gone.find("does not appear to be a git repository") != std::string::npos);
  const auto failed = trees.fetch_commit(folder.path(), "mian");
  CHECK(failed.failure().kind == FailureClass::errored);
}

TEST_CASE("fetch: somebody else's repository is refused with git's remedy", "[engine][trees]") {
  if (::geteuid() != 0) {
    WARN("not tested: only root can give a folder away");
    return;
  }
  Project project;
  Folder state;
  for (const auto& entry : fs::recursive_directory_iterator(project.folder.path())) {
    REQUIRE(::lchown(entry.path().c_str(), 12345, 12345) == 0);
  }
  REQUIRE(::lchown(project.folder.path().c_str(), 12345, 12345) == 0);
  Trees trees(state / "objects.git");
  CHECK(text_of(trees.fetch_commit(project.folder.path(), "main")) ==
        "error: the repository belongs to somebody else\n"
        "  repository   " +
            project.folder.path() +
            "\n"
            "hint: if you trust it: git config --global --add safe.directory " +
            project.folder.path() + "\n");
}

TEST_CASE("fetch: a damaged repository is an error that names the object", "[engine][trees]") {
  Project project;
  Folder state;
  const std::string id = git(project.folder.path(), {"rev-parse", "HEAD:main.c"});
  fs::remove(project.folder / (".git/objects/" + id.substr(0, 2) + "/" + id.substr(2)));
  Trees trees(state / "objects.git");
  const std::string text = text_of(trees.fetch_commit(project.folder.path(), "main"));
  CHECK(text.starts_with("error: the repository lacks a part of the commit\n  object   " + id));
  CHECK_FALSE(trees.exists(Tree{project.tree()}));
}

TEST_CASE("fetch: a remote that does not answer can be cancelled", "[engine][trees]") {
  Folder state;
  Trees trees(state / "objects.git");
  // git waits for its ssh, which says nothing; the test would hang if the group were not killed.
  ::setenv("GIT_SSH_COMMAND", "sleep 1000; true", 1);
  int looks = 0;
  RemoteOptions options;
  options.cancelled = [&looks] { return ++looks == 3; };
  const auto fetched = trees.fetch_commit("ssh://host.invalid/x.git", "main", options);
  ::unsetenv("GIT_SSH_COMMAND");
  REQUIRE(fetched.is_failed());
  CHECK(fetched.failure().kind == FailureClass::cancelled);
}

TEST_CASE("fetch: without the git program a remote is an error, a local one works",
          "[engine][trees]") {
  Project project;
  Folder state;
  Trees trees(state / "objects.git");
  const std::string tree = project.tree();
  const std::string path = ::getenv("PATH");
  ::setenv("PATH", state.path().c_str(), 1);
  const auto remote = trees.fetch_commit(url_of(project.folder.path()), "main");
  const auto local = trees.fetch_commit(project.folder.path(), "main");
  ::setenv("PATH", path.c_str(), 1);
  CHECK(text_of(remote) ==
        "error: cannot run the git program\n"
        "  reason   No such file or directory\n"
        "hint: repositories on other machines need it: apt-get install git\n");
  CHECK(value_of(local).tree.id == tree);
}

TEST_CASE("fetch: a password in a URL is not shown", "[engine][trees]") {
  Folder state;
  Trees trees(state / "objects.git");
  ::setenv("GIT_ALLOW_PROTOCOL", "none", 1);  // so that nothing is asked over the network
  const auto fetched = trees.fetch_commit("https://user:s3cret@host.invalid/x.git", "main");
  ::unsetenv("GIT_ALLOW_PROTOCOL");
  const std::string text = text_of(fetched);
  CHECK(text.find("https://user:***@host.invalid/x.git") != std::string::npos);
  CHECK(text.find("s3cret") == std::string::npos);
}
