// folder_reader.cpp - listing folders and opening files without following links.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/trees/folder_reader.hpp"

#include "engine/caught.hpp"
#include "engine/trees/disk.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>

namespace oche::detail {

namespace {

struct CloseListing {
  void operator()(DIR* listing) const { ::closedir(listing); }
};

// False for what git does not keep.
bool describe(const struct stat& status, FolderEntry& entry) {
  entry.size = static_cast<std::uint64_t>(status.st_size);
  if (S_ISDIR(status.st_mode)) {
    entry.kind = EntryKind::folder;
  } else if (S_ISLNK(status.st_mode)) {
    entry.kind = EntryKind::link;
  } else if (S_ISREG(status.st_mode)) {
    entry.kind = (status.st_mode & S_IXUSR) != 0 ? EntryKind::executable : EntryKind::file;
  } else {
    return false;
  }
  return true;
}

}  // namespace

FolderReader::FolderReader(const std::string& path) : folder_(open_folder(path)), path_(path) {}

FolderReader::FolderReader(Descriptor folder, std::string path)
    : folder_(std::move(folder)), path_(std::move(path)) {}

std::vector<FolderEntry> FolderReader::entries() const {
  const int fd = ::openat(folder_.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const std::unique_ptr<DIR, CloseListing> listing(fd < 0 ? nullptr : ::fdopendir(fd));
  if (listing == nullptr) throw_disk_error("cannot list a folder", path_, errno);
  std::vector<FolderEntry> entries;
  for (;;) {
    errno = 0;
    const dirent* const item = ::readdir(listing.get());
    if (item == nullptr && errno != 0) throw_disk_error("cannot list a folder", path_, errno);
    if (item == nullptr) break;
    FolderEntry entry;
    entry.name = item->d_name;
    struct stat status;
    if (!is_entry_name(entry.name)) continue;
    if (::fstatat(folder_.get(), item->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
      if (errno == ENOENT) continue;
      throw_disk_error("cannot look at a file", path_of(entry.name), errno);
    }
    if (describe(status, entry)) entries.push_back(std::move(entry));
  }
  std::sort(entries.begin(), entries.end(),
            [](const FolderEntry& a, const FolderEntry& b) { return a.name < b.name; });
  return entries;
}

FolderReader FolderReader::folder(const std::string& name) const {
  Descriptor inner(
      ::openat(folder_.get(), name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!inner.is_open()) throw_disk_error("cannot open a folder", path_of(name), errno);
  return {std::move(inner), path_of(name)};
}

Descriptor FolderReader::file(FolderEntry& entry) const {
  // Non-blocking: should it have become a pipe meanwhile, opening must not wait.
  Descriptor file(
      ::openat(folder_.get(), entry.name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat status;
  if (!file.is_open() || ::fstat(file.get(), &status) != 0) {
    throw_disk_error("cannot read a file", path_of(entry.name), errno);
  }
  if (!describe(status, entry) || entry.kind == EntryKind::folder) {
    throw errored("a file changed while it was read", {{"path", path_of(entry.name)}},
                  "something still writes to the folder");
  }
  return file;
}

std::string FolderReader::link(const std::string& name) const {
  std::string target(4096, '\0');
  const ssize_t length = ::readlinkat(folder_.get(), name.c_str(), target.data(), target.size());
  if (length < 0) throw_disk_error("cannot read a link", path_of(name), errno);
  target.resize(static_cast<std::size_t>(length));
  return target;
}

}  // namespace oche::detail
