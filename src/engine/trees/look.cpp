// look.cpp - walking trees by path and as a whole.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/trees/look.hpp"

#include "base/text.hpp"
#include "engine/caught.hpp"

#include <algorithm>

namespace oche::detail {

namespace {

[[noreturn]] void complain(std::string_view path, std::string_view missing,
                           const std::vector<TreeEntry>& entries) {
  std::vector<std::string> names;
  for (const TreeEntry& entry : entries)
    names.push_back(entry.name);
  std::vector<Fact> facts{{"path", std::string(path)}, {"missing", std::string(missing)}};
  facts.push_back(names.empty() ? Fact{"there is", "nothing at all"}
                                : Fact{"nearest", listed(most_alike(missing, names))});
  throw said_no("a tree has nothing at this path", std::move(facts));
}

}  // namespace

TreeEntry find_entry(Objects& objects, const ObjectId& tree, std::string_view path) {
  TreeEntry found{"", EntryKind::folder, tree};
  std::string_view rest = path;
  while (!rest.empty()) {
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    const std::string_view name = rest.substr(0, slash);
    rest.remove_prefix(std::min(slash + 1, rest.size()));
    if (name.empty() || name == ".") continue;
    if (found.kind != EntryKind::folder) {
      throw said_no("a tree has a file where the path needs a folder",
                    {{"path", std::string(path)}, {"file", found.name}});
    }
    auto entries = objects.read_tree(found.id);
    const auto at = std::find_if(entries.begin(), entries.end(),
                                 [&](const TreeEntry& entry) { return entry.name == name; });
    if (at == entries.end()) complain(path, name, entries);
    found = std::move(*at);
  }
  return found;
}

void visit_entries(Objects& objects, const ObjectId& tree, const std::string& prefix,
                   const Visit& visit, int depth) {
  check_depth(depth);
  for (const TreeEntry& entry : objects.read_tree(tree)) {
    const std::string path = prefix + entry.name;
    if (visit(path, entry) && entry.kind == EntryKind::folder) {
      visit_entries(objects, entry.id, path + "/", visit, depth + 1);
    }
  }
}

}  // namespace oche::detail
