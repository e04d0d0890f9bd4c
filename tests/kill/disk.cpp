// disk.cpp - what is seen, what is safe, and what a power cut makes of the difference.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "disk.hpp"

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace power_cut {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t page = 4096;

timespec now() {
  timespec time{};
  clock_gettime(CLOCK_REALTIME, &time);
  return time;
}

void put(std::string& bytes, const Node::Write& write) {
  if (write.bytes.empty()) return bytes.resize(write.offset);
  const std::size_t end = write.offset + write.bytes.size();
  if (bytes.size() < end) bytes.resize(end);
  bytes.replace(write.offset, write.bytes.size(), write.bytes);
}

/// All that a program sees or that would be there after a cut.
std::vector<NodePointer> all_below(const NodePointer& root) {
  std::set<NodePointer> known{root};
  std::vector<NodePointer> found{root};
  for (std::size_t i = 0; i < found.size(); ++i) {
    const NodePointer folder = found[i];
    for (const Entries* entries : {&folder->entries, &folder->safe_entries}) {
      for (const auto& [name, node] : *entries) {
        if (known.insert(node).second) found.push_back(node);
      }
    }
  }
  return found;
}

}  // namespace

Disk::Disk() : root_(std::make_shared<Node>()) {
  root_->kind = Kind::folder;
  root_->mode = 0755;
  root_->modified = now();
}

NodePointer Disk::find(std::string_view path) const {
  NodePointer node = root_;
  while (node != nullptr && !path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view name = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
    if (name.empty()) continue;
    const auto entry = node->entries.find(name);
    node = entry == node->entries.end() ? nullptr : entry->second;
  }
  return node;
}

NodePointer Disk::add(Node& folder, const std::string& name, Kind kind, mode_t mode) {
  auto node = std::make_shared<Node>();
  node->kind = kind;
  node->mode = mode & 07777;
  node->modified = folder.modified = now();
  node->place = {&folder, name};
  folder.entries[name] = node;
  return node;
}

void Disk::remove(Node& node) {
  Node& folder = *node.place.folder;
  folder.modified = now();
  const std::string name = node.place.name;
  node.place = {};
  folder.entries.erase(name);  // last: it may be the last to hold the node
}

void Disk::move(const NodePointer& node, Node& folder, const std::string& name) {
  if (const auto there = folder.entries.find(name); there != folder.entries.end()) {
    if (there->second == node) return;
    remove(*there->second);
  }
  remove(*node);
  node->place = {&folder, name};
  folder.entries[name] = node;
  folder.modified = now();
}

void Disk::write(Node& file, std::size_t offset, std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t size = std::min(bytes.size(), page - offset % page);
    file.unsynced.push_back({offset, std::string(bytes.substr(0, size))});
    put(file.bytes, file.unsynced.back());
    bytes.remove_prefix(size);
    offset += size;
  }
  file.modified = now();
}

void Disk::resize(Node& file, std::size_t size) {
  if (size == file.bytes.size()) return;
  file.unsynced.push_back({size, {}});
  put(file.bytes, file.unsynced.back());
  file.modified = now();
}

void Disk::sync_file(Node& file) {
  for (const Node::Write& write : file.unsynced)
    put(file.safe_bytes, write);
  file.unsynced.clear();
}

void Disk::place_safely(const NodePointer& node, Node& folder, const std::string& name) {
  Node::Place& old = node->safe_place;
  if (old.folder == &folder && old.name == name) return;
  if (old.folder != nullptr) old.folder->safe_entries.erase(old.name);
  old = {&folder, name};
  if (const NodePointer there = folder.safe_entries[name]; there != nullptr) {
    there->safe_place = {};
    // It made way for this one by moving: that came first.
    if (there->place.folder != nullptr) {
      place_safely(there, *there->place.folder, there->place.name);
    }
  }
  folder.safe_entries[name] = node;
}

void Disk::sync_folder(Node& folder) {
  sync_entries(folder, [] { return true; });
}

void Disk::sync_entries(Node& folder, const std::function<bool()>& is_kept) {
  const Entries before = folder.safe_entries;
  for (const auto& [name, node] : before) {
    const bool is_as_before = node->place.folder == &folder && node->place.name == name;
    if (is_as_before || !is_kept()) continue;
    if (node->place.folder != nullptr) {  // moved: gone here means that it is there
      place_safely(node, *node->place.folder, node->place.name);
    } else {
      if (node->kind == Kind::folder) sync_folder(*node);  // so what was in it is safe elsewhere
      node->safe_place = {};
      folder.safe_entries.erase(name);
    }
  }
  for (const auto& [name, node] : folder.entries) {
    if (is_kept()) place_safely(node, folder, name);
  }
}

void Disk::cut_power(std::mt19937& chance) {
  const bool is_total = chance() % 3 == 0;
  std::vector<NodePointer> nodes = all_below(root_);
  std::shuffle(nodes.begin(), nodes.end(), chance);
  for (const NodePointer& node : nodes) {
    if (is_total) break;
    if (node->kind == Kind::folder) {
      // None of what has changed in it, some, or all.
      const auto luck = chance() % 3;
      if (luck != 0) sync_entries(*node, [&] { return luck == 2 || chance() % 2 == 0; });
      continue;
    }
    const auto luck = chance() % 3;  // none of it is kept, some pages are, or all are
    for (const Node::Write& write : node->unsynced) {
      if (luck == 2 || (luck == 1 && chance() % 2 == 0)) put(node->safe_bytes, write);
    }
  }
  for (const NodePointer& node : nodes) {
    node->entries = node->safe_entries;
    node->place = node->safe_place;
    node->unsynced.clear();
    if (node->kind == Kind::file) node->bytes = node->safe_bytes;
  }
}

void Disk::load(const std::string& folder) {
  const auto fill = [this](const auto& self, Node& into, const fs::path& from) -> void {
    for (const fs::directory_entry& entry : fs::directory_iterator(from)) {
      const std::string name = entry.path().filename().string();
      const auto mode = static_cast<mode_t>(entry.symlink_status().permissions());
      if (entry.is_symlink()) {
        add(into, name, Kind::link, mode)->bytes = fs::read_symlink(entry.path()).string();
      } else if (entry.is_directory()) {
        self(self, *add(into, name, Kind::folder, mode), entry.path());
      } else {
        std::ifstream file(entry.path(), std::ios::binary);
        const NodePointer node = add(into, name, Kind::file, mode);
        node->bytes.assign(std::istreambuf_iterator<char>(file), {});
        node->safe_bytes = node->bytes;
      }
    }
    sync_folder(into);
  };
  if (fs::exists(folder)) fill(fill, *root_, folder);
}

void Disk::save(const std::string& folder) const {
  const auto write = [](const auto& self, const Node& from, const fs::path& into) -> void {
    fs::create_directories(into);
    for (const auto& [name, node] : from.entries) {
      const fs::path path = into / name;
      if (node->kind == Kind::link) {
        fs::create_symlink(node->bytes, path);
        continue;
      }
      if (node->kind == Kind::folder) {
        self(self, *node, path);
      } else {
        std::ofstream(path, std::ios::binary) << node->bytes;
      }
      fs::permissions(path, static_cast<fs::perms>(node->mode));
    }
  };
  fs::remove_all(folder);
  write(write, *root_, folder);
}

}  // namespace power_cut
