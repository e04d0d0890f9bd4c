// folder_watch.cpp - tells when something below a folder changes.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/git/folder_watch.hpp"

#include "engine/process/descriptor.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <map>
#include <system_error>
#include <thread>
#include <utility>

namespace oche::detail {

namespace {

constexpr std::uint32_t interesting = IN_CREATE | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM |
                                      IN_DELETE | IN_DELETE_SELF | IN_ATTRIB;
constexpr int quiet_after = 20;      // ms: a checkout or a push writes many files at once
constexpr int without_watch = 1000;  // ms

}  // namespace

struct FolderWatch::State {
  std::vector<std::string> folders;
  std::function<bool(std::string_view)> skip;
  std::function<void()> changed;
  Descriptor events{inotify_init1(IN_CLOEXEC | IN_NONBLOCK)};
  Descriptor stop{eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
  std::map<int, std::string> watched;
  bool is_blind = false;  // something could not be watched
  std::thread thread;

  void add(const std::string& root);
  bool take_events();
  void run();
};

void FolderWatch::State::add(const std::string& root) {
  std::vector<std::string> todo{root};
  while (!todo.empty()) {
    const std::string folder = std::move(todo.back());
    todo.pop_back();
    const int id = inotify_add_watch(events.get(), folder.c_str(), interesting | IN_ONLYDIR);
    if (id < 0) {
      is_blind = is_blind || (errno != ENOENT && errno != ENOTDIR);
      continue;
    }
    watched[id] = folder;
    std::error_code ignored;  // what has gone meanwhile needs no watching
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
      if (entry.is_directory(ignored) && !entry.is_symlink(ignored) &&
          !skip(entry.path().filename().native())) {
        todo.push_back(entry.path().string());
      }
    }
  }
}

/// True if something happened.
bool FolderWatch::State::take_events() {
  alignas(inotify_event) std::array<char, 16384> buffer;
  bool happened = false;
  for (;;) {
    const ssize_t size = read(events.get(), buffer.data(), buffer.size());
    if (size <= 0) return happened;
    happened = true;
    for (std::size_t at = 0; at < static_cast<std::size_t>(size);) {
      inotify_event event;
      std::memcpy(&event, buffer.data() + at, sizeof event);
      const std::string_view name(event.len > 0 ? buffer.data() + at + sizeof event : "");
      at += sizeof event + event.len;
      if ((event.mask & IN_Q_OVERFLOW) != 0) is_blind = true;
      if ((event.mask & IN_IGNORED) != 0) watched.erase(event.wd);
      const bool is_new_folder =
          (event.mask & IN_ISDIR) != 0 && (event.mask & (IN_CREATE | IN_MOVED_TO)) != 0;
      const auto parent = watched.find(event.wd);
      if (is_new_folder && parent != watched.end() && !skip(name)) {
        add(parent->second + "/" + std::string(name));
      }
    }
  }
}

void FolderWatch::State::run() {
  std::array<pollfd, 2> readable{pollfd{stop.get(), POLLIN, 0}, pollfd{events.get(), POLLIN, 0}};
  bool is_waiting = false;  // for it to become quiet
  for (;;) {
    const int timeout = is_waiting ? quiet_after : is_blind ? without_watch : -1;
    const int ready = poll(readable.data(), readable.size(), timeout);
    if (readable[0].revents != 0) return;
    if (ready > 0 && take_events()) {
      is_waiting = true;
    } else if (ready == 0) {
      is_waiting = false;
      changed();
    }
  }
}

FolderWatch::FolderWatch(std::vector<std::string> folders,
                         std::function<bool(std::string_view)> skip, std::function<void()> changed)
    : state_(std::make_unique<State>()) {
  state_->folders = std::move(folders);
  state_->skip = std::move(skip);
  state_->changed = std::move(changed);
  state_->is_blind = !state_->events.is_open();
  for (const std::string& folder : state_->folders)
    state_->add(folder);
  state_->thread = std::thread([state = state_.get()] { state->run(); });
}

FolderWatch::~FolderWatch() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = write(state_->stop.get(), &one, sizeof one);
  state_->thread.join();
}

}  // namespace oche::detail
