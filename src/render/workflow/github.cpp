// github.cpp - jobs in the language of GitHub Actions.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "render/workflow/jobs.hpp"
#include "render/workflow/yaml.hpp"

#include <fmt/format.h>

#include <algorithm>

// `needs` only orders; whether a job runs is what its `if` says. Without one a job runs if nothing
// before it, however far up, has failed or was skipped: that is enough where every job up to it
// asks for the success of all it needs. `name`, `run`, `env` and `image` are searched for `${{`.

namespace oche::detail::workflow {
namespace {

/// A text in which nothing is replaced.
std::string literal(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = std::min(text.find("${{", at), text.size());
    out += text.substr(at, next - at);
    if (next < text.size()) out += "${{ '${{' }}";
    at = next + 3;
  }
  return yaml_text(out);
}

constexpr std::string_view archive = "outputs.tar";

class GithubWriter {
 public:
  GithubWriter(const Graph& graph, const Jobs& jobs, const WorkflowOptions& options)
      : graph_(graph), jobs_(jobs), options_(options) {
    for (const Job& job : jobs.jobs)
      ids_.push_back(slugs_.of(graph.path(job.node)));
    Slugs names;
    for (const Condition& condition : jobs.conditions)
      conditions_.push_back(
          names.of(condition.about.empty() ? graph.path(condition.node) : condition.about));
    has_outputs_.resize(jobs.jobs.size());
    for (const Job& job : jobs.jobs)
      if (job.outputs_of != no_job) has_outputs_[job.outputs_of] = true;
  }

  std::string run() {
    yaml_.line(0, "name", literal(options_.title));
    write_triggers();
    yaml_.blank();
    yaml_.open(0, "permissions");
    yaml_.line(1, "contents", "read");
    yaml_.blank();
    if (jobs_.jobs.empty()) {
      yaml_.open(0, "jobs");
      yaml_.line(1, "nothing", R"({runs-on: ubuntu-latest, steps: [{run: "true"}]})");
      return yaml_.take();
    }
    yaml_.open(0, "jobs");
    is_plain_.resize(jobs_.jobs.size());
    for (const JobId job : jobs_.order)
      write(job);
    return yaml_.take();
  }

 private:
  void write_triggers() {
    yaml_.open(0, "on");
    yaml_.line(1, "push", "{}");
    if (conditions_.empty()) {
      yaml_.line(1, "workflow_dispatch", "{}");
      return;
    }
    yaml_.open(1, "workflow_dispatch");
    yaml_.open(2, "inputs");
    for (std::size_t i = 0; i < conditions_.size(); ++i) {
      yaml_.open(3, conditions_[i]);
      yaml_.line(4, "description", literal(about(i)));
      yaml_.line(4, "type", "boolean");
      yaml_.line(4, "default", "false");
    }
  }

  std::string about(std::size_t condition) const {
    const Condition& one = jobs_.conditions[condition];
    return one.about.empty() ? std::string(graph_.path(one.node)) : one.about;
  }

  void write(JobId id) {
    const Job& job = jobs_.jobs[id];
    yaml_.open(1, ids_[id]);
    yaml_.line(2, "name", literal(graph_.path(job.node)));
    if (!job.needs.empty()) {
      std::vector<std::string> needs;
      for (const JobId need : job.needs)
        needs.push_back(ids_[need]);
      yaml_.line(2, "needs", yaml_list(needs));
    }
    write_if(id);
    yaml_.line(2, "runs-on", "ubuntu-latest");
    if (job.kind == JobKind::approval) {
      yaml_.line(2, "environment", literal(graph_.title(job.node)));
      yaml_.open(2, "steps");
      yaml_.item(3, "run", "\"true\"");
      return;
    }
    if (job.kind == JobKind::command) {
      write_command(id);
    } else {
      write_program(id);
    }
  }

  void write_if(JobId id) {
    const Job& job = jobs_.jobs[id];
    is_plain_[id] = asks_for_all(job) && are_plain(job.needs);
    if (is_plain_[id]) return;
    const std::string when =
        jobs_.formulas.written(job.runs, [&](Atom atom, bool negated) -> std::string {
          if (!names_job(atom))
            return fmt::format("{}inputs.{}", negated ? "!" : "", conditions_[atom / 2]);
          return fmt::format("needs.{}.result {}= 'success'", ids_[atom / 2], negated ? '!' : '=');
        });
    // Without a function of its own a job is skipped after a failure, whatever else is said.
    yaml_.line(2, "if", yaml_text(fmt::format("${{{{ !cancelled() && {} }}}}", when)));
  }

  /// It runs if, and only if, all that it needs has succeeded.
  bool asks_for_all(const Job& job) const {
    std::vector<Atom> asked;
    for (const FormulaId part : jobs_.formulas.conjuncts(job.runs)) {
      const std::vector<Atom> atoms = jobs_.formulas.atoms(part);
      if (!jobs_.formulas.is_atom(part) || !names_job(atoms.front())) return false;
      asked.push_back(atoms.front());
    }
    return asked.size() == job.needs.size();
  }
  bool are_plain(const std::vector<JobId>& jobs) const {
    return std::all_of(jobs.begin(), jobs.end(), [&](JobId job) { return is_plain_[job]; });
  }

  void write_timeout(Duration timeout) {
    if (timeout <= Duration::zero()) return;
    const auto minutes = (timeout + 1min - Duration(1)) / 1min;
    yaml_.line(2, "timeout-minutes", std::to_string(minutes));
  }

  void write_command(JobId id) {
    const Job& job = jobs_.jobs[id];
    const CommandSpec& spec = command_of(graph_, job.node);
    write_timeout(spec.timeout);
    if (spec.image) {
      yaml_.open(2, "container");
      yaml_.line(3, "image", literal(spec.image->text));
    }
    if (!spec.services.empty()) yaml_.open(2, "services");
    for (const ServiceSpec& service : spec.services) {
      yaml_.open(3, yaml_text(service.name));
      yaml_.line(4, "image", literal(service.image.text));
    }
    yaml_.open(2, "steps");
    if (job.has_source) yaml_.item(3, "uses", "actions/checkout@v4");
    if (job.outputs_of != no_job) fetch_outputs(job.outputs_of);
    std::vector<std::string> words;
    for (const WordSpec& word : spec.argv)
      words.push_back(word.text);
    yaml_.item(3, "run", literal(shell_quote(words)));
    if (!spec.env.empty() || !spec.secrets.empty()) yaml_.open(4, "env");
    for (const auto& [name, word] : spec.env)
      yaml_.line(5, yaml_text(name), literal(word.text));
    for (const auto& [name, secret] : spec.secrets)
      write_secret(name, secret.vault, secret.name);
    if (has_outputs_[id]) keep_outputs(id, spec);
  }

  void write_secret(std::string_view variable, std::string_view vault, std::string_view name) {
    yaml_.line(
        5, yaml_text(variable),
        fmt::format("\"${{{{ secrets.{} }}}}\"", variable_name(fmt::format("{}_{}", vault, name))));
  }

  /// In an archive, since the action that uploads would cut the folders off their names.
  void keep_outputs(JobId id, const CommandSpec& spec) {
    std::string patterns;
    for (const std::string& pattern : spec.outputs)
      patterns += ' ' + shell_pattern(pattern);
    yaml_.item(3, "run", literal(fmt::format("tar -cf {} --{}", archive, patterns)));
    yaml_.line(4, "shell", yaml_text("bash -O globstar -O failglob -e {0}"));
    yaml_.item(3, "uses", "actions/upload-artifact@v4");
    yaml_.open(4, "with");
    yaml_.line(5, "name", ids_[id]);
    yaml_.line(5, "path", archive);
    yaml_.line(5, "if-no-files-found", "error");
  }
  void fetch_outputs(JobId from) {
    yaml_.item(3, "uses", "actions/download-artifact@v4");
    yaml_.open(4, "with");
    yaml_.line(5, "name", ids_[from]);
    yaml_.item(3, "run", literal(fmt::format("tar -xf {0} && rm {0}", archive)));
  }

  void write_program(JobId id) {
    const Job& job = jobs_.jobs[id];
    if (graph_.kind(job.node) == Kind::step)
      write_timeout(step_of(graph_, job.node).options.timeout);
    yaml_.open(2, "steps");
    yaml_.item(3, "uses", "actions/checkout@v4");
    yaml_.item(3, "run",
               literal(fmt::format("{} run --only {}", options_.program,
                                   shell_quote(graph_.path(job.node)))));
    if (graph_.kind(job.node) != Kind::step) return;
    const SecretNames& secrets = step_of(graph_, job.node).options.secrets;
    if (secrets.begin() == secrets.end()) return;
    yaml_.open(4, "env");
    for (const SecretNames::Entry& entry : secrets)
      write_secret(environment_name(entry.vault, entry.name), entry.vault, entry.name);
  }

  const Graph& graph_;
  const Jobs& jobs_;
  const WorkflowOptions& options_;
  Slugs slugs_;
  std::vector<std::string> ids_;
  std::vector<std::string> conditions_;
  std::vector<bool> has_outputs_;
  std::vector<bool> is_plain_;
  Yaml yaml_;
};

}  // namespace

std::string github_text(const Graph& graph, const Jobs& jobs, const WorkflowOptions& options) {
  return GithubWriter(graph, jobs, options).run();
}

}  // namespace oche::detail::workflow
