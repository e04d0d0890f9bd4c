// repository_watch.cpp - tells when a repository, or a folder that is worked in, may have changed.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/git/repository_watch.hpp"

#include "engine/process/descriptor.hpp"
#include "engine/trees/repository.hpp"
#include "plugins/folder_watch.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <thread>

namespace oche::detail {

namespace {

constexpr int remote_interval = 30'000;  // ms

/// Calls again and again, until it is destroyed.
class Ticker {
 public:
  explicit Ticker(Action tick)
      : thread_([this, tick = std::move(tick)] {
          pollfd readable{stop_.get(), POLLIN, 0};
          while (poll(&readable, 1, remote_interval) == 0)
            tick();
        }) {}
  ~Ticker() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = write(stop_.get(), &one, sizeof one);
    thread_.join();
  }
  Ticker(const Ticker&) = delete;
  Ticker& operator=(const Ticker&) = delete;

 private:
  Descriptor stop_{eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
  std::thread thread_;
};

/// Where the refs of a local repository stand.
std::vector<std::string> ref_folders(const std::string& repository) {
  const std::filesystem::path folder(repository);
  const auto git = std::filesystem::exists(folder / ".git") ? folder / ".git" : folder;
  return {git.string()};
}

}  // namespace

bool is_worktree(std::string_view repository) { return repository.starts_with(worktree_prefix); }

std::string worktree_folder(std::string_view repository) {
  return std::string(repository.substr(worktree_prefix.size()));
}

Action watch_repository(const std::string& repository, const Action& changed) {
  std::shared_ptr<void> watching;
  if (is_worktree(repository)) {
    watching = std::make_shared<FolderWatch>(
        std::vector{worktree_folder(repository)},
        [](std::string_view name) { return name == "objects" || name == "logs"; }, changed);
  } else if (is_remote(repository)) {
    watching = std::make_shared<Ticker>(changed);
  } else {
    watching = std::make_shared<FolderWatch>(
        ref_folders(repository),
        [](std::string_view name) {
          return name == "objects" || name == "logs" || name == "hooks";
        },
        changed);
  }
  return [held = std::make_shared<std::shared_ptr<void>>(std::move(watching))] { held->reset(); };
}

}  // namespace oche::detail
