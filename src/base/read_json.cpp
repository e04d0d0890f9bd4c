// read_json.cpp - a value from a JSON text, with the place of whatever does not fit.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#include "base/json_tree.hpp"
#include "base/number.hpp"
#include "base/number_text.hpp"
#include "base/parts_of.hpp"
#include "base/shapes.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include <oche/base/record.hpp>

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <optional>

namespace oche::detail {
namespace {

using Kind = JsonNode::Kind;

/// A place in the tree, for the path of an error; each step stands on the stack of its reader.
struct Step {
  const Step* up = nullptr;
  std::string_view key = {};
  std::size_t index = 0;
};

std::string path_of(const Step* step) {
  if (!step || !step->up) return {};
  std::string path = path_of(step->up) + '/';
  if (!step->key.data()) return path + std::to_string(step->index);
  for (const char c : step->key) {  // as JSON pointers are written (RFC 6901)
    if (c == '~')
      path += "~0";
    else if (c == '/')
      path += "~1";
    else
      path += c;
  }
  return path;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}
  bool read(const Type& type, void* self, const JsonNode& node, const Step& step);
  [[nodiscard]] const Failure& failure() const { return *failure_; }

 private:
  bool read_number(const Type& type, void* self, const JsonNode& node, const Step& step);
  bool read_choice(const Type& type, void* self, const JsonNode& node, const Step& step);
  bool read_digest(void* self, const JsonNode& node, const Step& step);
  bool read_optional(const Type& type, void* self, const JsonNode& node, const Step& step);
  bool read_list(const Type& type, void* self, const JsonNode& node, const Step& step);
  bool read_set(const Type& type, void* self, const JsonNode& node, const Step& step);
  bool read_object_table(const Type& type, void* self, const JsonNode& node, const Step& step);
  bool read_list_table(const Type& type, void* self, const JsonNode& node, const Step& step);
  bool read_tuple(const Type& type, void* self, const JsonNode& node, const Step& step);
  bool read_struct(const Type& type, void* self, const JsonNode& node, const Step& step);
  bool read_sum(const Type& type, void* self, const JsonNode& node, const Step& step);

  bool is(Kind kind, const JsonNode& node, const Step& step) {
    return node.kind == kind || mismatch(to_string(kind), node, step);
  }
  bool fits(const std::string& problem, const JsonNode& node, const Step& step) {
    return problem.empty() || fail(problem, node.at, step);
  }
  bool mismatch(std::string_view expected, const JsonNode& node, const Step& step) {
    return fail(fmt::format("expected {}, got {}", expected, to_string(node.kind)), node.at, step);
  }
  bool fail(std::string_view what, std::size_t at, const Step& step) {
    const std::string path = path_of(&step);
    std::string where = line_and_column(text_, at);
    if (!path.empty()) where += fmt::format(" ({})", path);
    failure_ = Failure{fmt::format("at {}: {}", where, what)};
    return false;
  }
  bool unknown(std::string_view what, std::string_view name, std::vector<std::string> known,
               std::size_t at, const Step& step);

  std::string_view text_;
  std::optional<Failure> failure_;
};

std::vector<std::string> names_of(const Type& type) {
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < type.count; ++i)
    names.push_back(type.is_named || type.shape == Shape::choice ? type.members[i].name
                                                                 : std::to_string(i));
  return names;
}

bool Reader::unknown(std::string_view what, std::string_view name, std::vector<std::string> known,
                     std::size_t at, const Step& step) {
  fail(fmt::format("there is no {} \"{}\"", what, name), at, step);
  failure_->hint = did_you_mean(name, known);
  std::string list;
  for (const std::string& one : known)
    list += (list.empty() ? "" : ", ") + one;
  failure_->facts.push_back({"known", known.empty() ? "none" : list});
  return false;
}

bool Reader::read_number(const Type& type, void* self, const JsonNode& node, const Step& step) {
  if (type.shape == Shape::real && node.kind == Kind::text) {
    // What JSON has no numbers for.
    for (const double special :
         {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
          -std::numeric_limits<double>::infinity()}) {
      store_real(type, self, special);
      std::string name;
      write_number(type, self, name);
      if (name == node.text) return true;
    }
  }
  if (!is(Kind::number, node, step)) return false;
  std::string_view rest = node.text;
  std::string problem = take_number(type, self, rest);
  if (problem.empty() && !rest.empty())
    problem = fmt::format("expected a whole number, got {}", node.text);
  return fits(problem, node, step);
}

bool Reader::read_choice(const Type& type, void* self, const JsonNode& node, const Step& step) {
  if (node.kind == Kind::number || type.count == 0)
    return read_number(number_of(type), self, node, step);
  if (!is(Kind::text, node, step)) return false;
  for (std::uint32_t i = 0; i < type.count; ++i) {
    if (node.text != type.members[i].name) continue;
    const Type& number = number_of(type);
    return number.shape == Shape::integer ? store_integer(number, self, i)
                                          : store_natural(number, self, i);
  }
  return unknown("value", node.text, names_of(type), node.at, step);
}

bool Reader::read_digest(void* self, const JsonNode& node, const Step& step) {
  if (!is(Kind::text, node, step)) return false;
  const std::optional<Digest> digest = Digest::from_hex(node.text);
  if (!digest) return fail("expected 64 hexadecimal digits", node.at, step);
  *static_cast<Digest*>(self) = *digest;
  return true;
}

bool Reader::read_optional(const Type& type, void* self, const JsonNode& node, const Step& step) {
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

bool Reader::read_list(const Type& type, void* self, const JsonNode& node, const Step& step) {
  if (!is(Kind::list, node, step)) return false;
  const bool is_array = type.push == nullptr;
  if (is_array && node.items.size() != type.count)
    return fail(fmt::format("expected a list of {}, got {}", type.count, node.items.size()),
                node.at, step);
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const Step inner{&step, {}, i};
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

bool Reader::read_set(const Type& type, void* self, const JsonNode& node, const Step& step) {
  if (!is(Kind::list, node, step)) return false;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const Step inner{&step, {}, i};
    const Temporary element(*type.element);
    if (!read(*type.element, element.get(), node.items[i], inner)) return false;
    type.push(self, element.get());
    if (type.index(self) != i + 1)
      return fail("the element is given twice", node.items[i].at, inner);
  }
  return true;
}

bool Reader::read_object_table(const Type& type, void* self, const JsonNode& node,
                               const Step& step) {
  if (!is(Kind::object, node, step)) return false;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const Step inner{&step, node.members[i].key, 0};
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

bool Reader::read_list_table(const Type& type, void* self, const JsonNode& node, const Step& step) {
  if (!is(Kind::list, node, step)) return false;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const Step inner{&step, {}, i};
    const JsonNode& pair = node.items[i];
    if (!is(Kind::list, pair, inner)) return false;
    if (pair.items.size() != 2) return fail("expected a list of key and value", pair.at, inner);
    const Temporary key(*type.members[0].type);
    const Temporary value(*type.members[1].type);
    if (!read(*type.members[0].type, key.get(), pair.items[0], Step{&inner, {}, 0}) ||
        !read(*type.members[1].type, value.get(), pair.items[1], Step{&inner, {}, 1}))
      return false;
    const Entry entry{key.get(), value.get()};
    type.push(self, &entry);
    if (type.index(self) != i + 1) return fail("the key is given twice", pair.items[0].at, inner);
  }
  return true;
}

bool Reader::read_tuple(const Type& type, void* self, const JsonNode& node, const Step& step) {
  if (!is(Kind::list, node, step)) return false;
  if (node.items.size() != type.count)
    return fail(fmt::format("expected a list of {}, got {}", type.count, node.items.size()),
                node.at, step);
  const MembersOfProduct members(type, self);
  for (std::uint32_t i = 0; i < type.count; ++i)
    if (!read(*type.members[i].type, members[i], node.items[i], Step{&step, {}, i})) return false;
  return true;
}

bool Reader::read_struct(const Type& type, void* self, const JsonNode& node, const Step& step) {
  if (!is(Kind::object, node, step)) return false;
  const MembersOfProduct members(type, self);
  std::vector<bool> found(type.count, false);
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const JsonMember& given = node.members[i];
    const Step inner{&step, given.key, 0};
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

bool Reader::read_sum(const Type& type, void* self, const JsonNode& node, const Step& step) {
  if (!is(Kind::object, node, step)) return false;
  if (node.items.size() != 1)
    return fail(fmt::format("expected an object of one alternative, got {}", node.items.size()),
                node.at, step);
  const JsonMember& given = node.members[0];
  const Step inner{&step, given.key, 0};
  const std::vector<std::string> names = names_of(type);
  for (std::uint32_t i = 0; i < type.count; ++i)
    if (given.key == names[i])
      return read(*type.members[i].type, type.append(self, i), node.items[0], inner);
  return unknown("alternative", given.key, names, given.at, inner);
}

bool Reader::read(const Type& type, void* self, const JsonNode& node, const Step& step) {
  if (type.clear) type.clear(self);  // a member's default may hold something
  switch (type.shape) {
    case Shape::unit:
      return is(Kind::null, node, step);
    case Shape::boolean:
      return is(Kind::boolean, node, step) && store_natural(type, self, node.truth ? 1 : 0);
    case Shape::integer:
    case Shape::natural:
    case Shape::real:
      return read_number(type, self, node, step);
    case Shape::choice:
      return read_choice(type, self, node, step);
    case Shape::text:
      if (!is(Kind::text, node, step)) return false;
      type.assign(self, node.text);
      return true;
    case Shape::duration:
      return is(Kind::text, node, step) && fits(read_duration(type, self, node.text), node, step);
    case Shape::instant:
      return is(Kind::text, node, step) && fits(read_instant(type, self, node.text), node, step);
    case Shape::optional:
      return read_optional(type, self, node, step);
    case Shape::list:
      return read_list(type, self, node, step);
    case Shape::set:
      return read_set(type, self, node, step);
    case Shape::table:
      return type.is_named ? read_object_table(type, self, node, step)
                           : read_list_table(type, self, node, step);
    case Shape::product:
      return type.is_named ? read_struct(type, self, node, step)
                           : read_tuple(type, self, node, step);
    case Shape::sum:
      return read_sum(type, self, node, step);
    case Shape::digest:
      return read_digest(self, node, step);
    case Shape::opaque:
      break;
  }
  return fail("the type is no record", node.at, step);
}

}  // namespace

Result<> read_json(const Type& type, void* self, std::string_view text) {
  Result<JsonNode> tree = parse_json(text);
  if (!tree) return tree.failure();
  Reader reader(text);
  if (reader.read(type, self, tree.value(), Step{})) return Unit{};
  return reader.failure();
}

}  // namespace oche::detail
