// json_tree.hpp - a JSON text as a tree that knows where everything stands.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/outcome.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace oche::detail {

struct JsonNode;

struct JsonMember {
  std::string key;
  std::size_t at = 0;  ///< where the key begins
};

struct JsonNode {
  enum class Kind : std::uint8_t { null, boolean, number, text, list, object };
  Kind kind = Kind::null;
  std::size_t at = 0;               ///< where it begins
  std::string text;                 ///< of a text; of a number, as it was written
  bool truth = false;               ///< of a boolean
  std::vector<JsonNode> items;      ///< of a list or an object
  std::vector<JsonMember> members;  ///< of an object, one for each item
};

/// `null`, `boolean`, `number`, `text`, `list`, `object`.
[[nodiscard]] const char* to_string(JsonNode::Kind kind);

/// `3:14`: the line and the column, counted from 1; columns count characters, not bytes.
[[nodiscard]] std::string line_and_column(std::string_view text, std::size_t at);

/// The tree of a whole JSON text. Fails: `at 3:14: ...`.
[[nodiscard]] Result<JsonNode> parse_json(std::string_view text);

}  // namespace oche::detail
