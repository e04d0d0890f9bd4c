// order.cpp - files that are read back have the order and the gates of the pipeline.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/random_pipeline.hpp"
#include "workflows/read_back.hpp"
#include <oche/analysis/time.hpp>
#include <oche/render/workflow.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>

using namespace oche;
using namespace oche::tests;

namespace {

using Names = std::set<std::string>;

/// The pipeline's own answer, which knows nothing of workflows.
Names runs_in(const Graph& graph, const Assumptions& assumptions) {
  const Forecast forecast(Facts(graph), assumptions);
  Names names;
  for (const TimedStep& step : forecast.steps())
    if (step.runs() && graph.template_of(step.node) == 0) names.insert(step.path);
  return names;
}

/// Conditions in the order in which files name them.
std::vector<NodeId> conditions_of(const Graph& graph) {
  std::vector<NodeId> found;
  for (NodeId node = 0; node < graph.size(); ++node) {
    if (graph.kind(node) != Kind::only_if || graph.template_of(node) != 0) continue;
    const NodeId condition = graph.inputs(node)[0];
    if (graph.kind(condition) == Kind::constant) continue;
    if (std::find(found.begin(), found.end(), condition) == found.end()) found.push_back(condition);
  }
  return found;
}

/// Of these jobs, those that a forecast knows: steps and commands outside lists.
Names steps_of(const Graph& graph, const Names& jobs) {
  Names names;
  for (const std::string& job : jobs) {
    const std::optional<NodeId> node = graph.find(job);
    REQUIRE(node);
    if (graph.kind(*node) == Kind::step || graph.kind(*node) == Kind::command) names.insert(job);
  }
  return names;
}

/// The jobs of lists whose items may ask for one of these nodes, which does not stand before the
/// list in the file: the program does it with the items. A failing step makes such a job fail.
Names lists_with(const Graph& graph, const ReadWorkflow& workflow, const Names& nodes) {
  std::map<std::string, Names> needs;
  for (const ReadJob& job : workflow.jobs) {
    needs[job.name] = Names(job.needs.begin(), job.needs.end());
    needs[job.name].insert(job.optional_needs.begin(), job.optional_needs.end());
  }
  Names found;
  for (const ReadJob& job : workflow.jobs) {
    const NodeId list = *graph.find(job.name);
    if (graph.owned_template(list) == 0) continue;
    Names before;
    std::vector<std::string> above(needs[job.name].begin(), needs[job.name].end());
    while (!above.empty()) {
      const std::string name = above.back();
      above.pop_back();
      if (before.insert(name).second)
        above.insert(above.end(), needs[name].begin(), needs[name].end());
    }
    std::set<NodeId> seen;
    std::vector<NodeId> open{list};
    while (!open.empty()) {
      const NodeId node = open.back();
      open.pop_back();
      const std::string path(graph.path(node));
      if (!seen.insert(node).second || before.contains(path)) continue;
      if (graph.template_of(node) == 0 && nodes.contains(path)) found.insert(job.name);
      for (const NodeId input : graph.inputs(node))
        open.push_back(input);
    }
  }
  return found;
}

struct Case {
  Assumptions assumptions;
  World github;
  World gitlab;
};

Case random_case(const Graph& graph, const ReadWorkflow& github, const ReadWorkflow& gitlab,
                 Chance& chance) {
  Case made;
  for (NodeId node = 0; node < graph.size(); ++node) {
    if (graph.template_of(node) != 0) continue;
    const std::string path(graph.path(node));
    const Kind kind = graph.kind(node);
    if ((kind == Kind::step || kind == Kind::command) && chance.one_in(4))
      made.assumptions.failing.insert(path);
    if (kind == Kind::approve && chance.one_in(8)) made.assumptions.unapproved.insert(path);
  }
  made.github.failing = made.gitlab.failing = made.assumptions.failing;
  made.github.failing.merge(lists_with(graph, github, made.assumptions.failing));
  made.gitlab.failing.merge(lists_with(graph, gitlab, made.assumptions.failing));
  made.github.unapproved = made.gitlab.unapproved = made.assumptions.unapproved;
  const std::vector<NodeId> conditions = conditions_of(graph);
  REQUIRE(github.conditions.size() == conditions.size());
  REQUIRE(gitlab.conditions.size() == conditions.size());
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    if (!chance.one_in(3)) continue;
    made.assumptions.untrue.insert(std::string(graph.path(conditions[i])));
    made.github.untrue.insert(github.conditions[i]);
    made.gitlab.untrue.insert(gitlab.conditions[i]);
  }
  return made;
}

bool has(const Workflow& workflow, std::string_view id) {
  return std::any_of(workflow.losses.begin(), workflow.losses.end(),
                     [&](const Loss& loss) { return loss.id == id; });
}

std::string told(const Names& names) {
  std::string text;
  for (const std::string& name : names)
    text += name + " ";
  return text;
}

}  // namespace

TEST_CASE("workflows: what runs after a file was read back is what the pipeline runs",
          "[workflows]") {
  std::size_t exact_github = 0;
  std::size_t exact_gitlab = 0;
  std::size_t held_back = 0;
  for (std::uint32_t seed = 0; seed < 1'000; ++seed) {
    const Graph graph(RandomPipeline(seed).make(4 + seed % 16));
    const Workflow github = to_workflow(graph, {.dialect = Dialect::github});
    const Workflow gitlab = to_workflow(graph, {.dialect = Dialect::gitlab});
    const ReadWorkflow read_hub = read_github(github.text);
    const ReadWorkflow read_lab = read_gitlab(gitlab.text);
    Chance chance(seed);
    for (int i = 0; i < 8; ++i) {
      const Case one = random_case(graph, read_hub, read_lab, chance);
      // Where a condition may skip a list, the file goes on: the loss "list" says so.
      if (!lists_with(graph, read_hub, one.assumptions.untrue).empty()) {
        REQUIRE((has(github, "list") && has(gitlab, "list")));
        continue;
      }
      const Names wanted = runs_in(graph, one.assumptions);
      const Names hub = steps_of(graph, run_github(read_hub, one.github));
      const Names lab = steps_of(graph, run_gitlab(read_lab, one.gitlab));
      INFO("seed " << seed << ", failing: " << told(one.assumptions.failing)
                   << "\nuntrue: " << told(one.assumptions.untrue) << "\nunapproved: "
                   << told(one.assumptions.unapproved) << "\npipeline: " << told(wanted)
                   << "\nGitHub: " << told(hub) << "\nGitLab: " << told(lab) << "\n"
                   << github.text << gitlab.text);
      // Never more, whatever was lost …
      REQUIRE(std::includes(wanted.begin(), wanted.end(), hub.begin(), hub.end()));
      REQUIRE(std::includes(wanted.begin(), wanted.end(), lab.begin(), lab.end()));
      // … and exactly that where nothing was. Whoever waits for ever is not overtaken by a failure.
      if (!one.assumptions.unapproved.empty() || graph.templates().size() > 1) continue;
      if (!has(github, "state") && !has(github, "order") && !has(github, "long")) {
        REQUIRE(hub == wanted);
        ++exact_github;
      }
      if (!has(gitlab, "order") && !has(gitlab, "tolerance") && !has(gitlab, "fallback") &&
          !has(gitlab, "long")) {
        REQUIRE(lab == wanted);
        ++exact_gitlab;
      } else if (lab != wanted) {
        ++held_back;
      }
    }
  }
  CHECK(exact_github > 2'000);
  CHECK(exact_gitlab > 500);
  CHECK(held_back > 30);  // the losses that GitLab's files list are met with
}

TEST_CASE("workflows: every job needs what stands before it in the pipeline, and nothing else",
          "[workflows]") {
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    const Graph graph(RandomPipeline(seed).make(20));
    const ReadWorkflow read = read_github(to_workflow(graph).text);
    std::map<std::string, Names> before;  // all of them, however far up
    for (const ReadJob& job : read.jobs) {
      Names& own = before[job.name];
      for (const std::string& need : job.needs) {
        own.insert(need);
        own.insert(before.at(need).begin(), before.at(need).end());
      }
    }
    for (const ReadJob& job : read.jobs) {
      if (graph.template_of(*graph.find(job.name)) != 0) continue;
      // Every step that it is made after, by the graph's own edges.
      Names wanted;
      std::set<NodeId> seen;
      std::vector<NodeId> open{*graph.find(job.name)};
      bool has_list = false;
      while (!open.empty()) {
        const NodeId node = open.back();
        open.pop_back();
        if (!seen.insert(node).second) continue;
        has_list = has_list || graph.owned_template(node) != 0;
        const Kind kind = graph.kind(node);
        if ((kind == Kind::step || kind == Kind::command) && node != *graph.find(job.name))
          wanted.insert(std::string(graph.path(node)));
        for (const NodeId input : graph.inputs(node))
          open.push_back(input);
      }
      if (has_list) continue;  // one job for what stands in it
      Names own;
      for (const std::string& name : before.at(job.name))
        if (const Kind kind = graph.kind(*graph.find(name));
            kind == Kind::step || kind == Kind::command)
          own.insert(name);
      INFO("seed " << seed << ", job " << job.name << ": " << told(own) << "/ " << told(wanted));
      // A fallback also waits for what it stands in for.
      REQUIRE(std::includes(own.begin(), own.end(), wanted.begin(), wanted.end()));
    }
  }
}

// Written for the checkers of the services, which check.py calls.
TEST_CASE("workflows: files of random pipelines", "[.files]") {
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    const Graph graph(RandomPipeline(seed).make(4 + seed % 40));
    for (const auto& [dialect, name] :
         {std::pair(Dialect::github, "github"), std::pair(Dialect::gitlab, "gitlab")}) {
      std::ofstream file(std::to_string(seed) + "." + name + ".yml");
      file << to_workflow(graph, {.dialect = dialect}).text;
      REQUIRE(file.good());
    }
  }
}
