// print.cpp - a value as a text for people.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#include "base/json_text.hpp"
#include "base/number.hpp"
#include "base/number_text.hpp"
#include "base/parts_of.hpp"
#include "base/shapes.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include <oche/base/record.hpp>

#include <algorithm>

namespace oche::detail {
namespace {

void print_part(const Type& type, const void* self, std::string& out);

/// Inside lists and records a text is quoted if it could be mistaken for something else.
void print_inner_text(std::string_view text, std::string& out) {
  const bool clear = !text.empty() && text.front() != ' ' && text.back() != ' ' &&
                     std::all_of(text.begin(), text.end(), [](char c) {
                       const auto byte = static_cast<unsigned char>(c);
                       return byte >= 0x20 && byte != 0x7f &&
                              std::string_view(",:[]{}\"\\").find(c) == std::string_view::npos;
                     });
  if (clear)
    append_utf8(out, text);
  else
    append_json_text(out, text);
}

class Joined {
 public:
  Joined(std::string& out, char open, char close) : out_(out), close_(close) { out_ += open; }
  Joined(const Joined&) = delete;
  Joined& operator=(const Joined&) = delete;
  ~Joined() { out_ += close_; }
  std::string& next() {
    if (!first_) out_ += ", ";
    first_ = false;
    return out_;
  }

 private:
  std::string& out_;
  char close_;
  bool first_ = true;
};

void print_list(const Type& type, const void* self, std::string& out) {
  Joined list(out, '[', ']');
  const auto show = [&](const void* part) { print_part(*type.element, part, list.next()); };
  if (type.shape == Shape::set) {
    for (const void* part : sorted_parts(type, self))
      show(part);
  } else {
    for_each_part(type, self, show);
  }
}

void print_table(const Type& type, const void* self, std::string& out) {
  Joined list(out, '{', '}');
  for (const Entry& entry : sorted_entries(type, self)) {
    print_part(*type.members[0].type, entry.key, list.next());
    out += ": ";
    print_part(*type.members[1].type, entry.value, out);
  }
}

void print_product(const Type& type, const void* self, std::string& out) {
  const MembersOfProduct members(type, self);
  Joined list(out, type.is_named ? '{' : '(', type.is_named ? '}' : ')');
  for (std::uint32_t i = 0; i < type.count; ++i) {
    list.next();
    if (type.is_named) {
      out += type.members[i].name;
      out += ": ";
    }
    print_part(*type.members[i].type, members[i], out);
  }
}

void print_sum(const Type& type, const void* self, std::string& out) {
  const std::size_t which = type.index(self);
  if (which >= type.count) {
    out += "(no value)";
    return;
  }
  if (type.is_named) {
    out += type.members[which].name;
    if (type.members[which].type->shape == Shape::unit) return;
    out += ' ';
  }
  for_each_part(type, self,
                [&](const void* part) { print_part(*type.members[which].type, part, out); });
}

void print_optional(const Type& type, const void* self, std::string& out) {
  if (type.index(self) == 0) out += "none";
  for_each_part(type, self, [&](const void* part) { print_part(*type.element, part, out); });
}

void print_choice(const Type& type, const void* self, std::string& out) {
  const char* name = name_of_choice(type, self);
  if (name)
    out += name;
  else
    write_number(number_of(type), self, out);
}

void print_part(const Type& type, const void* self, std::string& out) {
  if (type.shape == Shape::text)
    print_inner_text(type.text(self), out);
  else
    print(type, self, out);
}

}  // namespace

void print(const Type& type, const void* self, std::string& out) {
  switch (type.shape) {
    case Shape::unit:
      out += "()";
      return;
    case Shape::boolean:
      out += load_natural(type, self) != 0 ? "true" : "false";
      return;
    case Shape::integer:
    case Shape::natural:
    case Shape::real:
      write_number(type, self, out);
      return;
    case Shape::choice:
      print_choice(type, self, out);
      return;
    case Shape::text:
      append_utf8(out, type.text(self));
      return;
    case Shape::duration:
      write_duration(type, self, out);
      return;
    case Shape::instant:
      write_instant(type, self, out);
      return;
    case Shape::optional:
      print_optional(type, self, out);
      return;
    case Shape::list:
    case Shape::set:
      print_list(type, self, out);
      return;
    case Shape::table:
      print_table(type, self, out);
      return;
    case Shape::product:
      print_product(type, self, out);
      return;
    case Shape::sum:
      print_sum(type, self, out);
      return;
    case Shape::digest:
      out += static_cast<const Digest*>(self)->hex();
      return;
    case Shape::opaque:
      out += "(opaque)";
      return;
  }
}

}  // namespace oche::detail
