// sweep.cpp - removes the files that nothing names any more.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
//
// Whatever crash comes between two of these removals, nothing is lost: what is removed is named by
// no row of the database, since the rows went first; and a tree of which a part is gone is taken
// for missing by everybody who looks (`Objects::is_complete`).
#include "engine/collect/sweep.hpp"

#include "engine/caught.hpp"
#include "engine/trees/disk.hpp"
#include "engine/trees/pack_file.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <unordered_set>

namespace oche::detail {

namespace fs = std::filesystem;

namespace {

/// The attempt that a file in `logs` is of; 0: of none.
std::int64_t attempt_of(const fs::path& log) {
  const std::string stem = log.stem().string();
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(stem.data(), stem.data() + stem.size(), id);
  return error == std::errc() && end == stem.data() + stem.size() ? id : 0;
}

bool is_younger(const std::string& path, std::chrono::seconds age) {
  std::error_code error;
  const auto written = fs::last_write_time(path, error);
  return error || fs::file_time_type::clock::now() - written < age;
}

void remove_file(const std::string& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
    throw_disk_error("cannot remove a file", path, errno);
  }
}

std::uint64_t dead_bytes(const Pack& pack, const Reach& reach) {
  std::uint64_t dead = 0;
  for (const Pack::Entry& entry : pack.entries)
    dead += reach.contains(entry.id) ? 0 : entry.bytes;
  return dead;
}

/// The marked objects of a pack in a new one, synced and in its place.
void write_anew(const Pack& old, const Reach& reach, Objects& store) {
  PackFile pack(store.incoming());
  for (const Pack::Entry& entry : old.entries) {
    if (!reach.contains(entry.id)) continue;
    const auto kind = store.kind_of(entry.id);
    const ObjectBytes bytes = store.read(entry.id, kind);
    pack.add(kind, bytes.bytes().size(), [&](const Sink& take) { take(bytes.bytes()); });
    pack.name_last(entry.id);
  }
  pack.finish();
  pack.move_to(store.folder() + "/objects/pack");
}

}  // namespace

void Sweep::logs(const Stock& stock, Collected& collected) const {
  std::unordered_set<std::int64_t> kept;
  for (const StockedAttempt& attempt : stock.attempts) {
    if (attempt.is_kept) kept.insert(attempt.id);
  }
  std::error_code none;
  for (const fs::directory_entry& part : fs::directory_iterator(folder + "/logs", none)) {
    for (const fs::directory_entry& log : fs::directory_iterator(part.path(), none)) {
      if (kept.contains(attempt_of(log.path()))) continue;
      const std::uintmax_t size = log.file_size(none);
      collected.bytes += none ? 0 : size;
      ++collected.logs;
      if (!is_dry) remove_file(log.path().string());
    }
    if (!is_dry) fs::remove(part.path(), none);  // refuses unless it is empty
  }
}

void Sweep::objects(const ObjectFiles& files, const Reach& reach, Objects& store,
                    Collected& collected) const {
  const std::string& objects = store.folder();
  if (files.loose.empty() && files.packs.empty()) return;
  Descriptor lock;  // nobody moves objects to their places meanwhile
  if (!is_dry) lock = lock_file(store.incoming() + "/lock");
  for (const Pack& pack : files.packs) {
    const std::uint64_t dead = dead_bytes(pack, reach);
    const auto live = std::count_if(pack.entries.begin(), pack.entries.end(),
                                    [&](const auto& entry) { return reach.contains(entry.id); });
    // Writing the rest anew is not worth it for a little.
    if (live != 0 && dead < pack.bytes / 4) continue;
    if (is_younger(pack.base + ".pack", spared)) continue;
    collected.objects += pack.entries.size() - static_cast<std::size_t>(live);
    collected.bytes += live == 0 ? pack.bytes : dead;
    if (is_dry) continue;
    if (live != 0) write_anew(pack, reach, store);
    remove_file(pack.base + ".idx");  // readers look for indexes: it must not lead nowhere
    remove_file(pack.base + ".pack");
  }
  for (const LooseObject& object : files.loose) {
    const std::string path = loose_path(objects, object.id);
    if (reach.contains(object.id) || is_younger(path, spared)) continue;
    ++collected.objects;
    collected.bytes += object.bytes;
    if (!is_dry) remove_file(path);
  }
}

}  // namespace oche::detail
