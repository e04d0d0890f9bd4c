// summary.cpp - how a run went, as a whole.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "cli/summary.hpp"

#include "base/dump_json.hpp"
#include "base/readable_time.hpp"
#include "cli/arguments.hpp"
#include "cli/terminal.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace oche::cli {

namespace {

void take(Summary& summary, const std::string& path, const NodeView& view) {
  switch (view.state) {
    case State::failed:
    case State::errored:
    case State::timed_out:
    case State::cancelled:
      summary.failed.push_back(path);
      break;
    case State::skipped:
      summary.skipped.push_back(path);
      break;
    case State::awaiting_approval:
      summary.waiting.push_back(path);
      break;
    default:
      break;
  }
}

struct Items {
  const std::vector<ItemView>* items;
  NodeId expand;
};

/// Every cell that can be named, items included; lists nest as deep as the program does.
void take_all(Summary& summary, const Graph& graph, const Snapshot& snapshot) {
  for (NodeId node = 0; node < graph.size(); ++node) {
    if (graph.template_of(node) != 0 || !graph.is_visible(node)) continue;
    take(summary, std::string(graph.path(node)), snapshot.nodes[node]);
  }
  std::vector<Items> left;
  for (const auto& [expand, items] : snapshot.lists)
    left.push_back({&items, expand});
  while (!left.empty()) {
    const Items list = left.back();
    left.pop_back();
    const Template& body = graph.templates()[graph.owned_template(list.expand)];
    const std::string star = std::string(graph.path(body.item));
    for (const ItemView& item : *list.items) {
      for (std::size_t i = 0; i < item.nodes.size(); ++i) {
        const NodeId node = body.nodes[i];
        if (!graph.is_visible(node)) continue;
        std::string path(graph.path(node));
        if (path.starts_with(star)) path = item.path + path.substr(star.size());
        take(summary, path, item.nodes[i]);
      }
      for (const auto& [expand, items] : item.lists)
        left.push_back({&items, expand});
    }
  }
}

std::string_view word_of(const Outcome<>& outcome) {
  if (outcome.is_ok()) return "ok";
  if (outcome.is_failed()) return "failed";
  return outcome.is_skipped() ? "skipped" : "active";
}

}  // namespace

Summary summary_of(const Evaluation& evaluation, std::chrono::nanoseconds duration) {
  Summary summary{.outcome = evaluation.outcome(),
                  .counts = evaluation.counts(),
                  .failures = evaluation.failures(),
                  .duration = duration};
  take_all(summary, evaluation.graph(), *evaluation.snapshot());
  for (auto* list : {&summary.failed, &summary.skipped, &summary.waiting}) {
    std::sort(list->begin(), list->end());
  }
  return summary;
}

std::string to_text(const Summary& summary) {
  std::string text;
  const bool coloured = style_of(stdout) == TextStyle::coloured;
  for (const Failure& failure : summary.failures) {
    text += '\n';
    text += render(failure, coloured ? TextStyle::coloured : TextStyle::plain);
  }
  for (const std::string& path : summary.waiting) {
    text += fmt::format("\n{} waits for a person: approve {}\n", path, path);
  }
  const Counts& counts = summary.counts;
  return text + fmt::format("\n{}: {} step{} run, {} reused, {} failed, {} skipped; {}\n",
                            summary.outcome.is_active() ? "waiting" : word_of(summary.outcome),
                            counts.ran, counts.ran == 1 ? "" : "s", counts.reused, counts.failed,
                            summary.skipped.size(), detail::duration_text(summary.duration));
}

std::string to_json_line(const Summary& summary) {
  nlohmann::ordered_json line;
  line["event"] = "settled";
  line["outcome"] = word_of(summary.outcome);
  line["steps"] = summary.counts.steps;
  line["ran"] = summary.counts.ran;
  line["reused"] = summary.counts.reused;
  line["failed"] = summary.failed;
  line["skipped"] = summary.skipped;
  line["seconds"] = detail::in_seconds(summary.duration);
  return detail::json_line(line) + "\n";
}

int exit_of(const Summary& summary) {
  if (summary.outcome.is_failed()) return exit_failed;
  return summary.outcome.is_active() || !summary.waiting.empty() ? exit_waiting : exit_ok;
}

}  // namespace oche::cli
