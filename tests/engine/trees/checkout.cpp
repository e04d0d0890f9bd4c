// checkout.cpp - trees become folders again, and never reach beside them.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/trees/batch.hpp"
#include "engine/trees/support.hpp"

using namespace state_tests;

namespace {

// A tree object of these bytes, whatever they are: what a hostile repository could send.
Tree raw_tree(const std::string& store, std::string_view bytes) {
  Objects objects(store);
  Batch batch(objects);
  const ObjectId id = batch.add(ObjectKind::tree, bytes);
  batch.finish();
  return Tree{id.hex()};
}

std::string entry(std::string_view mode, std::string_view name, const ObjectId& id) {
  std::string bytes(mode);
  bytes += ' ';
  bytes += name;
  bytes += '\0';
  bytes.append(reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size());
  return bytes;
}

ObjectId blob(const std::string& store, std::string_view bytes) {
  Objects objects(store);
  Batch batch(objects);
  const ObjectId id = batch.add(ObjectKind::blob, bytes);
  batch.finish();
  return id;
}

}  // namespace

TEST_CASE("trees: a folder comes back as it was", "[engine][trees]") {
  Folder work;
  Folder state;
  write(work / "a file, with \xc3\xa4.txt", "text");
  write(work / "new\nline", "b");
  write(work / "bin/run", "#!/bin/sh\n", true);
  write(work / "empty", "");
  fs::create_symlink("bin/run", work / "link");
  Trees trees(state / "objects.git");
  const Tree tree = value_of(trees.import_folder(work.path()));

  const std::string out = state / "out";
  value_of(trees.checkout(tree, out));
  CHECK(content_of(out + "/a file, with \xc3\xa4.txt") == "text");
  CHECK(content_of(out + "/new\nline") == "b");
  CHECK(fs::read_symlink(out + "/link") == "bin/run");
  CHECK((fs::status(out + "/bin/run").permissions() & fs::perms::owner_exec) != fs::perms::none);
  CHECK((fs::status(out + "/empty").permissions() & fs::perms::owner_exec) == fs::perms::none);
  CHECK(value_of(trees.import_folder(out)) == tree);

  SECTION("files are copies: writing to one changes no tree") {
    write(out + "/empty", "no more");
    value_of(trees.checkout(tree, state / "again"));
    CHECK(content_of(state / "again/empty").empty());
  }
  SECTION("a name that is taken is an error, and what is there stays") {
    write(state / "taken/empty", "mine");
    CHECK(text_of(trees.checkout(tree, state / "taken")) ==
          "error: cannot check a tree out\n"
          "  path     " +
              (state / "taken/empty") +
              "\n"
              "  reason   File exists\n");
    CHECK(content_of(state / "taken/empty") == "mine");
  }
}

TEST_CASE("trees: the empty tree is always there", "[engine][trees]") {
  Folder state;
  Trees trees(state / "objects.git");
  const Tree empty{"4b825dc642cb6eb9a060e54bf8d69288fbee4904"};
  CHECK(trees.exists(empty));
  value_of(trees.checkout(empty, state / "out"));
  CHECK(fs::is_directory(state / "out"));
  CHECK_FALSE(fs::exists(state / "objects.git"));  // made only when something is written
  CHECK(value_of(trees.list(empty)).empty());
}

TEST_CASE("trees: a hostile tree writes nothing outside the folder", "[engine][trees]") {
  Folder state;
  Folder outside;
  const std::string store = state / "objects.git";
  Trees trees(store);
  const ObjectId text = blob(store, "owned");
  const ObjectId way_out = blob(store, outside.path());
  const Tree inner = raw_tree(store, entry("100644", "file", text));
  const ObjectId inner_id = *ObjectId::parse(inner.id);

  for (const char* name : {"..", ".", "", ".git", ".GiT", "../escaped", "a/b", "/abs"}) {
    INFO("name " << name);
    const Tree tree = raw_tree(store, entry("100644", name, text));
    CHECK(text_of(trees.checkout(tree, state / "out"))
              .starts_with("error: a tree has an entry that no folder may have\n"));
    const Tree folder = raw_tree(store, entry("40000", name, inner_id));
    CHECK(trees.checkout(folder, state / "out").is_failed());
  }
  // A link out, and then a folder of the same name through which a file would land there.
  const Tree twice = raw_tree(store, entry("120000", "a", way_out) + entry("40000", "a", inner_id));
  CHECK(trees.checkout(twice, state / "twice").is_failed());
  const Tree file_after = raw_tree(
      store, entry("120000", "a", blob(store, outside / "new")) + entry("100644", "a", text));
  CHECK(trees.checkout(file_after, state / "file_after").is_failed());
  // Links that are already in the folder are not followed either.
  fs::create_directories(state / "linked");
  fs::create_directory_symlink(outside.path(), state / "linked/d");
  const Tree through = raw_tree(store, entry("40000", "d", inner_id));
  CHECK(trees.checkout(through, state / "linked").is_failed());

  CHECK(fs::is_empty(outside.path()));
  CHECK_FALSE(fs::exists(state / "escaped"));
  CHECK_FALSE(fs::exists(state / "file"));
}

TEST_CASE("trees: a tree that is missing, or in part, is said to be", "[engine][trees]") {
  Folder state;
  Folder work;
  write(work / "d/file", "x");
  Trees trees(state / "objects.git");
  const std::string none(40, '1');
  CHECK(text_of(trees.checkout(Tree{none}, state / "out")) ==
        "error: a tree is not in the object store, or not all of it\n"
        "  tree     " +
            none +
            "\n"
            "  folder   " +
            trees.folder() +
            "\n"
            "hint: `rebuild` the step that made it\n");
  CHECK(text_of(trees.checkout(Tree{"nonsense"}, state / "out")) ==
        "error: this is not a tree's id\n  tree   nonsense\n");

  const Tree tree = value_of(trees.import_folder(work.path()));
  CHECK(trees.exists(tree));
  const std::string file_id = value_of(trees.list(tree))[0].id;
  CHECK_FALSE(trees.exists(Tree{file_id}));
  fs::remove(trees.folder() + "/objects/" + file_id.substr(0, 2) + "/" + file_id.substr(2));
  const Trees later(trees.folder());
  CHECK_FALSE(later.exists(tree));
  CHECK(text_of(later.checkout(tree, state / "half")).find("file     " + file_id) !=
        std::string::npos);
}

TEST_CASE("trees: a damaged object is an error, not wrong bytes", "[engine][trees]") {
  Folder state;
  Folder work;
  write(work / "file", std::string(1000, 'a'));
  Trees trees(state / "objects.git");
  const Tree tree = value_of(trees.import_folder(work.path()));
  const std::string id = value_of(trees.list(tree))[0].id;
  const std::string path = trees.folder() + "/objects/" + id.substr(0, 2) + "/" + id.substr(2);
  fs::permissions(path, fs::perms::owner_write, fs::perm_options::add);
  std::string bytes = content_of(path);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 0x55);
  write(path, bytes);
  const Trees later(trees.folder());
  CHECK(text_of(later.read_file(tree, "file"))
            .starts_with("error: cannot read from the object store\n"));
}
