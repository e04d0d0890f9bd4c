// read_json.cpp - a value from a JSON text, with the place of whatever does not fit.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#include "base/json_reader.hpp"
#include "base/number.hpp"
#include "base/number_text.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include <oche/base/record.hpp>

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace oche::detail {
namespace {

std::string path_of(const JsonStep* step) {
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

}  // namespace

std::vector<std::string> names_of(const Type& type) {
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < type.count; ++i)
    names.push_back(type.is_named || type.shape == Shape::choice ? type.members[i].name
                                                                 : std::to_string(i));
  return names;
}

bool JsonReader::mismatch(std::string_view expected, const JsonNode& node, const JsonStep& step) {
  return fail(fmt::format("expected {}, got {}", expected, to_string(node.kind)), node.at, step);
}

bool JsonReader::fail(std::string_view what, std::size_t at, const JsonStep& step) {
  const std::string path = path_of(&step);
  std::string where = line_and_column(text_, at);
  if (!path.empty()) where += fmt::format(" ({})", path);
  failure_ = Failure{fmt::format("at {}: {}", where, what)};
  return false;
}

bool JsonReader::unknown(std::string_view what, std::string_view name,
                         std::vector<std::string> known, std::size_t at, const JsonStep& step) {
  fail(fmt::format("there is no {} \"{}\"", what, name), at, step);
  failure_->hint = did_you_mean(name, known);
  std::string list;
  for (const std::string& one : known)
    list += (list.empty() ? "" : ", ") + one;
  failure_->facts.push_back({"known", known.empty() ? "none" : list});
  return false;
}

bool JsonReader::read_number(const Type& type, void* self, const JsonNode& node,
                             const JsonStep& step) {
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

bool JsonReader::read_choice(const Type& type, void* self, const JsonNode& node,
                             const JsonStep& step) {
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

bool JsonReader::read_digest(void* self, const JsonNode& node, const JsonStep& step) {
  if (!is(Kind::text, node, step)) return false;
  const std::optional<Digest> digest = Digest::from_hex(node.text);
  if (!digest) return fail("expected 64 hexadecimal digits", node.at, step);
  *static_cast<Digest*>(self) = *digest;
  return true;
}

bool JsonReader::read(const Type& type, void* self, const JsonNode& node, const JsonStep& step) {
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

Result<> read_json(const Type& type, void* self, std::string_view text) {
  Result<JsonNode> tree = parse_json(text);
  if (!tree) return tree.failure();
  JsonReader reader(text);
  if (reader.read(type, self, tree.value(), JsonStep{})) return Unit{};
  return reader.failure();
}

}  // namespace oche::detail
