// batch.cpp - naming, sorting out and syncing new objects.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
//
// Why a lock around the renames: another batch may leave an object out because it sees it here. It
// must then not say "synced" before the folder that names that object is. Both take the lock when
// they finish, also one that has nothing of its own to write.
#include "engine/trees/batch.hpp"

#include "engine/caught.hpp"

#include <unistd.h>

#include <cerrno>
#include <set>

namespace oche::detail {

namespace {

// Up to this much a batch becomes single files: more packs would slow down every look-up.
constexpr std::size_t small_count = 32;
constexpr std::size_t small_total = std::size_t{4} << 20;
// Larger files go through in pieces.
constexpr std::uint64_t whole_file = std::uint64_t{1} << 20;

std::string preamble_of(ObjectKind kind, std::uint64_t size) {
  std::string text = kind == ObjectKind::blob ? "blob " : "tree ";
  text += std::to_string(size);
  text += '\0';
  return text;
}

// Gives the file's bytes to `take`; throws unless there are exactly `size`.
void read_pieces(int file, std::uint64_t size, const std::string& name, const Sink& take) {
  std::string piece(static_cast<std::size_t>(std::min(size + 1, whole_file)), '\0');
  std::uint64_t seen = 0;
  for (;;) {
    const ssize_t got = ::read(file, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw_disk_error("cannot read a file", name, errno);
    seen += static_cast<std::uint64_t>(got);
    if (seen > size || (got == 0 && seen != size)) {
      throw errored("a file changed while it was read", {{"path", name}},
                    "something still writes to the folder");
    }
    if (got == 0) return;
    take(std::string_view(piece).substr(0, static_cast<std::size_t>(got)));
  }
}

}  // namespace

Batch::Batch(Objects& objects) : objects_(objects) { objects_.create(); }

bool Batch::is_known(const ObjectId& id) { return added_.contains(id) || objects_.has(id); }

ObjectId Batch::add(ObjectKind kind, std::string_view bytes) {
  digest_.update(preamble_of(kind, bytes.size()));
  digest_.update(bytes);
  const ObjectId id = digest_.finish();
  if (is_known(id)) return id;
  added_.insert(id);
  Small object{id, kind, std::string(bytes)};
  if (pack_ != nullptr) {
    add_to_pack(object);
    return id;
  }
  small_bytes_ += bytes.size();
  small_.push_back(std::move(object));
  if (small_.size() > small_count || small_bytes_ > small_total) pack();
  return id;
}

ObjectId Batch::add_file(int file, std::uint64_t size, const std::string& name) {
  if (size <= whole_file) {
    std::string bytes;
    bytes.reserve(static_cast<std::size_t>(size));
    read_pieces(file, size, name, [&bytes](std::string_view piece) { bytes += piece; });
    return add(ObjectKind::blob, bytes);
  }
  digest_.update(preamble_of(ObjectKind::blob, size));
  pack().add(ObjectKind::blob, size, [&](const Sink& take) {
    read_pieces(file, size, name, [this, &take](std::string_view piece) {
      digest_.update(piece);
      take(piece);
    });
  });
  const ObjectId id = digest_.finish();
  if (is_known(id)) {
    pack_->drop_last();
  } else {
    pack_->name_last(id);
    added_.insert(id);
  }
  return id;
}

void Batch::add_to_pack(const Small& object) {
  pack_->add(object.kind, object.bytes.size(), [&object](const Sink& take) { take(object.bytes); });
  pack_->name_last(object.id);
}

PackFile& Batch::pack() {
  if (pack_ == nullptr) {
    pack_ = std::make_unique<PackFile>(objects_.incoming());
    for (const Small& object : small_)
      add_to_pack(object);
    small_.clear();
  }
  return *pack_;
}

void Batch::finish() {
  if (pack_ != nullptr && !pack_->is_empty()) {
    finish_pack();
  } else {
    finish_small();
  }
  pack_.reset();
  added_.clear();
}

void Batch::finish_pack() {
  pack_->finish();
  const Descriptor lock = lock_file(objects_.incoming() + "/lock");
  pack_->move_to(objects_.folder() + "/objects/pack");
  objects_.refresh();
}

void Batch::finish_small() {
  Deflater deflater;
  std::vector<TemporaryFile> files;
  for (const Small& object : small_) {
    TemporaryFile& file = files.emplace_back(objects_.incoming());
    std::string out;
    const Sink take = [&out](std::string_view bytes) { out += bytes; };
    deflater.add(preamble_of(object.kind, object.bytes.size()), take);
    deflater.add(object.bytes, take);
    deflater.finish(take);
    file.write(out);
    file.start_sync();
  }
  for (TemporaryFile& file : files)
    file.sync();
  const Descriptor lock = lock_file(objects_.incoming() + "/lock");
  std::set<std::string> changed;
  for (std::size_t i = 0; i < files.size(); ++i) {
    // In the order added: whatever happens between two renames, a tree comes after its parts.
    const std::string hex = small_[i].id.hex();
    const std::string folder = objects_.folder() + "/objects/" + hex.substr(0, 2);
    make_folder(folder);
    files[i].move_to(folder + "/" + hex.substr(2));
    changed.insert(folder);
  }
  for (const std::string& folder : changed)
    sync_folder(folder);
  small_.clear();
  small_bytes_ = 0;
}

}  // namespace oche::detail
