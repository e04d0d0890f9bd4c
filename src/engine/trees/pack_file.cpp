// pack_file.cpp - a pack's bytes: header, objects, checksum; and the index that finds them.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
//
// A pack is "PACK", a version, a count, the objects (kind and size in a number of 7-bit groups,
// then a zlib stream each) and the SHA-1 of all that. The count is known only at the end, so it is
// written there, and the checksum is taken by reading the file once more, from memory as a rule.
// Source: git's gitformat-pack(5).
#include "engine/trees/pack_file.hpp"

#include "engine/caught.hpp"

#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace oche::detail {

namespace {

constexpr std::size_t buffer_size = std::size_t{256} << 10;

void put_number(std::string& out, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8)
    out += static_cast<char>((number >> shift) & 0xFFU);
}

std::string_view bytes_of(const ObjectId& id) {
  return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}

std::string header_of(ObjectKind kind, std::uint64_t size) {
  const unsigned code = kind == ObjectKind::tree ? 2 : 3;
  std::string header;
  auto byte = static_cast<unsigned char>(code << 4U | (size & 15U));
  for (size >>= 4U; size != 0; size >>= 7U) {
    header += static_cast<char>(byte | 0x80U);
    byte = static_cast<unsigned char>(size & 0x7FU);
  }
  header += static_cast<char>(byte);
  return header;
}

}  // namespace

PackFile::PackFile(const std::string& folder) : folder_(folder), pack_(folder), index_(folder) {
  put(std::string_view("PACK\0\0\0\2\0\0\0\0", 12));
}

void PackFile::put(std::string_view bytes) {
  buffer_ += bytes;
  size_ += bytes.size();
  if (buffer_.size() >= buffer_size) flush();
}

void PackFile::flush() {
  pack_.write(buffer_);
  buffer_.clear();
}

void PackFile::add(ObjectKind kind, std::uint64_t size, const Source& source) {
  entries_.push_back({{}, size_, 0});
  auto crc = static_cast<std::uint32_t>(crc32(0, nullptr, 0));
  const Sink store = [this, &crc](std::string_view bytes) {
    crc = static_cast<std::uint32_t>(
        crc32_z(crc, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
    put(bytes);
  };
  store(header_of(kind, size));
  source([this, &store](std::string_view bytes) { deflater_.add(bytes, store); });
  deflater_.finish(store);
  entries_.back().crc = crc;
}

void PackFile::drop_last() {
  flush();
  size_ = entries_.back().offset;
  entries_.pop_back();
  const auto end = static_cast<off_t>(size_);
  if (::ftruncate(pack_.fd(), end) != 0 || ::lseek(pack_.fd(), end, SEEK_SET) != end) {
    throw_disk_error("cannot shorten a file", pack_.path(), errno);
  }
}

void PackFile::finish() {
  flush();
  std::string count;
  put_number(count, static_cast<std::uint32_t>(entries_.size()));
  if (::pwrite(pack_.fd(), count.data(), count.size(), 8) != 4) {
    throw_disk_error("cannot write a file", pack_.path(), errno);
  }
  name_ = digest_of_file();
  pack_.write(bytes_of(name_));
  pack_.start_sync();
  std::sort(entries_.begin(), entries_.end(),
            [](const Entry& a, const Entry& b) { return a.id < b.id; });
  index_.write(index(name_));
  pack_.sync();
  index_.sync();
}

ObjectId PackFile::digest_of_file() {
  Sha1 digest;
  std::string piece(buffer_size, '\0');
  for (std::uint64_t at = 0; at < size_;) {
    const ssize_t got = ::pread(pack_.fd(), piece.data(), piece.size(), static_cast<off_t>(at));
    if (got <= 0) throw_disk_error("cannot read a file back", pack_.path(), got < 0 ? errno : EIO);
    digest.update(std::string_view(piece).substr(0, static_cast<std::size_t>(got)));
    at += static_cast<std::uint64_t>(got);
  }
  return digest.finish();
}

std::string PackFile::index(const ObjectId& pack) const {
  constexpr std::uint64_t small = std::uint64_t{1} << 31U;  // larger offsets have a table
  std::array<std::uint32_t, 256> counts{};
  for (const Entry& entry : entries_)
    ++counts[entry.id.bytes[0]];
  std::string out("\377tOc\0\0\0\2", 8);
  std::uint32_t sum = 0;
  for (const std::uint32_t count : counts)
    put_number(out, sum += count);
  for (const Entry& entry : entries_)
    out += bytes_of(entry.id);
  for (const Entry& entry : entries_)
    put_number(out, entry.crc);
  std::string large;
  for (const Entry& entry : entries_) {
    if (entry.offset < small) {
      put_number(out, static_cast<std::uint32_t>(entry.offset));
      continue;
    }
    put_number(out, static_cast<std::uint32_t>(small | (large.size() / 8)));
    put_number(large, static_cast<std::uint32_t>(entry.offset >> 32U));
    put_number(large, static_cast<std::uint32_t>(entry.offset & 0xFFFFFFFFU));
  }
  out += large;
  out += bytes_of(pack);
  Sha1 digest;
  digest.update(out);
  out += bytes_of(digest.finish());
  return out;
}

void PackFile::move_to(const std::string& folder) {
  const std::string base = folder + "/pack-" + name_.hex();
  pack_.move_to(base + ".pack");
  index_.move_to(base + ".idx");  // readers look for indexes: only now is the pack there
  sync_folder(folder);
}

}  // namespace oche::detail
