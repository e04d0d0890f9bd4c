// import.cpp - folders become the trees that git itself would make of them.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/trees/support.hpp"

#include <sys/socket.h>
#include <sys/un.h>

using namespace state_tests;

namespace {

// Names and contents that are easy to get wrong.
void fill(const std::string& folder) {
  write(folder + "/plain.txt", "hello\n");
  write(folder + "/with space, comma.txt", "a");
  write(folder + "/new\nline", "b");
  write(folder + "/\xc3\xa4\xf0\x9f\x99\x82.txt", "unicode");
  write(folder + "/no utf-8 \xff\xfe", "c");
  write(folder + "/empty", "");
  write(folder + "/binary", std::string("\0\1\2\xff\0", 5));
  write(folder + "/run", "#!/bin/sh\n", true);
  write(folder + "/dir/file", "in dir");
  write(folder + "/dir.d/file", "sorts between dir and dir/");
  write(folder + "/dir-1", "sorts before both");
  write(folder + "/.hidden/.dot", "dots are names");
  write(folder + "/large", std::string(3'000'000, 'x') + "end");
  fs::create_symlink("plain.txt", folder + "/link");
  fs::create_symlink("/nowhere/at all", folder + "/dangling");
}

std::string git_tree_of(const std::string& folder) {
  git(folder, {"init", "--quiet"});
  git(folder, {"add", "-A"});
  return git(folder, {"write-tree"});
}

}  // namespace

TEST_CASE("trees: a folder has the id that git gives it", "[engine][trees]") {
  Folder work;
  Folder state;
  fill(work.path());
  Trees trees(state / "objects.git");
  const Tree tree = value_of(trees.import_folder(work.path()));
  CHECK(tree.id == git_tree_of(work.path()));
  CHECK(trees.exists(tree));
  CHECK(fsck(trees.folder()).empty());
  // .git has come into being meanwhile, and is no part of the folder.
  CHECK(value_of(trees.import_folder(work.path())) == tree);
}

TEST_CASE("trees: a thousand files become one pack that git finds sound", "[engine][trees]") {
  Folder work;
  Folder state;
  for (int i = 0; i < 1000; ++i) {
    write(work / (std::string("d") + std::to_string(i % 10) + "/f" + std::to_string(i)),
          std::to_string(i));
  }
  Trees trees(state / "objects.git");
  const Tree tree = value_of(trees.import_folder(work.path()));
  CHECK(tree.id == git_tree_of(work.path()));
  CHECK(fsck(trees.folder()).empty());
  const std::string packs = state / "objects.git/objects/pack";
  CHECK(std::distance(fs::directory_iterator(packs), fs::directory_iterator()) == 2);
  CHECK(git(trees.folder(), {"count-objects", "-v"}).find("in-pack: 1011") != std::string::npos);

  SECTION("the same again writes nothing") {
    CHECK(value_of(trees.import_folder(work.path())) == tree);
    CHECK(std::distance(fs::directory_iterator(packs), fs::directory_iterator()) == 2);
  }
  SECTION("a changed file adds what changed only") {
    write(work / "d3/f3", "changed");
    const Tree changed = value_of(trees.import_folder(work.path()));
    CHECK(changed != tree);
    const std::string counts = git(trees.folder(), {"count-objects", "-v"});
    CHECK(counts.starts_with("count: 3\n"));  // a file and two folders
    CHECK(trees.exists(tree));
    CHECK(trees.exists(changed));
  }
}

TEST_CASE("trees: what git cannot keep is left out", "[engine][trees]") {
  Folder work;
  Folder state;
  write(work / "kept", "x");
  write(work / ".git/config", "never");
  write(work / "inner/.GIT/config", "never");
  fs::create_directories(work / "empty/within");
  REQUIRE(::mkfifo((work / "pipe").c_str(), 0600) == 0);
  const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  (work / "socket").copy(address.sun_path, sizeof address.sun_path - 1);
  REQUIRE(::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  ::close(listener);
  Trees trees(state / "objects.git");
  const auto files = value_of(trees.list(value_of(trees.import_folder(work.path()))));
  REQUIRE(files.size() == 1);
  CHECK(files[0].path == "kept");

  Folder nothing;
  CHECK(value_of(trees.import_folder(nothing.path())).id ==
        "4b825dc642cb6eb9a060e54bf8d69288fbee4904");
}

TEST_CASE("trees: a folder that cannot be read is an error that names it", "[engine][trees]") {
  Folder state;
  Trees trees(state / "objects.git");
  CHECK(text_of(trees.import_folder(state / "not there")) ==
        "error: cannot open a folder\n"
        "  path     " +
            (state / "not there") +
            "\n"
            "  reason   No such file or directory\n");
  write(state / "file", "");
  CHECK(text_of(trees.import_folder(state / "file")).find("Not a directory") != std::string::npos);
}

TEST_CASE("trees: outputs are kept by pattern, with their paths", "[engine][trees]") {
  Folder work;
  Folder state;
  fill(work.path());
  write(work / "dist/a-1.0.whl", "wheel");
  write(work / "dist/b, c.whl", "wheel 2");
  write(work / "dist/notes.txt", "notes");
  write(work / "deep/er/still/report.xml", "<x/>");
  fs::create_directories(work / "dist/nothing");
  Trees trees(state / "objects.git");
  const auto kept = [&](std::vector<std::string> patterns) {
    std::vector<std::string> paths;
    for (const TreeFile& file :
         value_of(trees.list(value_of(trees.import_files(work.path(), patterns))))) {
      paths.push_back(file.path);
    }
    return paths;
  };
  using Paths = std::vector<std::string>;
  CHECK(kept({"dist/*.whl"}) == Paths{"dist/a-1.0.whl", "dist/b, c.whl"});
  CHECK(kept({"dist"}) == Paths{"dist/a-1.0.whl", "dist/b, c.whl", "dist/notes.txt"});
  CHECK(kept({"dist/", "dist/*.whl"}).size() == 3);
  CHECK(kept({"dist/b, c.whl"}) == Paths{"dist/b, c.whl"});
  CHECK(kept({"**/report.xml", "plain.txt"}) == Paths{"deep/er/still/report.xml", "plain.txt"});
  CHECK(kept({"**/*.txt"}).size() == 4);
  CHECK(kept({"./deep/**"}) == Paths{"deep/er/still/report.xml"});
  CHECK(kept({"link"}) == Paths{"link"});
  CHECK(kept({}) == Paths{});
  CHECK(value_of(trees.import_files(work.path(), std::vector<std::string>{"**"})) ==
        value_of(trees.import_folder(work.path())));
}

TEST_CASE("trees: an output pattern that matches nothing is a failure", "[engine][trees]") {
  Folder work;
  Folder state;
  write(work / "dist/app-1.0.tar.gz", "x");
  write(work / "build/lib/app.py", "y");
  fs::create_directories(work / "dist/empty");
  Trees trees(state / "objects.git");
  const auto text = [&](std::string pattern) {
    return text_of(trees.import_files(work.path(), std::vector<std::string>{"build", pattern}));
  };
  CHECK(text("dist/*.whl") ==
        "error: nothing matches an output's pattern\n"
        "  pattern   dist/*.whl\n"
        "  nearest   dist/app-1.0.tar.gz, build/lib/app.py\n"
        "hint: patterns are relative to the working folder, and an empty folder is nothing\n");
  CHECK(text("dist/empty").find("pattern   dist/empty\n") != std::string::npos);
  CHECK(text("../secret") ==
        "error: a pattern leads out of the folder\n"
        "  pattern   ../secret\n"
        "hint: patterns are relative to the working folder, such as dist/*.whl\n");
  CHECK(text("a/../../b").starts_with("error: a pattern leads out of the folder\n"));
  CHECK(text("/etc/passwd").starts_with("error: a pattern is an absolute path\n"));
  CHECK(text("").starts_with("error: a pattern is empty\n"));
}

TEST_CASE("trees: a link in the folder is kept as a link and never followed", "[engine][trees]") {
  Folder outside;
  Folder work;
  Folder state;
  write(outside / "secret", "do not read");
  fs::create_directory_symlink(outside.path(), work / "way");
  Trees trees(state / "objects.git");
  const auto files = value_of(trees.list(value_of(trees.import_folder(work.path()))));
  REQUIRE(files.size() == 1);
  CHECK(files[0].kind == EntryKind::link);
  CHECK(text_of(trees.import_files(work.path(), std::vector<std::string>{"way/secret"}))
            .starts_with("error: nothing matches"));
}
