// shown.cpp - pipelines, runs and plans as texts that are the same on every machine.
// Layer: testing.
// SPDX-License-Identifier: Apache-2.0
#include <oche/testing/shown.hpp>

#include <oche/render/dot.hpp>

#include <fmt/format.h>

namespace oche::testing {

namespace {

std::string drawn(const Graph& graph, const Snapshot* snapshot) {
  PictureOptions options;
  options.show_lines = false;
  return to_dot(oche::picture(graph, options, snapshot));
}

void add(std::string& text, std::string_view what, const std::vector<PlannedStep>& steps) {
  for (const PlannedStep& step : steps)
    text += fmt::format("{:<8} {}: {}\n", what, step.path, step.reason);
}

}  // namespace

std::string picture(const AnyTerm& pipeline) { return drawn(Graph(pipeline), nullptr); }

std::string picture(const Evaluation& run) { return drawn(run.graph(), run.snapshot().get()); }

std::string shown(const Plan& plan) {
  std::string text;
  add(text, "run", plan.run);
  add(text, "reuse", plan.reuse);
  add(text, "unknown", plan.unknown);
  add(text, "blocked", plan.blocked);
  add(text, "skip", plan.skip);
  add(text, "wait", plan.wait);
  return text;
}

}  // namespace oche::testing
