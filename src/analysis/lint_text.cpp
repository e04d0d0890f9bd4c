// lint_text.cpp - remarks for people, and for programs.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/lint_sink.hpp"
#include "base/dump_json.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace oche {

std::string to_text(const Facts& facts, std::span<const Remark> remarks) {
  std::string text;
  std::array<std::size_t, 3> counts{};
  std::size_t silenced = 0;
  // The worst first; among equals in the order of the graph.
  for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
    for (const Remark& one : remarks) {
      if (one.severity != severity) continue;
      if (!one.silenced.empty()) {
        ++silenced;
        continue;
      }
      ++counts[static_cast<std::size_t>(severity)];
      text += fmt::format("{}: {} {}\n  where   {}\n", to_string(severity),
                          detail::called(facts, one.node), one.text, facts.place(one.node));
      if (one.other != no_node) text += fmt::format("  see     {}\n", facts.place(one.other));
      text += fmt::format("  remark  {}\nhint: {}\n", one.id, one.fix);
    }
  }
  for (const Remark& one : remarks)
    if (!one.silenced.empty())
      text += fmt::format("silenced: {} of {}: {}\n", one.id, detail::called(facts, one.node),
                          one.silenced);
  return text + fmt::format("{} errors, {} warnings, {} notes, {} silenced\n", counts[2], counts[1],
                            counts[0], silenced);
}

std::string to_json(const Facts& facts, std::span<const Remark> remarks) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const Remark& one : remarks) {
    nlohmann::ordered_json object{{"id", one.id},
                                  {"severity", to_string(one.severity)},
                                  {"path", facts.graph().path(one.node)},
                                  {"where", facts.place(one.node)},
                                  {"text", one.text},
                                  {"fix", one.fix}};
    if (one.other != no_node) {
      object["other"] = facts.graph().path(one.other);
      object["other_where"] = facts.place(one.other);
    }
    if (!one.silenced.empty()) object["silenced"] = one.silenced;
    all.push_back(std::move(object));
  }
  return detail::json_page(all);
}

}  // namespace oche
