// diff_text.cpp - what has changed, for people and for programs.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "base/dump_json.hpp"
#include "base/readable_time.hpp"
#include <oche/analysis/diff.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace oche {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t most_listed = 20;

std::string text_of_reruns(const Difference& difference) {
  const auto certain =
      static_cast<std::size_t>(std::count_if(difference.reruns.begin(), difference.reruns.end(),
                                             [](const Rerun& one) { return one.is_certain; }));
  std::string text;
  const auto add = [&](std::string_view title, bool is_certain, std::size_t count) {
    if (count == 0) return;
    text += fmt::format("{} ({}):", title, count);
    std::size_t listed = 0;
    for (const Rerun& one : difference.reruns) {
      if (one.is_certain != is_certain || listed++ >= most_listed) continue;
      text += " " + one.path;
    }
    text += count > most_listed ? fmt::format(" and {} more\n", count - most_listed) : "\n";
  };
  add("will run again", true, certain);
  add("may run again", false, difference.reruns.size() - certain);
  return text.empty() ? "keys identical: no step will re-run\n" : text;
}

std::string text_of_unseen(const Difference& difference) {
  if (difference.unseen.empty()) return {};
  std::string text =
      fmt::format("bodies of {} functions could not be compared:\n", difference.unseen.size());
  for (const OutlineFunction& one : difference.unseen)
    text += fmt::format("  {} ({})\n", one.name, one.where);
  return text;
}

}  // namespace

std::string_view to_string(PipelineChange::What what) {
  constexpr std::string_view words[] = {"guarantee lost",
                                        "guarantee not known",
                                        "secret seen",
                                        "gate removed",
                                        "added, and dangerous",
                                        "changed, and dangerous",
                                        "removed",
                                        "changed",
                                        "added",
                                        "moved",
                                        "gate added",
                                        "secret hidden",
                                        "guarantee won"};
  return words[static_cast<std::size_t>(what)];
}

std::string to_text(const Difference& difference) {
  std::string text;
  for (const PipelineChange& one : difference.changes) {
    text += fmt::format("{}: {} {}\n", to_string(one.what), one.path, one.text);
    if (!one.where.empty()) text += fmt::format("  {}\n", one.where);
  }
  if (difference.is_same()) text += "nothing has changed that can be seen\n";
  text += text_of_reruns(difference);
  if (difference.has_times && !difference.is_same())
    text += fmt::format("with {} slot{}: {} before, {} now\n", difference.slots,
                        difference.slots == 1 ? "" : "s",
                        detail::duration_text(difference.finish_before),
                        detail::duration_text(difference.finish_now));
  return text + text_of_unseen(difference);
}

std::string to_json(const Difference& difference) {
  Json all{{"same", difference.is_same()}};
  all["changes"] = Json::array();
  for (const PipelineChange& one : difference.changes) {
    Json entry{{"what", to_string(one.what)}, {"path", one.path}};
    if (!one.before.empty()) entry["before"] = one.before;
    if (!one.where.empty()) entry["where"] = one.where;
    entry["text"] = one.text;
    all["changes"].push_back(std::move(entry));
  }
  all["reruns"] = Json::array();
  for (const Rerun& one : difference.reruns)
    all["reruns"].push_back(
        {{"path", one.path}, {"certain", one.is_certain}, {"where", one.where}});
  if (difference.has_times) {
    all["slots"] = difference.slots;
    all["finish_before"] = detail::in_seconds(difference.finish_before);
    all["finish_now"] = detail::in_seconds(difference.finish_now);
  }
  all["not_compared"] = Json::array();
  for (const OutlineFunction& one : difference.unseen)
    all["not_compared"].push_back({{"name", one.name}, {"where", one.where}});
  return detail::json_page(all);
}

}  // namespace oche
