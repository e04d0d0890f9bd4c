// folder_lock.cpp - the state folder and its lock file.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store/folder_lock.hpp"

#include "engine/caught.hpp"
#include "engine/trees/disk.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/utsname.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace oche::detail {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void refuse(const std::string& folder, int error) {
  std::string hint = "name another folder with --state";
  if (error == ENOSPC || error == EDQUOT) hint = "make room on its disk, or " + hint;
  if (error == EROFS) hint = "its file system is read-only: " + hint;
  if (error == EACCES || error == EPERM) hint = "look at its owner and permissions, or " + hint;
  throw errored("the state folder cannot be used",
                {{"folder", folder}, {"reason", reason_of(error)}}, std::move(hint));
}

// The name of this program and of this machine, for the one who is refused.
std::string own_name() {
  std::string program;
  std::getline(std::ifstream("/proc/self/comm"), program);
  utsname machine{};
  ::uname(&machine);
  return std::to_string(::getpid()) + " (" + program + ") on " + machine.nodename;
}

std::string holder_of(int file) {
  std::array<char, 512> text;
  const ssize_t size = ::pread(file, text.data(), text.size(), 0);
  std::string holder(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  return holder.substr(0, holder.find('\n'));
}

/// Of the open file, not of the process: a second engine in this process is refused as well, and
/// closing another descriptor of the file does not give it up. An errno, or 0.
int take(int file) {
  struct flock whole{};
  whole.l_type = F_WRLCK;
  whole.l_whence = SEEK_SET;
  return ::fcntl(file, F_OFD_SETLK, &whole) == 0 ? 0 : errno;
}

bool is_taken(int error) { return error == EAGAIN || error == EACCES; }

/// A program that was killed may have been starting a process, which holds the lock until it has
/// been killed as well: so where the holder is gone, the lock will be free in a moment.
int take_from_the_dead(int file) {
  constexpr int pauses = 200;
  constexpr int pause = 10;  // ms
  int error = take(file);
  for (int i = 0; is_taken(error) && i < pauses; ++i) {
    const int holder = std::atoi(holder_of(file).c_str());
    if (holder <= 0 || ::kill(holder, 0) == 0 || errno != ESRCH) break;
    ::poll(nullptr, 0, pause);
    error = take(file);
  }
  return error;
}

void write_anew(int file, const std::string& text, const std::string& folder) {
  if (::ftruncate(file, 0) != 0) refuse(folder, errno);
  const ssize_t written = ::pwrite(file, text.data(), text.size(), 0);
  if (written != static_cast<ssize_t>(text.size())) refuse(folder, written < 0 ? errno : ENOSPC);
}

/// What is synced inside of a folder is lost all the same if the folder's own entry was not: so for
/// each level that was missing, and for the last, which a killed program may have made.
void sync_entries(const std::filesystem::path& folder, const std::filesystem::path& was_there) {
  for (fs::path made = folder; made != was_there && made.has_relative_path();) {
    made = made.parent_path();
    // A parent that may not be read cannot be synced by us: then its owner has to care.
    (void)caught([&] { return sync_folder(made.string()), Unit{}; });
  }
}

}  // namespace

void make_state_folder(const std::string& folder) {
  std::error_code error;
  const fs::path path = fs::absolute(folder, error).lexically_normal() / "";
  fs::path was_there = path.parent_path().parent_path();
  while (was_there.has_relative_path() && !fs::exists(was_there, error))
    was_there = was_there.parent_path();
  if (fs::create_directories(folder, error); error) refuse(folder, error.value());
  sync_entries(path.parent_path(), was_there);
  const std::string ignore = folder + "/.gitignore";
  const Descriptor file(
      ::open(ignore.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666));
  if (file.is_open()) {
    write_anew(file.get(), "*\n", folder);
  } else if (errno != EEXIST) {
    refuse(folder, errno);
  }
}

FolderLock::FolderLock(const std::string& folder)
    : file_(::open((folder + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666)) {
  if (!file_.is_open()) refuse(folder, errno);
  if (const int error = take_from_the_dead(file_.get()); error != 0) {
    if (!is_taken(error)) refuse(folder, error);
    const std::string holder = holder_of(file_.get());
    throw errored("the state folder is in use by another process",
                  {{"folder", folder}, {"process", holder.empty() ? "unknown" : holder}},
                  "wait for it or stop it, or name another folder with --state");
  }
  was_held_by_the_dead_ = !holder_of(file_.get()).empty();
  write_anew(file_.get(), own_name() + "\n", folder);
}

FolderLock::~FolderLock() {
  // The file itself stays: removing it would let two processes lock two files of that name.
  if (::ftruncate(file_.get(), 0) != 0) return;
}

}  // namespace oche::detail
