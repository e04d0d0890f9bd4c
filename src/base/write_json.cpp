// write_json.cpp - a value as one line of JSON.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#include "base/json_text.hpp"
#include "base/number.hpp"
#include "base/number_text.hpp"
#include "base/parts_of.hpp"
#include "base/shapes.hpp"
#include "base/time_text.hpp"
#include <oche/base/record.hpp>

#include <cmath>

namespace oche::detail {
namespace {

void write_real(const Type& type, const void* self, std::string& out) {
  const double value = load_real(type, self);
  if (std::isfinite(value))
    write_number(type, self, out);
  else
    out += std::isnan(value) ? "\"nan\"" : value > 0 ? "\"inf\"" : "\"-inf\"";
}

void write_choice(const Type& type, const void* self, std::string& out) {
  const char* name = name_of_choice(type, self);
  if (name)
    append_json_text(out, name);
  else
    write_number(number_of(type), self, out);
}

void write_quoted(void (*write)(const Type&, const void*, std::string&), const Type& type,
                  const void* self, std::string& out) {
  out += '"';
  write(type, self, out);
  out += '"';
}

void write_optional(const Type& type, const void* self, std::string& out) {
  const bool wrapped = optional_needs_list(type);
  const bool there = type.index(self) != 0;
  if (wrapped)
    out += '[';
  else if (!there)
    out += "null";
  for_each_part(type, self, [&](const void* part) { write_json(*type.element, part, out); });
  if (wrapped) out += ']';
}

void write_list(const Type& type, const void* self, std::string& out) {
  out += '[';
  bool first = true;
  const auto write = [&](const void* part) {
    if (!first) out += ',';
    first = false;
    write_json(*type.element, part, out);
  };
  if (type.shape == Shape::set) {
    for (const void* part : sorted_parts(type, self))
      write(part);
  } else {
    for_each_part(type, self, write);
  }
  out += ']';
}

void write_table(const Type& type, const void* self, std::string& out) {
  out += type.is_named ? '{' : '[';
  bool first = true;
  for (const Entry& entry : sorted_entries(type, self)) {
    if (!first) out += ',';
    first = false;
    if (!type.is_named) out += '[';
    write_json(*type.members[0].type, entry.key, out);
    out += type.is_named ? ':' : ',';
    write_json(*type.members[1].type, entry.value, out);
    if (!type.is_named) out += ']';
  }
  out += type.is_named ? '}' : ']';
}

void write_product(const Type& type, const void* self, std::string& out) {
  const MembersOfProduct members(type, self);
  out += type.is_named ? '{' : '[';
  for (std::uint32_t i = 0; i < type.count; ++i) {
    if (i > 0) out += ',';
    if (type.is_named) {
      append_json_text(out, type.members[i].name);
      out += ':';
    }
    write_json(*type.members[i].type, members[i], out);
  }
  out += type.is_named ? '}' : ']';
}

void write_sum(const Type& type, const void* self, std::string& out) {
  const std::size_t which = type.index(self);
  if (which >= type.count) {
    out += "null";
    return;
  }
  out += '{';
  append_json_text(out, type.is_named ? type.members[which].name : std::to_string(which));
  out += ':';
  for_each_part(type, self,
                [&](const void* part) { write_json(*type.members[which].type, part, out); });
  out += '}';
}

}  // namespace

void write_json(const Type& type, const void* self, std::string& out) {
  switch (type.shape) {
    case Shape::unit:
      out += "null";
      return;
    case Shape::boolean:
      out += load_natural(type, self) != 0 ? "true" : "false";
      return;
    case Shape::integer:
    case Shape::natural:
      write_number(type, self, out);
      return;
    case Shape::real:
      write_real(type, self, out);
      return;
    case Shape::choice:
      write_choice(type, self, out);
      return;
    case Shape::text:
      append_json_text(out, type.text(self));
      return;
    case Shape::duration:
      write_quoted(&write_duration, type, self, out);
      return;
    case Shape::instant:
      write_quoted(&write_instant, type, self, out);
      return;
    case Shape::optional:
      write_optional(type, self, out);
      return;
    case Shape::list:
    case Shape::set:
      write_list(type, self, out);
      return;
    case Shape::table:
      write_table(type, self, out);
      return;
    case Shape::product:
      write_product(type, self, out);
      return;
    case Shape::sum:
      write_sum(type, self, out);
      return;
    case Shape::digest:
      append_json_text(out, static_cast<const Digest*>(self)->hex());
      return;
    case Shape::opaque:
      out += "null";
      return;
  }
}

}  // namespace oche::detail
