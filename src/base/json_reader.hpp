// json_reader.hpp - fills a value from a JSON tree.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/json_tree.hpp"

#include <optional>

namespace oche::detail {

/// A place in the tree, for the path of an error; each step stands on the stack of its reader.
struct JsonStep {
  const JsonStep* up = nullptr;
  std::string_view key = {};
  std::size_t index = 0;
};

/// Fills values from a tree; the first thing that does not fit ends it.
class JsonReader {
 public:
  using Kind = JsonNode::Kind;
  explicit JsonReader(std::string_view text) : text_(text) {}
  bool read(const Type& type, void* self, const JsonNode& node, const JsonStep& step);
  [[nodiscard]] const Failure& failure() const { return *failure_; }

 private:
  bool read_number(const Type& type, void* self, const JsonNode& node, const JsonStep& step);
  bool read_choice(const Type& type, void* self, const JsonNode& node, const JsonStep& step);
  bool read_digest(void* self, const JsonNode& node, const JsonStep& step);
  bool read_optional(const Type& type, void* self, const JsonNode& node, const JsonStep& step);
  bool read_list(const Type& type, void* self, const JsonNode& node, const JsonStep& step);
  bool read_set(const Type& type, void* self, const JsonNode& node, const JsonStep& step);
  bool read_object_table(const Type& type, void* self, const JsonNode& node, const JsonStep& step);
  bool read_list_table(const Type& type, void* self, const JsonNode& node, const JsonStep& step);
  bool read_tuple(const Type& type, void* self, const JsonNode& node, const JsonStep& step);
  bool read_struct(const Type& type, void* self, const JsonNode& node, const JsonStep& step);
  bool read_sum(const Type& type, void* self, const JsonNode& node, const JsonStep& step);

  bool is(Kind kind, const JsonNode& node, const JsonStep& step) {
    return node.kind == kind || mismatch(to_string(kind), node, step);
  }
  bool fits(const std::string& problem, const JsonNode& node, const JsonStep& step) {
    return problem.empty() || fail(problem, node.at, step);
  }
  bool mismatch(std::string_view expected, const JsonNode& node, const JsonStep& step);
  bool fail(std::string_view what, std::size_t at, const JsonStep& step);
  bool unknown(std::string_view what, std::string_view name, std::vector<std::string> known,
               std::size_t at, const JsonStep& step);

  std::string_view text_;
  std::optional<Failure> failure_;
};

/// What a JSON text calls the members, alternatives or values of a type.
[[nodiscard]] std::vector<std::string> names_of(const Type& type);

}  // namespace oche::detail
