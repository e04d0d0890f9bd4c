// tree_entries.cpp - reading and writing tree objects.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/trees/tree_entries.hpp"

#include <algorithm>
#include <cstring>

namespace oche::detail {

namespace {

std::string_view mode_of(EntryKind kind) {
  switch (kind) {
    case EntryKind::file:
      return "100644";
    case EntryKind::executable:
      return "100755";
    case EntryKind::link:
      return "120000";
    case EntryKind::folder:
      return "40000";
    case EntryKind::commit:
      return "160000";
  }
  return {};
}

std::optional<EntryKind> kind_of(std::string_view mode) {
  if (mode == "100755") return EntryKind::executable;
  // Very old repositories have other permission bits; git treats them as plain files as well.
  if (mode.size() == 6 && mode.starts_with("100")) return EntryKind::file;
  if (mode == "40000" || mode == "040000") return EntryKind::folder;
  if (mode == "120000") return EntryKind::link;
  if (mode == "160000") return EntryKind::commit;
  return std::nullopt;
}

// git compares names as if a folder's ended in a slash.
bool before(const TreeEntry& a, const TreeEntry& b) {
  const std::size_t common = std::min(a.name.size(), b.name.size());
  if (const int order = std::memcmp(a.name.data(), b.name.data(), common); order != 0) {
    return order < 0;
  }
  const auto next = [common](const TreeEntry& entry) -> unsigned char {
    if (entry.name.size() > common) return static_cast<unsigned char>(entry.name[common]);
    return entry.kind == EntryKind::folder ? '/' : '\0';
  };
  return next(a) < next(b);
}

}  // namespace

bool is_entry_name(std::string_view name) {
  if (name.empty() || name == "." || name == "..") return false;
  if (name.find_first_of(std::string_view("/\0", 2)) != std::string_view::npos) return false;
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return name.size() != 4 || name[0] != '.' || lower(name[1]) != 'g' || lower(name[2]) != 'i' ||
         lower(name[3]) != 't';
}

std::optional<std::vector<TreeEntry>> parse_tree(std::string_view bytes) {
  std::vector<TreeEntry> entries;
  while (!bytes.empty()) {
    const std::size_t space = bytes.find(' ');
    const std::size_t end = bytes.find('\0');
    if (space == bytes.npos || end == bytes.npos || space > end) return std::nullopt;
    TreeEntry entry;
    const auto kind = kind_of(bytes.substr(0, space));
    if (!kind || bytes.size() - end - 1 < entry.id.bytes.size()) return std::nullopt;
    entry.kind = *kind;
    entry.name = bytes.substr(space + 1, end - space - 1);
    if (!is_entry_name(entry.name)) return std::nullopt;
    std::memcpy(entry.id.bytes.data(), bytes.data() + end + 1, entry.id.bytes.size());
    bytes.remove_prefix(end + 1 + entry.id.bytes.size());
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::string format_tree(std::vector<TreeEntry>& entries) {
  std::sort(entries.begin(), entries.end(), before);
  std::string bytes;
  for (const TreeEntry& entry : entries) {
    bytes += mode_of(entry.kind);
    bytes += ' ';
    bytes += entry.name;
    bytes += '\0';
    bytes.append(reinterpret_cast<const char*>(entry.id.bytes.data()), entry.id.bytes.size());
  }
  return bytes;
}

}  // namespace oche::detail
