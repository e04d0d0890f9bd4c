// outside.cpp - refuses a graph that would hold a part of a template without the template.
// Layer: graph.
// SPDX-License-Identifier: Apache-2.0
#include "graph/place_table.hpp"
#include <oche/base/error.hpp>

#include <fmt/core.h>

namespace oche::detail {
namespace {

std::string line_of(std::source_location where) {
  return fmt::format("{}:{}", where.file_name(), where.line());
}

}  // namespace

void refuse_outside(const Node& node, const Node& reader) {
  Failure failure;
  failure.kind = FailureClass::errored;
  failure.what = "an item is used outside the function it was given to";
  failure.where = line_of(reader.where);
  const Node* item = &node;
  if (node.kind != Kind::item) {
    failure.what = "what was built for one item is used outside the function that built it";
    failure.facts.push_back({"built", line_of(node.where)});
    if (node.scope != nullptr && node.scope->item_scope != nullptr)
      item = node.scope->item_scope->node;
  }
  failure.facts.push_back({"item of", line_of(item->where)});
  failure.hint = "return it from the function; the list's term then holds it for every item";
  throw Error(std::move(failure));
}

}  // namespace oche::detail
