// query_text.cpp - a set of nodes for people, and for programs.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "base/dump_json.hpp"
#include "base/text.hpp"
#include <oche/analysis/query.hpp>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace oche {
namespace {

std::string what_it_is(const Facts& facts, NodeId node) {
  const std::string_view kind = name_of(facts.graph().kind(node));
  if (!facts.is_work(node)) return std::string(kind);
  return fmt::format("{} {}", kind, facts.operation(node));
}

}  // namespace

std::string to_text(const Facts& facts, const std::vector<NodeId>& nodes) {
  std::size_t paths = 0;
  std::size_t kinds = 0;
  for (const NodeId node : nodes) {
    paths = std::max(paths, detail::display_width(facts.graph().path(node)));
    kinds = std::max(kinds, detail::display_width(what_it_is(facts, node)));
  }
  const auto padded = [](std::string_view text, std::size_t width) {
    return std::string(text) + std::string(width - detail::display_width(text), ' ');
  };
  std::string text;
  for (const NodeId node : nodes)
    text += fmt::format("{}  {}  {}\n", padded(facts.graph().path(node), paths),
                        padded(what_it_is(facts, node), kinds), facts.place(node));
  return text;
}

std::string to_json(const Facts& facts, const std::vector<NodeId>& nodes) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const NodeId node : nodes)
    all.push_back({{"path", facts.graph().path(node)},
                   {"kind", name_of(facts.graph().kind(node))},
                   {"operation", facts.operation(node)},
                   {"where", facts.place(node)},
                   {"visible", facts.graph().is_visible(node)}});
  return detail::json_page(all);
}

}  // namespace oche
