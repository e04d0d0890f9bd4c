// reach.cpp - walks trees without recursion.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/collect/reach.hpp"

#include "engine/caught.hpp"

#include <algorithm>

namespace oche::detail {

std::vector<ObjectId> Reach::add(const ObjectId& tree) {
  std::vector<ObjectId> added;
  std::vector<ObjectId> folders;
  const auto mark = [&](const ObjectId& id, bool is_folder) {
    if (!files_.sizes.contains(id) || !marked_.insert(id).second) return;
    added.push_back(id);
    if (is_folder) folders.push_back(id);
  };
  mark(tree, true);
  while (!folders.empty()) {
    const ObjectId folder = folders.back();
    folders.pop_back();
    // A damaged one leads nowhere: what names it is no result (S1).
    const auto entries = caught([&] { return objects_.read_tree(folder); });
    if (!entries) continue;
    for (const TreeEntry& entry : entries.value()) {
      if (entry.kind != EntryKind::commit) mark(entry.id, entry.kind == EntryKind::folder);
    }
  }
  return added;
}

void Reach::remove(const std::vector<ObjectId>& ids) {
  for (const ObjectId& id : ids)
    marked_.erase(id);
}

std::uint64_t Reach::bytes_of(const std::vector<ObjectId>& ids) const {
  std::uint64_t bytes = 0;
  for (const ObjectId& id : ids) {
    if (const auto size = files_.sizes.find(id); size != files_.sizes.end()) bytes += size->second;
  }
  return bytes;
}

std::vector<ObjectId> ids_in(std::string_view bytes) {
  constexpr std::size_t digits = 40;
  const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  std::vector<ObjectId> found;
  for (std::size_t begin = 0; begin < bytes.size();) {
    std::size_t end = begin;
    while (end < bytes.size() && is_digit(bytes[end]))
      ++end;
    // A longer run holds an id anywhere: what precedes a text may look like a digit.
    for (std::size_t at = begin; at + digits <= end; ++at) {
      if (const auto id = ObjectId::parse(bytes.substr(at, digits))) found.push_back(*id);
    }
    begin = end + 1;
  }
  return found;
}

}  // namespace oche::detail
