// names.cpp - what items are called, and the paths of cells.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "graph/names.hpp"

#include "engine/rounds/world.hpp"
#include <oche/base/record.hpp>

#include <algorithm>

// An item is called by its type's `item_name`, else by its text if that is short, else by the start
// of its digest. Where two items of a list have one name, both get some digits of their digest, so
// that reordering moves no path. Names are kept only in lists that somebody asked a path of.

namespace oche::detail::rounds {
namespace {

constexpr std::size_t longest_name = 40;
constexpr std::size_t digits = 8;

}  // namespace

std::string World::raw_name(InstanceId in) const {
  const Instance& instance = instances[in];
  const Region& region = region_of(in);
  const Template& of = region.graph->templates()[instance.of];
  const auto& payload = *static_cast<const ListPayload*>(region.graph->term(of.expand).payload);
  const Value& item = cells[cell_of(in, of.item)].value();
  std::string name;
  try {
    if (payload.item_name != nullptr) {
      name = payload.item_name(item.data());
    } else {
      // What `by` takes of an item stays when the item changes.
      const Value& named = payload.identity ? instance.identity : item;
      print(named.type(), named.data(), name);
    }
  } catch (...) {
    name.clear();  // the user's function threw: the digest is always there
  }
  const bool is_fit =
      !name.empty() && name.size() <= longest_name && name.find('\n') == std::string::npos;
  if (!is_fit && (payload.item_name == nullptr || name.empty())) name = item.digest().short_hex();
  name = clean(name);
  std::replace(name.begin(), name.end(), '/', '-');
  return name;
}

ItemNames& World::names_of(ListSide& list) const {
  if (!list.names) {
    list.names = std::make_unique<ItemNames>();
    list.order.each(0, [&](InstanceId item) {
      learn_name(list, item);
      return true;
    });
  }
  return *list.names;
}

void World::learn_name(ListSide& list, InstanceId in) const {
  if (!list.names) return;
  std::string name = raw_name(in);
  list.names->by_name[name].push_back(in);
  list.names->of[in] = std::move(name);
}

void World::forget_name(ListSide& list, InstanceId in) const {
  if (!list.names) return;
  const auto known = list.names->of.find(in);
  if (known == list.names->of.end()) return;
  const auto same = list.names->by_name.find(known->second);
  std::erase(same->second, in);
  if (same->second.empty()) list.names->by_name.erase(same);
  list.names->of.erase(known);
}

std::string World::item_name(InstanceId in) const {
  ListSide& list = *lists[instances[in].list];
  ItemNames& names = names_of(list);
  const auto known = names.of.find(in);
  // An item that went in this round has no place among the others any more.
  const std::string name = known == names.of.end() ? raw_name(in) : known->second;
  const auto same = names.by_name.find(name);
  if (same == names.by_name.end() || same->second.size() < 2) return name;
  return name + "~" + instances[in].identity.digest().short_hex(digits);
}

InstanceId World::named_item(ListSide& list, std::string_view name) const {
  const ItemNames& names = names_of(list);
  const auto find = [&](std::string_view raw) {
    const auto known = names.by_name.find(std::string(raw));
    if (known != names.by_name.end())
      for (const InstanceId in : known->second)
        if (item_name(in) == name) return in;
    return InstanceId{nothing};
  };
  const InstanceId found = find(name);
  const std::size_t mark = name.rfind('~');
  return found != nothing || mark == name.npos ? found : find(name.substr(0, mark));
}

World::Prefix World::prefix_of(InstanceId in) const {
  const Instance& instance = instances[in];
  const Region& region = region_of(in);
  if (instance.of == 0) return {"", region.hole == no_cell ? "" : path_of(region.hole)};
  Prefix outer = prefix_of(instance.parent);
  const Template& of = region.graph->templates()[instance.of];
  Prefix own;
  own.plain = region.graph->groups()[of.group].path;
  // `*` is the last part of an item's group.
  std::string_view rest = own.plain;
  rest.remove_suffix(1);
  if (rest.starts_with(outer.plain)) rest.remove_prefix(outer.plain.size());
  if (rest.starts_with('/')) rest.remove_prefix(1);
  own.named = std::move(outer.named);
  if (!own.named.empty()) own.named += '/';
  own.named += rest;
  own.named += item_name(in);
  return own;
}

std::string World::path_of(CellId id) const {
  const Prefix prefix = prefix_of(cells[id].owner);
  std::string_view path = graph_of(id).path(node_of(id));
  if (!prefix.plain.empty() && path.starts_with(prefix.plain))
    path.remove_prefix(prefix.plain.size());
  if (path.starts_with('/')) path.remove_prefix(1);
  if (prefix.named.empty()) return std::string(path);
  return prefix.named + "/" + std::string(path);
}

}  // namespace oche::detail::rounds
