// object_files.cpp - reads the names of loose objects and the indexes of packs.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
//
// An index (version 2) is 8 bytes, 256 counts of 4 bytes, and then for each object its id, its
// checksum (4 bytes) and its offset in the pack (4 bytes; from 2^31 on in a table that follows).
// Source: git's gitformat-pack(5).
#include "engine/collect/object_files.hpp"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>

namespace oche::detail {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view magic("\377tOc\0\0\0\2", 8);
constexpr std::size_t ids_at = 8 + 256 * 4;
constexpr std::size_t id_size = 20;
constexpr std::uint64_t trailer = 20;  // the checksum that ends a pack

std::uint64_t number_at(const std::string& bytes, std::size_t at, std::size_t size) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < size; ++i)
    number = number << 8U | static_cast<unsigned char>(bytes[at + i]);
  return number;
}

/// The ids with their offsets, in the order of the offsets.
std::optional<std::vector<Pack::Entry>> read_index(const std::string& index) {
  if (index.size() < ids_at || !std::string_view(index).starts_with(magic)) return std::nullopt;
  const auto count = static_cast<std::size_t>(number_at(index, ids_at - 4, 4));
  const std::size_t offsets_at = ids_at + count * (id_size + 4);
  const std::size_t large_at = offsets_at + count * 4;
  if (index.size() < large_at) return std::nullopt;
  std::vector<Pack::Entry> entries(count);
  for (std::size_t i = 0; i < count; ++i) {
    std::memcpy(entries[i].id.bytes.data(), index.data() + ids_at + i * id_size, id_size);
    std::uint64_t offset = number_at(index, offsets_at + i * 4, 4);
    if (constexpr std::uint64_t is_large = std::uint64_t{1} << 31U; (offset & is_large) != 0) {
      const auto at = large_at + static_cast<std::size_t>(offset ^ is_large) * 8;
      if (index.size() < at + 8) return std::nullopt;
      offset = number_at(index, at, 8);
    }
    entries[i].bytes = offset;
  }
  std::sort(entries.begin(), entries.end(),
            [](const Pack::Entry& a, const Pack::Entry& b) { return a.bytes < b.bytes; });
  return entries;
}

std::uint64_t size_of(const std::string& path) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  return error ? 0 : size;
}

std::optional<Pack> read_pack(const fs::path& index) {
  std::ifstream file(index, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  auto entries = read_index(bytes);
  if (!entries) return std::nullopt;
  Pack pack{.base = fs::path(index).replace_extension().string(),
            .bytes = 0,
            .entries = *std::move(entries)};
  const std::uint64_t objects = size_of(pack.base + ".pack");
  pack.bytes = objects + bytes.size();
  for (std::size_t i = 0; i < pack.entries.size(); ++i) {
    const bool is_last = i + 1 == pack.entries.size();
    const std::uint64_t end =
        is_last ? objects - std::min(objects, trailer) : pack.entries[i + 1].bytes;
    pack.entries[i].bytes = end - std::min(end, pack.entries[i].bytes);
  }
  return pack;
}

}  // namespace

std::string loose_path(const std::string& folder, const ObjectId& id) {
  const std::string hex = id.hex();
  return folder + "/objects/" + hex.substr(0, 2) + "/" + hex.substr(2);
}

ObjectFiles find_object_files(const std::string& folder) {
  ObjectFiles found;
  std::error_code none;  // what cannot be read is left out
  for (const fs::directory_entry& part : fs::directory_iterator(folder + "/objects", none)) {
    const std::string begin = part.path().filename().string();
    for (const fs::directory_entry& entry : fs::directory_iterator(part.path(), none)) {
      if (begin == "pack") {
        if (entry.path().extension() != ".idx") continue;
        if (auto pack = read_pack(entry.path())) found.packs.push_back(*std::move(pack));
      } else if (const auto id = ObjectId::parse(begin + entry.path().filename().string())) {
        found.loose.push_back({*id, size_of(entry.path().string())});
      }
    }
  }
  for (const Pack& pack : found.packs) {
    for (const Pack::Entry& entry : pack.entries)
      found.sizes[entry.id] = entry.bytes;
  }
  for (const LooseObject& object : found.loose)
    found.sizes[object.id] = object.bytes;
  return found;
}

}  // namespace oche::detail
