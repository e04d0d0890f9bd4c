// fence.cpp - holds everything that a command starts: a cgroup of its own.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/process/fence.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace oche::detail {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view prefix = "oche-";

Descriptor open_in(const fs::path& folder, const char* name, int flags) {
  return Descriptor{::open((folder / name).c_str(), flags | O_CLOEXEC)};
}

std::string read_again(const Descriptor& file) {
  char buffer[4096];
  std::string text;
  for (off_t at = 0;;) {
    const auto count = ::pread(file.get(), buffer, sizeof buffer, at);
    if (count <= 0) return text;
    text.append(buffer, static_cast<std::size_t>(count));
    at += count;
  }
}

/// Where cgroups of version 2 are mounted; empty: nowhere.
fs::path mount_point() {
  std::ifstream mounts{"/proc/self/mounts"};
  for (std::string line; std::getline(mounts, line);) {
    std::istringstream words{line};
    std::string device, folder, kind;
    if (words >> device >> folder >> kind && kind == "cgroup2") return folder;
  }
  return {};
}

/// What tells others that a folder has an owner; closed if it has one, or is gone.
Descriptor lock_of(const fs::path& folder) {
  Descriptor lock{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  struct stat locked{}, there{};
  const bool is_ours = lock.is_open() && ::flock(lock.get(), LOCK_EX | LOCK_NB) == 0 &&
                       ::fstat(lock.get(), &locked) == 0 && ::stat(folder.c_str(), &there) == 0 &&
                       locked.st_ino == there.st_ino;
  if (!is_ours) lock.close();
  return lock;
}

/// A command may have made fences of its own inside.
void remove_folders(const fs::path& folder) {
  std::error_code error;
  for (auto entry = fs::directory_iterator(folder, error);
       !error && entry != fs::directory_iterator(); entry.increment(error)) {
    std::error_code no_folder;
    if (entry->is_directory(no_folder)) remove_folders(entry->path());
  }
  ::rmdir(folder.c_str());
}

/// Kills all that is below, then removes it. A process that does not die keeps its folder.
void remove_tree(const fs::path& folder) {
  if (const Descriptor kill = open_in(folder, "cgroup.kill", O_WRONLY); kill.is_open()) {
    [[maybe_unused]] const auto written = ::write(kill.get(), "1", 1);
  }
  remove_folders(folder);
}

}  // namespace

std::unique_ptr<Fence> Fence::make(const fs::path& folder) {
  if (::mkdir(folder.c_str(), 0755) != 0) return nullptr;
  auto made = std::make_unique<Fence>();
  made->folder_ = folder;
  made->entrance_ = open_in(folder, ".", O_RDONLY | O_DIRECTORY);
  made->members_ = open_in(folder, "cgroup.procs", O_RDONLY);
  made->events_ = open_in(folder, "cgroup.events", O_RDONLY);
  made->kill_ = open_in(folder, "cgroup.kill", O_WRONLY);
  const bool is_whole = made->entrance_.is_open() && made->members_.is_open() &&
                        made->events_.is_open() && made->kill_.is_open();
  if (!is_whole) ::rmdir(folder.c_str());
  return is_whole ? std::move(made) : nullptr;
}

bool Fence::holds_somebody() const {
  return read_again(events_).find("populated 1") != std::string::npos;
}

std::vector<pid_t> Fence::members() const {
  std::vector<pid_t> found;
  std::istringstream lines{read_again(members_)};
  for (pid_t pid = 0; lines >> pid;)
    found.push_back(pid);
  return found;
}

void Fence::kill() {
  was_killed_ = true;
  [[maybe_unused]] const auto written = ::write(kill_.get(), "1", 1);
}

fs::path Fences::own_cgroup() {
  const fs::path root = mount_point();
  if (root.empty()) return {};
  std::ifstream own{"/proc/self/cgroup"};
  for (std::string line; std::getline(own, line);) {
    if (line.starts_with("0::/")) return root / line.substr(4);
  }
  return {};
}

Fences::Fences(const fs::path& cgroup) {
  if (cgroup.empty()) return;
  // Before it is locked another one may take it for a left one, and remove it.
  constexpr int tries = 16;
  std::random_device chance;
  for (int i = 0; i < tries && folder_.empty(); ++i) {
    const fs::path folder = cgroup / fmt::format("{}{:08x}{:08x}", prefix, chance(), chance());
    if (::mkdir(folder.c_str(), 0755) != 0) return;
    lock_ = lock_of(folder);
    if (lock_.is_open())
      folder_ = made_in_ = folder;
    else
      ::rmdir(folder.c_str());
  }
  remove_left_ones(cgroup);
  if (!folder_.empty()) sandboxes_ = Fence::make(folder_ / "sandboxes");
}

Fences::~Fences() {
  free_.clear();
  sandboxes_.reset();
  if (!made_in_.empty()) remove_tree(made_in_);
}

/// Whose lock can be had has nobody who would use it any more.
void Fences::remove_left_ones(const fs::path& cgroup) {
  std::error_code error;
  for (auto entry = fs::directory_iterator(cgroup, error);
       !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const fs::path& path = entry->path();
    if (path == folder_ || !path.filename().string().starts_with(prefix)) continue;
    const Descriptor left = lock_of(path);
    if (left.is_open()) remove_tree(path);
  }
}

std::unique_ptr<Fence> Fences::take() {
  if (folder_.empty()) return nullptr;
  if (!free_.empty()) {
    auto fence = std::move(free_.back());
    free_.pop_back();
    return fence;
  }
  auto fence = Fence::make(folder_ / std::to_string(++made_));
  if (!fence) give_up();
  return fence;
}

void Fences::give_back(std::unique_ptr<Fence> fence) {
  if (fence->was_killed())
    remove_folders(fence->folder());
  else
    free_.push_back(std::move(fence));
}

}  // namespace oche::detail
