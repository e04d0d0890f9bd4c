// json_tree.cpp - a JSON text as a tree that knows where everything stands.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#include "base/json_tree.hpp"

#include "base/cbor.hpp"
#include "base/json_cursor.hpp"
#include "base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <tuple>

namespace oche::detail {
namespace {

// The library checks the grammar and decodes the texts; since it tells nobody where a token began,
// a cursor follows it from token to token through the same text.
class Builder {
 public:
  explicit Builder(std::string_view text) : text_(text), cursor_(text) {}

  bool null() {
    add(JsonNode::Kind::null);
    return true;
  }
  bool boolean(bool value) {
    add(JsonNode::Kind::boolean).truth = value;
    return true;
  }
  // The text of a number says more than the library's idea of it, which may have been rounded.
  bool number_integer(std::int64_t) { return number(); }
  bool number_unsigned(std::uint64_t) { return number(); }
  bool number_float(double, const std::string&) { return number(); }
  bool string(std::string& value) {
    add(JsonNode::Kind::text).text = std::move(value);
    return true;
  }
  bool binary(nlohmann::json::binary_t&) { return false; }
  bool start_object(std::size_t) { return open(JsonNode::Kind::object); }
  bool start_array(std::size_t) { return open(JsonNode::Kind::list); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(std::string& name) {
    open_.back()->members.push_back({std::move(name), cursor_.next_token()});
    return true;
  }
  template <class Exception>
  bool parse_error(std::size_t byte, const std::string&, const Exception& problem) {
    return fail(byte == 0 ? 0 : byte - 1, reason_of(problem.what()));
  }

  Result<JsonNode> result() && {
    if (failure_) return *failure_;
    return std::move(root_);
  }

 private:
  JsonNode& add(JsonNode::Kind kind) {
    JsonNode* node = &root_;
    if (!open_.empty()) node = &open_.back()->items.emplace_back();
    node->kind = kind;
    node->at = cursor_.next_token();
    return *node;
  }
  bool number() {
    JsonNode& node = add(JsonNode::Kind::number);
    node.text = text_.substr(node.at, cursor_.at() - node.at);
    return true;
  }
  bool open(JsonNode::Kind kind) {
    // Only the last child of an open node is ever open, so these addresses stay good.
    open_.push_back(&add(kind));
    return open_.size() <= deepest || fail(open_.back()->at, "nested too deeply");
  }
  bool close() {
    cursor_.next_token();
    const JsonNode& closed = *open_.back();
    open_.pop_back();
    return no_member_twice(closed);
  }
  bool no_member_twice(const JsonNode& object) {
    std::vector<const JsonMember*> members;
    for (const JsonMember& member : object.members)
      members.push_back(&member);
    std::sort(members.begin(), members.end(), [](const JsonMember* a, const JsonMember* b) {
      return std::tie(a->key, a->at) < std::tie(b->key, b->at);
    });
    const auto twice = std::adjacent_find(
        members.begin(), members.end(),
        [](const JsonMember* a, const JsonMember* b) { return a->key == b->key; });
    if (twice == members.end()) return true;
    const JsonMember& again = **(twice + 1);
    return fail(again.at, fmt::format("the member \"{}\" is given twice", again.key));
  }
  bool fail(std::size_t at, std::string_view what) {
    failure_ = Failure{fmt::format("at {}: {}", line_and_column(text_, at), what)};
    return false;
  }
  // Of `[json.exception...] parse error at line 1, column 5: syntax error while parsing value -
  // invalid literal; last read: 'tru}'; expected ...` only what is wrong.
  std::string reason_of(std::string_view what) const {
    const std::size_t dash = what.find(" - ");
    if (dash == std::string_view::npos) return "this is no JSON";
    std::string_view reason = what.substr(dash + 3);
    const std::string_view before = reason.substr(0, reason.find("; last read"));
    const std::size_t expected = reason.rfind("; expected");
    std::string short_reason(before.substr(0, before.find("; expected")));
    if (expected != std::string_view::npos) short_reason += reason.substr(expected);
    return short_reason;
  }

  std::string_view text_;
  JsonCursor cursor_;
  JsonNode root_;
  std::vector<JsonNode*> open_;
  std::optional<Failure> failure_;
};

}  // namespace

const char* to_string(JsonNode::Kind kind) {
  switch (kind) {
    case JsonNode::Kind::null:
      return "null";
    case JsonNode::Kind::boolean:
      return "boolean";
    case JsonNode::Kind::number:
      return "number";
    case JsonNode::Kind::text:
      return "text";
    case JsonNode::Kind::list:
      return "list";
    case JsonNode::Kind::object:
      return "object";
  }
  return "null";
}

std::string line_and_column(std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  std::size_t line = 1;
  for (const char c : before)
    line += c == '\n' ? 1U : 0U;
  const std::size_t start = before.rfind('\n') + 1;  // npos + 1 is 0
  return fmt::format("{}:{}", line, display_width(before.substr(start)) + 1);
}

Result<JsonNode> parse_json(std::string_view text) {
  Builder builder(text);
  nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  return std::move(builder).result();
}

}  // namespace oche::detail
