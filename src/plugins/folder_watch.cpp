// folder_watch.cpp - tells when something below a folder changes, or a file does.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
//
// Two kinds of watches, by the kernel's numbers: `inside_` are the roots that are folders and all
// folders in them; `way_` are the folders that lead to the roots, of which only the names of what
// comes next matter. Whatever moves a watch to where it does not belong (a folder that is renamed,
// a root that goes or comes, dropped events) has everything watched anew, and then everything read
// anew: that is seldom, and there is no other state that could be wrong.
//
// The kernel's watches are made late: to give them back waits for all its readers (15 ms and more),
// which a program that ends sooner need not pay. What changed before is seen by its time on disk.
#include "plugins/folder_watch.hpp"

#include "engine/process/descriptor.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <system_error>
#include <thread>
#include <utility>

namespace oche::detail {

namespace fs = std::filesystem;

namespace {

constexpr std::uint32_t names =
    IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF;
// Asking for these in a folder like /tmp is dear: the kernel marks each name in it that it knows.
constexpr std::uint32_t contents = IN_CLOSE_WRITE | IN_ATTRIB;
constexpr std::chrono::milliseconds late{50};
constexpr std::chrono::seconds inexact{2};            // times on a disk, against our clock
constexpr std::chrono::milliseconds quiet_after{20};  // a checkout writes many files at once
constexpr std::chrono::milliseconds longest_wait{1000};
constexpr std::chrono::milliseconds without_watch{1000};

/// What is there by this name, if anything.
using Identity = std::optional<std::pair<dev_t, ino_t>>;

Identity identity(const fs::path& path) {
  struct stat found{};
  if (stat(path.c_str(), &found) != 0) return std::nullopt;
  return std::pair(found.st_dev, found.st_ino);
}

/// Of what has gone meanwhile, the folder that it was in tells.
bool has_changed_since(const fs::path& path, std::time_t since) {
  struct stat found{};
  return lstat(path.c_str(), &found) == 0 && found.st_ctim.tv_sec >= since;
}

}  // namespace

struct FolderWatch::State {
  std::vector<fs::path> roots;
  std::vector<Identity> first;  ///< of each root
  std::time_t begun = std::time(nullptr);
  std::function<bool(std::string_view)> skip;
  std::function<void()> changed;
  Descriptor events;
  Descriptor stop{eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
  std::map<int, std::string> inside_;
  std::map<int, std::set<std::string, std::less<>>> way_;
  bool is_torn_ = false;   // to be watched anew
  bool is_blind_ = false;  // something could not be watched
  std::thread thread;

  void watch_anew();
  int add(const fs::path& folder, std::uint32_t interesting);
  void add_way(const fs::path& root);
  void add_inside(const fs::path& root);
  bool take_events();
  bool take(const inotify_event& event, std::string_view name);
  [[nodiscard]] bool has_changed_meanwhile() const;
  bool begin();
  void run();
};

void FolderWatch::State::watch_anew() {
  events = Descriptor(inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
  is_torn_ = false;
  is_blind_ = !events.is_open();
  inside_.clear();
  way_.clear();
  for (const fs::path& root : roots) {
    add_way(root);
    add_inside(root);
  }
}

/// The watch of a folder, or -1: it is not there, is none, or cannot be watched.
int FolderWatch::State::add(const fs::path& folder, std::uint32_t interesting) {
  const int id =
      inotify_add_watch(events.get(), folder.c_str(), interesting | IN_ONLYDIR | IN_MASK_ADD);
  if (id < 0) is_blind_ = is_blind_ || (errno != ENOENT && errno != ENOTDIR);
  return id;
}

/// Each folder is watched before it is known whether the next one is there: none comes unseen.
void FolderWatch::State::add_way(const fs::path& root) {
  fs::path folder = root.root_path();
  for (const fs::path& name : root.relative_path()) {
    const int id = add(folder, names);
    if (id < 0) return;
    way_[id].insert(name.string());
    folder /= name;
  }
  std::error_code ignored;  // a file is seen from its folder; what is not there has no contents yet
  if (fs::exists(root, ignored) && !fs::is_directory(root, ignored)) {
    add(root.parent_path(), names | contents);
  }
}

void FolderWatch::State::add_inside(const fs::path& root) {
  std::vector<fs::path> left{root};
  while (!left.empty()) {
    const fs::path folder = std::move(left.back());
    left.pop_back();
    const int id = add(folder, names | contents);
    if (id < 0) continue;
    inside_[id] = folder.string();
    std::error_code ignored;  // what has gone meanwhile needs no watching
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
      if (entry.is_directory(ignored) && !entry.is_symlink(ignored) &&
          !skip(entry.path().filename().native())) {
        left.push_back(entry.path());
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
    if (size <= 0) break;
    for (std::size_t at = 0; at < static_cast<std::size_t>(size);) {
      inotify_event event;
      std::memcpy(&event, buffer.data() + at, sizeof event);
      const std::string_view name(event.len > 0 ? buffer.data() + at + sizeof event : "");
      at += sizeof event + event.len;
      happened |= take(event, name);
    }
  }
  if (is_torn_) watch_anew();
  return happened;
}

bool FolderWatch::State::take(const inotify_event& event, std::string_view name) {
  const auto has = [&](std::uint32_t mask) { return (event.mask & mask) != 0; };
  if (has(IN_Q_OVERFLOW)) return is_torn_ = true;
  const bool has_moved = has(IN_MOVE_SELF | IN_DELETE_SELF);
  const auto way = way_.find(event.wd);
  const bool is_next = way != way_.end() && (has_moved || way->second.contains(name));
  const auto folder = inside_.find(event.wd);
  if (is_next) is_torn_ = true;
  if (folder == inside_.end()) return is_next;
  if (has(IN_ISDIR) && has(IN_MOVED_FROM)) is_torn_ = true;  // its watches go with it
  if (has(IN_ISDIR) && has(IN_CREATE | IN_MOVED_TO) && !skip(name)) {
    add_inside(fs::path(folder->second) / name);
  }
  if (has(IN_IGNORED)) inside_.erase(folder);
  return true;
}

bool FolderWatch::State::has_changed_meanwhile() const {
  const std::time_t since = begun - inexact.count();
  std::error_code ignored;  // what cannot be read cannot be watched either
  for (std::size_t i = 0; i < roots.size(); ++i) {
    if (identity(roots[i]) != first[i] || has_changed_since(roots[i], since)) return true;
    const auto end = fs::recursive_directory_iterator();
    for (auto at = fs::recursive_directory_iterator(roots[i], ignored); at != end;
         at.increment(ignored)) {
      if (has_changed_since(at->path(), since)) return true;
      if (skip(at->path().filename().native())) at.disable_recursion_pending();
    }
  }
  return false;
}

/// False: it ends before it begins.
bool FolderWatch::State::begin() {
  pollfd end{stop.get(), POLLIN, 0};
  poll(&end, 1, static_cast<int>(late.count()));
  if (end.revents != 0) return false;
  watch_anew();
  if (has_changed_meanwhile()) changed();
  return true;
}

void FolderWatch::State::run() {
  if (!begin()) return;
  using Clock = std::chrono::steady_clock;  // how long to wait for the disk; no part of any result
  std::optional<Clock::time_point> since;   // when it began to change
  for (;;) {
    std::array<pollfd, 2> readable{pollfd{stop.get(), POLLIN, 0}, pollfd{events.get(), POLLIN, 0}};
    const auto wait = since ? quiet_after : without_watch;
    const int timeout = since || is_blind_ ? static_cast<int>(wait.count()) : -1;
    const int ready = poll(readable.data(), readable.size(), timeout);
    if (readable[0].revents != 0) return;
    const bool happened = ready > 0 && take_events();
    const auto now = Clock::now();
    if (happened && !since) since = now;
    if (ready == 0 || (since && now - *since >= longest_wait)) {
      since.reset();
      changed();
    }
  }
}

FolderWatch::FolderWatch(const std::vector<std::string>& roots,
                         std::function<bool(std::string_view)> skip, std::function<void()> changed)
    : state_(std::make_unique<State>()) {
  for (const std::string& root : roots) {
    std::error_code ignored;
    fs::path whole = fs::absolute(root, ignored).lexically_normal();
    if (!whole.has_filename()) whole = whole.parent_path();  // `folder/`
    state_->first.push_back(identity(whole));
    state_->roots.push_back(std::move(whole));
  }
  state_->skip = std::move(skip);
  state_->changed = std::move(changed);
  state_->thread = std::thread([state = state_.get()] { state->run(); });
}

FolderWatch::~FolderWatch() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = write(state_->stop.get(), &one, sizeof one);
  state_->thread.join();
}

}  // namespace oche::detail
