// read_json_parts.cpp - containers, records and variants from a JSON tree.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#include "base/json_reader.hpp"
#include "base/parts_of.hpp"
#include "base/shapes.hpp"

#include <fmt/format.h>

namespace oche::detail {

bool JsonReader::read_optional(const Type& type, void* self, const JsonNode& node,
                               const JsonStep& step) {
  const JsonNode* inner = &node;
  if (optional_needs_list(type)) {
    if (!is(Kind::list, node, step)) return false;
    if (node.items.size() > 1) return fail("expected a list of none or one", node.at, step);
    inner = node.items.empty() ? nullptr : node.items.data();
  } else if (node.kind == Kind::null) {
    inner = nullptr;
  }
  if (!inner) return true;
  if (type.append) return read(*type.element, type.append(self, 0), *inner, step);
  const Temporary element(*type.element);
  if (!read(*type.element, element.get(), *inner, step)) return false;
  type.push(self, element.get());
  return true;
}

bool JsonReader::read_list(const Type& type, void* self, const JsonNode& node,
                           const JsonStep& step) {
  if (!is(Kind::list, node, step)) return false;
  const bool is_array = type.push == nullptr;
  if (is_array && node.items.size() != type.count)
    return fail(fmt::format("expected a list of {}, got {}", type.count, node.items.size()),
                node.at, step);
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const JsonStep inner{&step, {}, i};
    if (type.append) {
      if (!read(*type.element, type.append(self, i), node.items[i], inner)) return false;
    } else {
      const Temporary element(*type.element);
      if (!read(*type.element, element.get(), node.items[i], inner)) return false;
      type.push(self, element.get());
    }
  }
  return true;
}

bool JsonReader::read_set(const Type& type, void* self, const JsonNode& node,
                          const JsonStep& step) {
  if (!is(Kind::list, node, step)) return false;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const JsonStep inner{&step, {}, i};
    const Temporary element(*type.element);
    if (!read(*type.element, element.get(), node.items[i], inner)) return false;
    type.push(self, element.get());
    if (type.index(self) != i + 1)
      return fail("the element is given twice", node.items[i].at, inner);
  }
  return true;
}

bool JsonReader::read_object_table(const Type& type, void* self, const JsonNode& node,
                                   const JsonStep& step) {
  if (!is(Kind::object, node, step)) return false;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const JsonStep inner{&step, node.members[i].key, 0};
    const Temporary key(*type.members[0].type);
    const Temporary value(*type.members[1].type);
    type.members[0].type->assign(key.get(), node.members[i].key);
    if (!read(*type.members[1].type, value.get(), node.items[i], inner)) return false;
    const Entry entry{key.get(), value.get()};
    type.push(self, &entry);
    if (type.index(self) != i + 1) return fail("the key is given twice", node.members[i].at, inner);
  }
  return true;
}

bool JsonReader::read_list_table(const Type& type, void* self, const JsonNode& node,
                                 const JsonStep& step) {
  if (!is(Kind::list, node, step)) return false;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const JsonStep inner{&step, {}, i};
    const JsonNode& pair = node.items[i];
    if (!is(Kind::list, pair, inner)) return false;
    if (pair.items.size() != 2) return fail("expected a list of key and value", pair.at, inner);
    const Temporary key(*type.members[0].type);
    const Temporary value(*type.members[1].type);
    if (!read(*type.members[0].type, key.get(), pair.items[0], JsonStep{&inner, {}, 0}) ||
        !read(*type.members[1].type, value.get(), pair.items[1], JsonStep{&inner, {}, 1}))
      return false;
    const Entry entry{key.get(), value.get()};
    type.push(self, &entry);
    if (type.index(self) != i + 1) return fail("the key is given twice", pair.items[0].at, inner);
  }
  return true;
}

bool JsonReader::read_tuple(const Type& type, void* self, const JsonNode& node,
                            const JsonStep& step) {
  if (!is(Kind::list, node, step)) return false;
  if (node.items.size() != type.count)
    return fail(fmt::format("expected a list of {}, got {}", type.count, node.items.size()),
                node.at, step);
  const MembersOfProduct members(type, self);
  for (std::uint32_t i = 0; i < type.count; ++i)
    if (!read(*type.members[i].type, members[i], node.items[i], JsonStep{&step, {}, i}))
      return false;
  return true;
}

bool JsonReader::read_struct(const Type& type, void* self, const JsonNode& node,
                             const JsonStep& step) {
  if (!is(Kind::object, node, step)) return false;
  const MembersOfProduct members(type, self);
  std::vector<bool> found(type.count, false);
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const JsonMember& given = node.members[i];
    const JsonStep inner{&step, given.key, 0};
    std::uint32_t which = 0;
    while (which < type.count && given.key != type.members[which].name)
      ++which;
    if (which == type.count) return unknown("member", given.key, names_of(type), given.at, inner);
    found[which] = true;
    if (!read(*type.members[which].type, members[which], node.items[i], inner)) return false;
  }
  for (std::uint32_t i = 0; i < type.count; ++i) {
    const Member& member = type.members[i];
    if (!found[i] && !member.added && member.type->shape != Shape::optional)
      return fail(fmt::format("the member \"{}\" is missing", member.name), node.at, step);
  }
  return true;
}

bool JsonReader::read_sum(const Type& type, void* self, const JsonNode& node,
                          const JsonStep& step) {
  if (!is(Kind::object, node, step)) return false;
  if (node.items.size() != 1)
    return fail(fmt::format("expected an object of one alternative, got {}", node.items.size()),
                node.at, step);
  const JsonMember& given = node.members[0];
  const JsonStep inner{&step, given.key, 0};
  const std::vector<std::string> names = names_of(type);
  for (std::uint32_t i = 0; i < type.count; ++i)
    if (given.key == names[i])
      return read(*type.members[i].type, type.append(self, i), node.items[0], inner);
  return unknown("alternative", given.key, names, given.at, inner);
}

}  // namespace oche::detail
