// jobs.cpp - which nodes of a pipeline become jobs, and what each waits for.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include "render/workflow/jobs.hpp"

#include "base/make_set.hpp"
#include "base/text.hpp"
#include "render/workflow/outcomes.hpp"
#include <oche/base/tree.hpp>

// A job is a step, a command, an approval, a hole, a function that has a name, and a list as a
// whole. A step that only brings in what an input names is none: services begin every job with the
// repository's files. Functions without a name, gates and the like become formulas.

namespace oche::detail::workflow {
namespace {

bool is_list(Kind kind) {
  return kind == Kind::list_map || kind == Kind::list_iter || kind == Kind::option_map;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0 || text.front() == '\0') return false;
    text.remove_prefix(length);
  }
  return true;
}

class Finder {
 public:
  Finder(const Graph& graph, Losses& losses) : graph_(graph), losses_(losses) {}

  Jobs run() {
    seen_.assign(graph_.size(), no_node);
    places_.job.assign(graph_.size(), no_job);
    places_.condition.assign(graph_.size(), 0);
    above_.assign(graph_.size(), false);
    for (NodeId node = 0; node < graph_.size(); ++node)
      if (graph_.template_of(node) == 0) place(node);
    const std::vector<Ending> endings = endings_of(graph_, places_, made_.formulas, losses_);
    const std::vector<FormulaId> wants = wants_of(graph_, places_, endings, made_.formulas);
    made_.root = endings[graph_.root()].ok;
    seen_.assign(graph_.size(), no_job);
    for (JobId job = 0; job < made_.jobs.size(); ++job)
      finish(job, endings, wants);
    order();
    if (!made_.jobs.empty()) losses_.add_whole("memory");
    return std::move(made_);
  }

 private:
  /// What every item of an outermost list asks for beside the list. What it only asks for after a
  /// condition or a failure is left to the program, which knows those.
  std::vector<NodeId> outside_of(NodeId list) {
    std::vector<NodeId> found{graph_.inputs(graph_.inputs(list)[0])[0]};
    std::vector<NodeId> open{graph_.inputs(list)[1]};
    while (!open.empty()) {
      const NodeId node = open.back();
      open.pop_back();
      if (seen_[node] == list) continue;
      seen_[node] = list;
      const Kind kind = graph_.kind(node);
      if (graph_.template_of(node) == 0) {
        if (kind != Kind::expand) found.push_back(node);
        continue;
      }
      const std::span<const NodeId> inputs = graph_.inputs(node);
      const bool is_lazy = kind == Kind::only_if || kind == Kind::or_else || is_list(kind);
      const auto asked = is_lazy ? inputs.first(1) : inputs;
      open.insert(open.end(), asked.begin(), asked.end());
    }
    make_set(found);
    return found;
  }

  void place(NodeId node) {
    const std::span<const NodeId> inputs = graph_.inputs(node);
    const Kind kind = graph_.kind(node);
    if (kind == Kind::only_if && graph_.kind(inputs[0]) != Kind::constant) add_condition(node);
    for (const NodeId input : inputs)
      above_[node] = above_[node] || above_[input];
    if (!is_to_be_job(node)) return;
    above_[node] = true;
    places_.job[node] = static_cast<JobId>(made_.jobs.size());
    made_.jobs.push_back({.node = node});
    std::vector<NodeId> reads(inputs.begin(), inputs.end());
    if (is_list(kind)) reads = outside_of(node);
    places_.reads.push_back(std::move(reads));
    choose_kind(made_.jobs.back());
    add_option_losses(graph_, made_.jobs.back(), losses_);
  }

  bool is_to_be_job(NodeId node) {
    switch (const Kind kind = graph_.kind(node)) {
      case Kind::step:
        if (step_of(graph_, node).options.is_reading && !above_[node]) {
          losses_.add("source", graph_.path(node));
          return false;
        }
        return true;
      case Kind::command:
      case Kind::approve:
      case Kind::dynamic:
      case Kind::fold:
        return true;
      case Kind::map:
      case Kind::map_error:
        return graph_.is_visible(node);
      default:
        return is_list(kind);
    }
  }

  void add_condition(NodeId only_if) {
    const NodeId node = graph_.inputs(only_if)[0];
    losses_.add("condition", graph_.path(node));
    for (const Condition& known : made_.conditions)
      if (known.node == node) return;
    places_.condition[node] = static_cast<std::uint32_t>(made_.conditions.size());
    made_.conditions.push_back({node, std::string(graph_.label(only_if))});
  }

  void choose_kind(Job& job) {
    const std::string_view path = graph_.path(job.node);
    switch (graph_.kind(job.node)) {
      case Kind::approve:
        job.kind = JobKind::approval;
        job.has_source = false;
        losses_.add("approval", path);
        break;
      case Kind::dynamic:
        losses_.add("hole", path);
        break;
      case Kind::command:
        choose_command(job);
        break;
      default:
        losses_.add(is_list(graph_.kind(job.node)) ? "list" : "function", path);
    }
  }

  /// The program does what a command's words, or the tree it works in, hide until the run.
  void choose_command(Job& job) {
    const CommandSpec& spec = command_of(graph_, job.node);
    const std::string_view path = graph_.path(job.node);
    bool is_known = true;
    bool is_text = true;
    const auto look = [&](const WordSpec& word) {
      is_known = is_known && word.input == 0;
      is_text = is_text && is_utf8(word.text);
    };
    for (const WordSpec& word : spec.argv)
      look(word);
    for (const auto& [name, word] : spec.env)
      look(word);
    if (spec.image) look(*spec.image);
    for (const ServiceSpec& service : spec.services)
      look(service.image);
    for (const std::string& pattern : spec.outputs)
      is_text = is_text && is_utf8(pattern);
    if (!is_known) losses_.add("word", path);
    if (!is_text) losses_.add("bytes", path);
    if (is_known && is_text && has_writable_tree(job)) job.kind = JobKind::command;
  }

  bool has_writable_tree(Job& job) {
    NodeId tree = graph_.inputs(job.node)[0];
    for (;; tree = graph_.inputs(tree)[graph_.kind(tree) == Kind::only_if ? 1 : 0]) {
      const Kind kind = graph_.kind(tree);
      if (kind != Kind::gate && kind != Kind::approve && kind != Kind::only_if) break;
    }
    const bool is_tree = graph_.term(tree).type == &type_of<Tree>;
    const JobId maker = places_.job[tree];
    if (is_tree && maker == no_job && graph_.kind(tree) == Kind::step) return true;
    // What one command made, if it is really written down as a command.
    if (is_tree && maker != no_job && made_.jobs[maker].kind == JobKind::command) {
      job.has_source = false;
      job.outputs_of = maker;
      return true;
    }
    losses_.add("tree", graph_.path(job.node));
    return false;
  }

  /// A job may be asked for after one that comes later in the graph. Where two are each asked for
  /// after the other, the graph's first is done only where it is asked for however the other ends.
  /// It reads nothing of the other, which comes later in the graph.
  void order() {
    std::vector<std::size_t> missing(made_.jobs.size());
    std::vector<std::vector<JobId>> readers(made_.jobs.size());
    std::set<JobId> open;
    std::set<JobId> ready;
    for (JobId job = 0; job < made_.jobs.size(); ++job) {
      missing[job] = made_.jobs[job].needs.size();
      for (const JobId need : made_.jobs[job].needs)
        readers[need].push_back(job);
      (missing[job] == 0 ? ready : open).insert(job);
    }
    while (!ready.empty() || !open.empty()) {
      if (ready.empty()) {
        const JobId first = *open.begin();
        hold_back(first, open);
        open.erase(first);
        ready.insert(first);
      }
      const JobId job = *ready.begin();
      ready.erase(job);
      made_.order.push_back(job);
      for (const JobId reader : readers[job])
        if (open.contains(reader) && --missing[reader] == 0) {
          open.erase(reader);
          ready.insert(reader);
        }
    }
  }

  /// Runs it only where it would run however all of `later` end.
  void hold_back(JobId job, const std::set<JobId>& later) {
    Job& made = made_.jobs[job];
    const FormulaId before = made.runs;
    for (const JobId need : std::vector(made.needs)) {
      if (!later.contains(need)) continue;
      const auto as = [&](FormulaId value) {
        return made_.formulas.replaced(made.runs, [&](Atom atom) {
          return atom == succeeded(need) ? value : made_.formulas.atom(atom);
        });
      };
      made.runs = made_.formulas.all({as(always), as(never)});
      std::erase(made.needs, need);
    }
    if (!made_.formulas.same(before, made.runs)) losses_.add("order", graph_.path(made.node));
  }

  void finish(JobId job, const std::vector<Ending>& endings, const std::vector<FormulaId>& wants) {
    Job& made = made_.jobs[job];
    const std::vector<NodeId>& reads = places_.reads[job];
    made.runs = made_.formulas.all({wants[made.node], together(reads, endings, made_.formulas).ok});
    for (const Atom atom : made_.formulas.atoms(made.runs))
      if (names_job(atom)) made.needs.push_back(atom / 2);
    add_nearest(job, reads);
    make_set(made.needs);
  }

  /// Those jobs before it that a formula does not name are over as well when it begins.
  void add_nearest(JobId job, const std::vector<NodeId>& reads) {
    std::vector<NodeId> open(reads.begin(), reads.end());
    while (!open.empty()) {
      const NodeId node = open.back();
      open.pop_back();
      if (seen_[node] == job || !above_[node]) continue;
      seen_[node] = job;
      if (places_.job[node] != no_job) {
        made_.jobs[job].needs.push_back(places_.job[node]);
      } else {
        const std::span<const NodeId> inputs = graph_.inputs(node);
        open.insert(open.end(), inputs.begin(), inputs.end());
      }
    }
  }

  const Graph& graph_;
  Losses& losses_;
  Jobs made_;
  Places places_;
  std::vector<bool> above_;          ///< by node: it is a job, or after one
  std::vector<std::uint32_t> seen_;  ///< by node: for which list, then which job
};

}  // namespace

Jobs jobs_of(const Graph& graph, Losses& losses) { return Finder(graph, losses).run(); }

}  // namespace oche::detail::workflow
