// impact_text.cpp - an impact for people, and for programs.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/called.hpp"
#include "base/dump_json.hpp"
#include "base/text.hpp"
#include <oche/analysis/impact.hpp>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace oche {
namespace {

using detail::called;

void add_list(std::string& text, const Facts& facts, const std::vector<Reached>& list,
              std::string_view title) {
  if (list.empty()) return;
  text += fmt::format("{} ({}):\n", title, list.size());
  std::size_t widest = 0;
  for (const Reached& one : list)
    widest = std::max(widest, detail::display_width(facts.graph().path(one.node)));
  for (const Reached& one : list) {
    const std::string_view path = facts.graph().path(one.node);
    const std::string_view each = facts.graph().template_of(one.node) == 0 ? "" : ", for each item";
    text +=
        fmt::format("  {}{}  {}{}\n", path, std::string(widest - detail::display_width(path), ' '),
                    one.because == one.node ? std::string("it is asked for")
                                            : "behind " + called(facts, one.because),
                    each);
  }
}

nlohmann::ordered_json json_of(const Facts& facts, const std::vector<Reached>& list) {
  auto array = nlohmann::ordered_json::array();
  for (const Reached& one : list)
    array.push_back({{"path", facts.graph().path(one.node)},
                     {"because", called(facts, one.because)},
                     {"where", facts.place(one.node)}});
  return array;
}

}  // namespace

std::string to_text(const Facts& facts, const Impact& impact) {
  std::string text;
  add_list(text, facts, impact.runs, "may run again");
  add_list(text, facts, impact.held, "given the same, but held back or let go");
  if (!impact.same.empty()) {
    text += fmt::format("looked into again, and the same ({}):\n", impact.same.size());
    for (const NodeId node : impact.same)
      text += fmt::format("  {}\n", facts.graph().path(node));
  }
  std::size_t all = 0;
  for (NodeId node = 0; node < facts.size(); ++node)
    all += facts.is_work(node) ? 1u : 0u;
  const std::size_t left = all - impact.runs.size() - impact.held.size() - impact.same.size();
  text += fmt::format("left alone: {} of {} steps\n", left, all);
  for (const std::string& note : impact.notes)
    text += fmt::format("note: {}\n", note);
  return text;
}

std::string to_json(const Facts& facts, const Impact& impact) {
  nlohmann::ordered_json all;
  const auto paths = [&](const std::vector<NodeId>& nodes) {
    auto array = nlohmann::ordered_json::array();
    for (const NodeId node : nodes)
      array.push_back(called(facts, node));
    return array;
  };
  all["begins"] = paths(impact.begins);
  all["runs"] = json_of(facts, impact.runs);
  all["held"] = json_of(facts, impact.held);
  all["same"] = paths(impact.same);
  all["notes"] = impact.notes;
  return detail::json_page(all);
}

}  // namespace oche
