// losses.cpp - what workflow files cannot say, and the words for it.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include "base/json_text.hpp"
#include "render/workflow/jobs.hpp"

#include <fmt/format.h>

#include <array>

namespace oche {
namespace {

constexpr std::string_view by_program =
    "the pipeline's program does it, and what it needs that is not stored";

constexpr std::string_view one_for_all =
    "the pipeline's program does all items, one job for the list; what they share is done even for "
    "none, and skipped counts as done";

constexpr std::array<LossKind, 26> kinds = {{
    {"memory", "nothing is remembered by content: every run does everything again",
     "nothing is remembered by content: every run does everything again"},
    {"function", by_program, by_program},
    {"value", "a function of values is not computed: where it would fail, nothing is held back",
     "a function of values is not computed: where it would fail, nothing is held back"},
    {"word", by_program, by_program},
    {"bytes", by_program, by_program},
    {"tree", by_program, by_program},
    {"list", one_for_all, one_for_all},
    {"hole", by_program, by_program},
    {"source", "the commit that the workflow runs for is built, whatever the input names",
     "the commit that the pipeline runs for is built, whatever the input names"},
    {"condition", "not computed: a person says so by an input, and by default it is false",
     "not computed: a person says so by a variable, and by default it is false"},
    {"state", "what looks at a state begins when that is over, not while it changes",
     "what looks at a state begins when that is over, not while it changes"},
    {"fallback", "", "what is only done after a failure is not done"},
    {"tolerance", "", "a failure that the pipeline would pass over holds this back"},
    {"order", "asked for after another job and before it: not done after it",
     "asked for after another job and before it: not done after it"},
    {"long", "too many cases to write down: held back by every job before it",
     "too many cases to write down: held back by every job before it"},
    {"approval",
     "asked for a deployment environment, if the repository protects it; not for a value",
     "asked by a manual job of whoever may run one; not for a value"},
    {"isolation", "the job can reach the network", "the job can reach the network"},
    {"report", "the report is not read: only the exit status counts",
     "the report is shown: only the exit status counts"},
    {"latest", "a newer value does not replace one that is being published",
     "a newer value does not replace one that is being published"},
    {"retry", "a failed job is not tried again",
     "tried again at most twice, without waiting between"},
    {"timeout", "rounded up to whole minutes", "rounded up to whole seconds"},
    {"level", "nobody is asked on account of a step's level",
     "nobody is asked on account of a step's level"},
    {"pool", "jobs share no pools, and take none of their size",
     "jobs share no pools, and take none of their size"},
    {"priority", "jobs have no priority", "jobs have no priority"},
    {"validity", "a result does not expire, and nothing runs because it did",
     "a result does not expire, and nothing runs because it did"},
    {"unwanted", "a new commit's workflow cancels nothing, and keeps no old result",
     "a new commit's pipeline cancels nothing, and keeps no old result"},
}};

std::string_view text_of(const LossKind& kind, Dialect dialect) {
  return dialect == Dialect::github ? kind.github : kind.gitlab;
}

}  // namespace

std::span<const LossKind> loss_kinds() { return kinds; }

namespace detail::workflow {

void Losses::add(std::string_view id, std::string_view path) {
  for (const LossKind& kind : kinds)
    if (kind.id == id && !text_of(kind, dialect_).empty()) paths_[std::string(id)].emplace(path);
}

void Losses::add_whole(std::string_view id) { paths_[std::string(id)]; }

std::vector<Loss> Losses::take() const {
  std::vector<Loss> list;
  for (const LossKind& kind : kinds) {
    const auto found = paths_.find(kind.id);
    if (found == paths_.end()) continue;
    list.push_back({std::string(kind.id),
                    std::string(text_of(kind, dialect_)),
                    {found->second.begin(), found->second.end()}});
  }
  return list;
}

namespace {

void add_common(Losses& losses, std::string_view path, const Needs& needs, const Retry& retry,
                Duration timeout, Level level) {
  if (needs != Needs{}) losses.add("pool", path);
  if (retry.attempts > 1) losses.add("retry", path);
  const Duration step = losses.dialect() == Dialect::github ? Duration(1min) : Duration(1s);
  if (timeout % step != Duration::zero()) losses.add("timeout", path);
  if (level > Level::average) losses.add("level", path);
}

}  // namespace

void add_option_losses(const Graph& graph, const Job& job, Losses& losses) {
  const std::string_view path = graph.path(job.node);
  if (graph.kind(job.node) == Kind::command) {
    const CommandSpec& spec = command_of(graph, job.node);
    add_common(losses, path, spec.needs, spec.retry, spec.timeout, spec.level);
    if (spec.network == Network::none) losses.add("isolation", path);
    if (!spec.settings.empty()) losses.add("report", path);
  } else if (graph.kind(job.node) == Kind::step) {
    const StepPayload& step = step_of(graph, job.node);
    const StepOptions& options = step.options;
    add_common(losses, path, options.needs, options.retry, options.timeout, options.level);
    if (!options.pool.empty()) losses.add("pool", path);
    if (options.priority != 0) losses.add("priority", path);
    if (options.valid_for) losses.add("validity", path);
    if (!options.cancel_when_unwanted || options.keep_old_while_running)
      losses.add("unwanted", path);
    for (std::uint32_t i = 0; i < step.kind->count; ++i)
      if (step.kind->roles[i] == Role::latest) losses.add("latest", path);
  }
}

}  // namespace detail::workflow

std::string to_text(std::span<const Loss> losses) {
  std::string text;
  for (const Loss& loss : losses) {
    text += fmt::format("{}: {}\n", loss.id, loss.text);
    for (const std::string& path : loss.paths)
      text += fmt::format("  {}\n", path);
  }
  return text;
}

std::string to_json(const Workflow& workflow) {
  std::string json = "{\"text\":";
  detail::append_json_text(json, workflow.text);
  json += ",\"losses\":[";
  for (const Loss& loss : workflow.losses) {
    if (&loss != workflow.losses.data()) json += ',';
    json += "{\"id\":";
    detail::append_json_text(json, loss.id);
    json += ",\"text\":";
    detail::append_json_text(json, loss.text);
    json += ",\"paths\":[";
    for (const std::string& path : loss.paths) {
      if (&path != loss.paths.data()) json += ',';
      detail::append_json_text(json, path);
    }
    json += "]}";
  }
  return json + "]}\n";
}

}  // namespace oche
