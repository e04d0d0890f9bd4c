// shapes.cpp - what writing and reading texts both need to know of shapes.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#include "base/shapes.hpp"

#include "base/number.hpp"
#include "base/parts_of.hpp"
#include <oche/base/record.hpp>

#include <algorithm>
#include <utility>

namespace oche::detail {
namespace {

template <class Part, class Encode>
std::vector<Part> sorted(const std::vector<Part>& parts, Encode encode_part) {
  std::vector<std::pair<std::string, Part>> keyed;
  keyed.reserve(parts.size());
  for (const Part& part : parts) {
    keyed.emplace_back(std::string(), part);
    encode_part(part, keyed.back().first);
  }
  std::sort(keyed.begin(), keyed.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Part> result;
  result.reserve(parts.size());
  for (const auto& [key, part] : keyed)
    result.push_back(part);
  return result;
}

}  // namespace

std::vector<const void*> sorted_parts(const Type& type, const void* self) {
  std::vector<const void*> parts;
  for_each_part(type, self, [&](const void* part) { parts.push_back(part); });
  if (!type.element->is_record) return parts;
  return sorted(parts,
                [&](const void* part, std::string& key) { encode(*type.element, part, key); });
}

std::vector<Entry> sorted_entries(const Type& type, const void* self) {
  const std::vector<Entry> entries = entries_of(type, self);
  if (!type.is_record) return entries;
  return sorted(entries, [&](const Entry& entry, std::string& key) {
    encode(*type.members[0].type, entry.key, key);
    encode(*type.members[1].type, entry.value, key);
  });
}

bool optional_needs_list(const Type& optional) {
  return optional.element->shape == Shape::optional || optional.element->shape == Shape::unit;
}

const char* name_of_choice(const Type& choice, const void* self) {
  const Type& number = number_of(choice);
  if (number.shape == Shape::integer && load_integer(number, self) < 0) return nullptr;
  const std::uint64_t value = number.shape == Shape::integer
                                  ? static_cast<std::uint64_t>(load_integer(number, self))
                                  : load_natural(number, self);
  return value < choice.count ? choice.members[value].name : nullptr;
}

}  // namespace oche::detail
