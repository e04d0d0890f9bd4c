// disk.cpp - writing aside, syncing, renaming.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/trees/disk.hpp"

#include "engine/caught.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>

namespace oche::detail {

namespace {

std::string hint_for(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT:
      return "make room on that disk and try again; what was stored before is safe";
    case EROFS:
      return "the file system is mounted read-only";
    case EACCES:
    case EPERM:
      return "look at the owner and the permissions of that folder";
    default:
      return {};
  }
}

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace

void throw_disk_error(std::string what, const std::string& path, int error) {
  throw errored(std::move(what), {{"path", path}, {"reason", reason_of(error)}}, hint_for(error));
}

Descriptor open_folder(const std::string& path) {
  Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.is_open()) throw_disk_error("cannot open a folder", path, errno);
  return folder;
}

void write_all(int file, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      throw_disk_error("cannot write a file", path, errno);
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void sync_file(int file, const std::string& path) {
  if (::fsync(file) != 0) throw_disk_error("cannot sync a file to its disk", path, errno);
}

void sync_folder(const std::string& path) { sync_file(open_folder(path).get(), path); }

bool make_folder(const std::string& path) {
  if (::mkdir(path.c_str(), 0777) != 0) {
    if (errno == EEXIST) return false;
    throw_disk_error("cannot make a folder", path, errno);
  }
  sync_folder(parent_of(path));
  return true;
}

TemporaryFile::TemporaryFile(const std::string& folder) : path_(folder + "/tmp_XXXXXX") {
  file_ = Descriptor(::mkostemp(path_.data(), O_CLOEXEC));
  if (!file_.is_open()) throw_disk_error("cannot make a file", folder, errno);
}

TemporaryFile::TemporaryFile(TemporaryFile&& other) noexcept
    : path_(std::exchange(other.path_, {})), file_(std::move(other.file_)) {}

TemporaryFile::~TemporaryFile() {
  if (!path_.empty()) ::unlink(path_.c_str());
}

void TemporaryFile::start_sync() { ::sync_file_range(fd(), 0, 0, SYNC_FILE_RANGE_WRITE); }

void TemporaryFile::move_to(const std::string& place) {
  // Objects never change: git makes them read-only, too.
  if (::fchmod(fd(), 0444) != 0 || ::rename(path_.c_str(), place.c_str()) != 0) {
    throw_disk_error("cannot move a file to its place", place, errno);
  }
  path_.clear();
}

Descriptor lock_file(const std::string& path) {
  Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
  if (!file.is_open()) throw_disk_error("cannot open a lock file", path, errno);
  while (::flock(file.get(), LOCK_EX) != 0) {
    if (errno != EINTR) throw_disk_error("cannot lock a file", path, errno);
  }
  return file;
}

}  // namespace oche::detail
