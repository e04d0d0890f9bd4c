// worktree.cpp - the folder that somebody works in, without touching their repository.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/trees/support.hpp"

#include <map>

using namespace state_tests;

namespace {

// Every file below with its bytes and its time of change.
std::map<std::string, std::pair<std::string, fs::file_time_type>> everything_in(
    const std::string& folder) {
  std::map<std::string, std::pair<std::string, fs::file_time_type>> all;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    all[entry.path()] = {entry.is_regular_file() ? content_of(entry.path()) : "",
                         entry.last_write_time()};
  }
  return all;
}

// What git itself would commit, found in a copy so that the original stays as it is.
std::string expected_tree(const std::string& folder) {
  Folder copy;
  fs::copy(folder, copy / "r", fs::copy_options::recursive | fs::copy_options::copy_symlinks);
  git(copy / "r", {"add", "-A"});
  return git(copy / "r", {"write-tree"});
}

}  // namespace

TEST_CASE("worktree: changes, new files and removals; not what is ignored", "[engine][trees]") {
  Folder work;
  Folder state;
  write(work / "kept.c", "same");
  write(work / "changed.c", "before");
  write(work / "removed.c", "gone soon");
  write(work / "tool", "#!/bin/sh\n");
  write(work / "sub/deep/file", "1");
  write(work / ".gitignore", "*.o\n/out/\n");
  write(work / "tracked.o", "in spite of the pattern");
  git(work.path(), {"init", "--quiet"});
  git(work.path(), {"add", "-f", "tracked.o"});
  commit_all(work.path());
  write(work / "changed.c", "after");
  write(work / "tracked.o", "changed too");
  fs::remove(work / "removed.c");
  fs::permissions(work / "tool", fs::perms::owner_exec, fs::perm_options::add);
  write(work / "new, with space.c", "new");
  write(work / "sub/new", "2");
  write(work / "junk.o", "ignored");
  write(work / "out/artifact", "ignored");
  fs::create_symlink("kept.c", work / "link");
  git(work.path(), {"add", "sub/new"});  // staged, and changed again
  write(work / "sub/new", "3");

  const std::string expected = expected_tree(work.path());
  const auto before = everything_in(work / ".git");
  Trees trees(state / "objects.git");
  const Tree tree = value_of(trees.import_worktree(work.path()));
  CHECK(tree.id == expected);
  CHECK(everything_in(work / ".git") == before);
  CHECK(trees.exists(tree));
  CHECK(fsck(trees.folder()).empty());
  CHECK(value_of(trees.read_file(tree, "changed.c")) == "after");
  CHECK(value_of(trees.read_file(tree, "tracked.o")) == "changed too");
  CHECK(trees.read_file(tree, "junk.o").is_failed());
  CHECK(value_of(trees.import_worktree(work.path())) == tree);
}

TEST_CASE("worktree: a repository that has no commit, or no folder", "[engine][trees]") {
  Folder work;
  Folder state;
  Trees trees(state / "objects.git");
  git(work.path(), {"init", "--quiet"});
  CHECK(value_of(trees.import_worktree(work.path())).id ==
        "4b825dc642cb6eb9a060e54bf8d69288fbee4904");
  write(work / "first", "1");
  CHECK(value_of(trees.import_worktree(work.path())).id == expected_tree(work.path()));
  git(work.path(), {"init", "--quiet", "--bare", work / "bare.git"});
  CHECK(text_of(trees.import_worktree(work / "bare.git")) ==
        "error: the repository has no working folder\n"
        "  repository   " +
            (work / "bare.git") +
            "\n"
            "hint: it is bare; give a clone of it that has files\n");
  CHECK(text_of(trees.import_worktree(state.path())).starts_with("error: this is not a git repo"));
}

TEST_CASE("worktree: in the middle of a merge that conflicts", "[engine][trees]") {
  Folder work;
  Folder state;
  write(work / "f", "base");
  commit_all(work.path());
  git(work.path(), {"checkout", "--quiet", "-b", "other"});
  write(work / "f", "theirs");
  commit_all(work.path());
  git(work.path(), {"checkout", "--quiet", "main"});
  write(work / "f", "ours");
  commit_all(work.path());
  CHECK(run_git({"-C", work.path(), "-c", "user.name=T", "-c", "user.email=t@example.org", "merge",
                 "--quiet", "other"},
                {})
            .exit_status != 0);
  const std::string expected = expected_tree(work.path());
  Trees trees(state / "objects.git");
  CHECK(value_of(trees.import_worktree(work.path())).id == expected);
}

TEST_CASE("worktree: a state folder inside it is not taken for work", "[engine][trees]") {
  Folder work;
  write(work / "a", "a");
  commit_all(work.path());
  write(work / ".oche/.gitignore", "*\n");  // as the store makes it
  Trees trees(work / ".oche/objects.git");
  const Tree tree = value_of(trees.import_worktree(work.path()));
  CHECK(tree.id == git(work.path(), {"rev-parse", "HEAD^{tree}"}));
  CHECK(value_of(trees.import_worktree(work.path())) == tree);
}
