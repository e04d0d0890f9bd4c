// look.cpp - finding things in trees, and making trees of trees.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/trees/support.hpp"

using namespace state_tests;
using Paths = std::vector<std::string>;

TEST_CASE("trees: subtree, read_file, list and glob", "[engine][trees]") {
  Folder work;
  Folder state;
  write(work / "lib/a.c", "a");
  write(work / "lib/deep/b.c", "b");
  write(work / "lib/deep/b.h", "h");
  write(work / "docs/x y.md", "doc");
  fs::create_symlink("a.c", work / "lib/link.c");
  Trees trees(state / "objects.git");
  const Tree tree = value_of(trees.import_folder(work.path()));

  CHECK(value_of(trees.glob(tree, "**/*.c")) == Paths{"lib/a.c", "lib/deep/b.c", "lib/link.c"});
  CHECK(value_of(trees.glob(tree, "lib/*.c")) == Paths{"lib/a.c", "lib/link.c"});
  CHECK(value_of(trees.glob(tree, "docs")) == Paths{"docs/x y.md"});
  CHECK(value_of(trees.glob(tree, "nothing/*")).empty());
  CHECK(trees.glob(tree, "../x").is_failed());

  const Tree lib = value_of(trees.subtree(tree, "lib"));
  CHECK(lib == value_of(trees.import_folder(work / "lib")));
  CHECK(value_of(trees.subtree(tree, "lib/deep")) == value_of(trees.subtree(lib, "./deep/")));
  CHECK(value_of(trees.subtree(tree, "")) == tree);
  CHECK(value_of(trees.read_file(tree, "docs/x y.md")) == "doc");

  const auto files = value_of(trees.list(lib));
  REQUIRE(files.size() == 4);
  CHECK(files[0].path == "a.c");
  CHECK(files[0].kind == EntryKind::file);
  CHECK(files[1].path == "deep/b.c");
  CHECK(files[3].path == "link.c");
  CHECK(files[3].kind == EntryKind::link);
}

TEST_CASE("trees: a path that leads nowhere names the nearest", "[engine][trees]") {
  Folder work;
  Folder state;
  write(work / "lib/parser/p.c", "a");
  write(work / "lib/printer/p.c", "b");
  Trees trees(state / "objects.git");
  const Tree tree = value_of(trees.import_folder(work.path()));
  CHECK(text_of(trees.subtree(tree, "lib/praser")) ==
        "error: a tree has nothing at this path\n"
        "  path      lib/praser\n"
        "  missing   praser\n"
        "  nearest   parser, printer\n");
  CHECK(text_of(trees.subtree(tree, "lib/parser/p.c")) ==
        "error: a tree has a file where a folder was asked for\n"
        "  path   lib/parser/p.c\n"
        "hint: `glob` and `read_file` are for files\n");
  CHECK(text_of(trees.read_file(tree, "lib")) ==
        "error: a tree has no file at this path\n  path   lib\n");
  CHECK(text_of(trees.read_file(tree, "lib/parser/p.c/x"))
            .starts_with("error: a tree has a file where the path needs a folder\n"));
  CHECK(text_of(trees.read_file(tree, "../x")).starts_with("error: a tree has nothing"));
}

TEST_CASE("trees: merge is the union, whatever the order", "[engine][trees]") {
  Folder state;
  Folder a;
  Folder b;
  Folder both;
  write(a / "lib/one", "1");
  write(a / "shared", "same");
  write(b / "lib/two", "2");
  write(b / "lib/deep/x", "x");
  write(b / "shared", "same");
  for (const Folder* folder : {&a, &b}) {
    fs::copy(folder->path(), both.path(),
             fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  }
  Trees trees(state / "objects.git");
  const Tree first = value_of(trees.import_folder(a.path()));
  const Tree second = value_of(trees.import_folder(b.path()));
  const Tree expected = value_of(trees.import_folder(both.path()));
  const Tree empty{"4b825dc642cb6eb9a060e54bf8d69288fbee4904"};
  const auto merged = [&](std::vector<Tree> list) { return trees.merge(list); };
  CHECK(value_of(merged({first, second})) == expected);
  CHECK(value_of(merged({second, empty, first, second})) == expected);
  CHECK(value_of(merged({first})) == first);
  CHECK(value_of(merged({})) == empty);

  Folder c;
  write(c / "lib/one", "another");
  const Tree third = value_of(trees.import_folder(c.path()));
  const std::string text = text_of(merged({first, third}));
  CHECK(text.starts_with("error: two trees that are merged differ\n  path      lib/one\n"));
  CHECK(text.find("hint: merge trees that share no path, or take a `subtree` of one of them\n") !=
        std::string::npos);
  Folder d;
  write(d / "lib", "a file");
  CHECK(text_of(merged({first, value_of(trees.import_folder(d.path()))})).find("path      lib\n") !=
        std::string::npos);
}
