// checkout.cpp - writing files so that none can land elsewhere.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
//
// A tree may come from anywhere. Names are checked when it is read (no slash, no `..`, no `.git`);
// each folder is reached from the open folder above it, never through a link; everything is made
// new, so that a link that the same tree made first cannot be written through.
#include "engine/trees/checkout.hpp"

#include "engine/caught.hpp"
#include "engine/trees/disk.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

namespace oche::detail {

namespace {

class Checkout {
 public:
  explicit Checkout(Objects& objects) : objects_(objects) {}

  void write(const ObjectId& tree, int folder, const std::string& path, int depth) {
    check_depth(depth);
    for (const TreeEntry& entry : objects_.read_tree(tree)) {
      const std::string inner = path + "/" + entry.name;
      switch (entry.kind) {
        case EntryKind::folder:
          write_folder(entry, folder, inner, depth);
          break;
        case EntryKind::link:
          write_link(entry, folder, inner);
          break;
        case EntryKind::commit:
          (void)make(entry, folder, inner);
          break;
        default:
          write_file(entry, folder, inner);
      }
    }
  }

 private:
  void write_folder(const TreeEntry& entry, int folder, const std::string& path, int depth) {
    const Descriptor inner = make(entry, folder, path);
    write(entry.id, inner.get(), path, depth + 1);
  }

  // A submodule becomes an empty folder, as git leaves it.
  static Descriptor make(const TreeEntry& entry, int folder, const std::string& path) {
    if (::mkdirat(folder, entry.name.c_str(), 0777) != 0) {
      throw_disk_error("cannot check a tree out", path, errno);
    }
    Descriptor made(
        ::openat(folder, entry.name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!made.is_open()) throw_disk_error("cannot check a tree out", path, errno);
    return made;
  }

  void write_link(const TreeEntry& entry, int folder, const std::string& path) {
    const std::string target(objects_.read(entry.id, ObjectKind::blob).bytes());
    if (target.find('\0') != std::string::npos) {
      throw errored("a link in a tree has a NUL byte in its target", {{"path", path}});
    }
    if (::symlinkat(target.c_str(), folder, entry.name.c_str()) != 0) {
      throw_disk_error("cannot check a tree out", path, errno);
    }
  }

  void write_file(const TreeEntry& entry, int folder, const std::string& path) {
    const ObjectBytes bytes = objects_.read(entry.id, ObjectKind::blob);
    const mode_t mode = entry.kind == EntryKind::executable ? 0777 : 0666;
    const Descriptor file(::openat(folder, entry.name.c_str(),
                                   O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
    if (!file.is_open()) throw_disk_error("cannot check a tree out", path, errno);
    write_all(file.get(), bytes.bytes(), path);
  }

  Objects& objects_;
};

}  // namespace

void check_out(Objects& objects, const ObjectId& tree, const std::string& folder) {
  if (::mkdir(folder.c_str(), 0777) != 0 && errno != EEXIST) {
    throw_disk_error("cannot make a folder", folder, errno);
  }
  if (tree == empty_tree) return;
  Checkout(objects).write(tree, open_folder(folder).get(), folder, 0);
}

}  // namespace oche::detail
