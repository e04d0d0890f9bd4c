// gitlab.cpp - jobs in the language of GitLab CI.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "render/workflow/jobs.hpp"
#include "render/workflow/yaml.hpp"

#include <fmt/format.h>

#include <algorithm>

// `needs` orders and asks for success at once, `rules` are decided before anything runs. So what is
// asked of other jobs' ends has to be split: a job is in the pipeline if it would run were all to
// go well; of what it needs, each has to succeed, but for jobs whose failure changes nothing
// for any of their readers: those may fail. Everything else is a loss, and holds back.

namespace oche::detail::workflow {
namespace {

constexpr std::string_view stage = "jobs";

/// A text in which no variable is expanded.
std::string unexpanded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += c;
    if (c == '$') out += '$';
  }
  return yaml_text(out);
}

class GitlabWriter {
 public:
  GitlabWriter(const Graph& graph, Jobs& jobs, const WorkflowOptions& options, Losses& losses)
      : graph_(graph), jobs_(jobs), options_(options), losses_(losses) {}

  std::string run() {
    find_present();
    find_tolerated();
    name_all();
    yaml_.line(0, "stages", yaml_list(std::vector{std::string(stage)}));
    write_variables();
    if (jobs_.jobs.empty()) {
      yaml_.blank();
      yaml_.open(0, "nothing");
      yaml_.line(1, "stage", stage);
      yaml_.line(1, "script", R"(["true"])");
    }
    for (const JobId job : jobs_.order)
      if (present_[job] != never) write(job);
    return yaml_.take();
  }

 private:
  /// The formula if every other job that is there succeeds.
  FormulaId at_best(FormulaId one, JobId but_for = no_job) {
    return jobs_.formulas.replaced(one, [&](Atom atom) {
      if (!names_job(atom)) return jobs_.formulas.atom(atom);
      return atom / 2 == but_for ? never : present_[atom / 2];
    });
  }

  void find_present() {
    present_.assign(jobs_.jobs.size(), never);
    for (const JobId job : jobs_.order) {
      present_[job] = at_best(jobs_.jobs[job].runs);
      if (present_[job] == never && jobs_.jobs[job].runs != never)
        losses_.add("fallback", graph_.path(jobs_.jobs[job].node));
    }
  }

  void find_tolerated() {
    may_fail_.assign(jobs_.jobs.size(), false);
    for (const Job& job : jobs_.jobs)
      for (const JobId need : job.needs)
        may_fail_[need] = true;
    std::vector<JobId> whole;
    for (const Atom atom : jobs_.formulas.atoms(jobs_.root))
      if (names_job(atom)) whole.push_back(atom / 2);
    // Whatever cannot fail alone; then whatever cannot fail together with others.
    for (const JobId need : whole)
      may_fail_[need] = true;
    const auto look = [&](FormulaId runs, const std::vector<JobId>& needs) {
      const FormulaId best = at_best(runs);
      if (best == never) return;
      for (const FormulaId part : jobs_.formulas.conjuncts(runs))  // most are asked for as such
        if (jobs_.formulas.is_atom(part))
          if (const Atom atom = jobs_.formulas.atoms(part).front(); names_job(atom))
            may_fail_[atom / 2] = false;
      for (const JobId need : needs)
        if (may_fail_[need] && !jobs_.formulas.same(at_best(runs, need), best))
          may_fail_[need] = false;
      const FormulaId worst = jobs_.formulas.replaced(runs, [&](Atom atom) {
        if (!names_job(atom)) return jobs_.formulas.atom(atom);
        return may_fail_[atom / 2] ? never : present_[atom / 2];
      });
      if (jobs_.formulas.same(worst, best)) return;
      for (const JobId need : needs)
        may_fail_[need] = false;
    };
    look(jobs_.root, whole);
    for (const Job& job : jobs_.jobs)
      look(job.runs, job.needs);
    can_be_missing_.assign(jobs_.jobs.size(), false);
    for (const JobId id : jobs_.order) {
      const Job& job = jobs_.jobs[id];
      for (const JobId need : job.needs)
        if (!may_fail_[need] || can_be_missing_[need]) can_be_missing_[id] = true;
      if (!is_exact(job)) losses_.add("tolerance", graph_.path(job.node));
    }
  }

  /// It runs if it is there and all that it needs and that is there has succeeded.
  bool is_exact(const Job& job) {
    std::vector<FormulaId> parts{at_best(job.runs)};
    if (parts[0] == never) return true;
    for (const JobId need : job.needs) {
      if (present_[need] == never || (may_fail_[need] && !can_be_missing_[need])) continue;
      parts.push_back(jobs_.formulas.any(
          {jobs_.formulas.atom(succeeded(need)), jobs_.formulas.negate(present_[need])}));
    }
    return jobs_.formulas.same(jobs_.formulas.all(parts), job.runs);
  }

  void name_all() {
    constexpr std::size_t longest = 200;  // the service refuses more than 255
    const std::set<std::string_view> reserved = {
        "image",     "services", "stages",   "types", "before_script", "after_script",
        "variables", "cache",    "include",  "true",  "false",         "nil",
        "pages",     "default",  "workflow", "spec",  "stage",         ""};
    for (const Job& job : jobs_.jobs) {
      std::string name(graph_.path(job.node));
      if (reserved.contains(name) || name[0] == '.') name = "job " + name;
      if (name.size() > longest)
        name = fmt::format("{:016x}", graph_.meaning(job.node)) + "/" + Slugs().of(name);
      names_.push_back(name);
    }
    Slugs variables;
    for (const Condition& condition : jobs_.conditions)
      conditions_.push_back(variable_name(
          variables.of(condition.about.empty() ? graph_.path(condition.node) : condition.about)));
    for (std::size_t i = 0; i < conditions_.size(); ++i)  // letters of either case are one now
      for (std::size_t k = 0; k < i; ++k)
        if (conditions_[k] == conditions_[i]) conditions_[i] += fmt::format("_{}", i);
  }

  void write_variables() {
    if (conditions_.empty()) return;
    yaml_.blank();
    yaml_.open(0, "variables");
    for (std::size_t i = 0; i < conditions_.size(); ++i) {
      const Condition& one = jobs_.conditions[i];
      yaml_.open(1, conditions_[i]);
      yaml_.line(2, "value", "\"false\"");
      yaml_.line(2, "description",
                 yaml_text(one.about.empty() ? graph_.path(one.node) : one.about));
    }
  }

  void write(JobId id) {
    const Job& job = jobs_.jobs[id];
    yaml_.blank();
    yaml_.open(0, yaml_text(names_[id]));
    yaml_.line(1, "stage", stage);
    write_needs(job);
    write_rules(id);
    if (job.kind == JobKind::approval) {
      if (present_[id] == always) yaml_.line(1, "when", "manual");
      yaml_.line(1, "allow_failure", may_fail_[id] ? "true" : "false");
      yaml_.line(1, "script", R"(["true"])");
      return;
    }
    if (may_fail_[id]) yaml_.line(1, "allow_failure", "true");
    if (job.kind == JobKind::command) {
      write_command(job);
    } else {
      write_program(job);
    }
  }

  void write_needs(const Job& job) {
    std::vector<std::string> needs;
    for (const JobId need : job.needs) {
      if (present_[need] == never) continue;
      std::string one = fmt::format("{{job: {}", yaml_text(names_[need]));
      if (need != job.outputs_of) one += ", artifacts: false";
      if (present_[need] != always) one += ", optional: true";
      needs.push_back(one + "}");
    }
    yaml_.line(1, "needs", yaml_list(needs));
  }

  void write_rules(JobId id) {
    if (present_[id] == always) return;
    const std::string when = jobs_.formulas.written(present_[id], [&](Atom atom, bool negated) {
      return fmt::format("${} {}= \"true\"", conditions_[atom / 2], negated ? '!' : '=');
    });
    yaml_.open(1, "rules");
    yaml_.item(2, "if", yaml_text(when));
    if (jobs_.jobs[id].kind == JobKind::approval) yaml_.line(3, "when", "manual");
  }

  void write_limits(Duration timeout, const Retry& retry) {
    if (timeout > Duration::zero()) {
      const auto seconds = (timeout + 1s - Duration(1)) / 1s;
      yaml_.line(1, "timeout", fmt::format("{} seconds", seconds));
    }
    if (retry.attempts <= 1) return;
    std::vector<std::string> when;
    if (retry.on.has(FailureClass::failed)) when.emplace_back("script_failure");
    if (retry.on.has(FailureClass::errored)) when.emplace_back("runner_system_failure");
    if (retry.on.has(FailureClass::timed_out)) when.emplace_back("job_execution_timeout");
    if (when.empty()) return;
    yaml_.line(
        1, "retry",
        fmt::format("{{max: {}, when: {}}}", std::min(retry.attempts - 1, 2), yaml_list(when)));
  }

  void write_command(const Job& job) {
    const CommandSpec& spec = command_of(graph_, job.node);
    if (spec.image) yaml_.line(1, "image", unexpanded(spec.image->text));
    if (!spec.services.empty()) yaml_.open(1, "services");
    for (const ServiceSpec& service : spec.services) {
      yaml_.item(2, "name", unexpanded(service.image.text));
      yaml_.line(3, "alias", yaml_text(service.name));
    }
    if (!spec.env.empty() || !spec.secrets.empty() || !job.has_source) yaml_.open(1, "variables");
    if (!job.has_source) yaml_.line(2, "GIT_STRATEGY", "none");
    for (const auto& [name, word] : spec.env) {
      yaml_.open(2, yaml_text(name));
      yaml_.line(3, "value", yaml_text(word.text));
      yaml_.line(3, "expand", "false");
    }
    for (const auto& [name, secret] : spec.secrets)
      write_secret(name, secret.vault, secret.name);
    write_limits(spec.timeout, spec.retry);
    std::vector<std::string> words;
    for (const WordSpec& word : spec.argv)
      words.push_back(word.text);
    write_script(shell_quote(words));
    write_artifacts(spec);
  }

  void write_script(std::string_view command) {
    yaml_.line(1, "script", yaml_list(std::vector{yaml_text(command)}));
  }

  void write_secret(std::string_view variable, std::string_view vault, std::string_view name) {
    yaml_.line(2, yaml_text(variable),
               yaml_text("$" + variable_name(fmt::format("{}_{}", vault, name))));
  }

  void write_artifacts(const CommandSpec& spec) {
    if (spec.outputs.empty() && spec.settings.empty()) return;
    yaml_.open(1, "artifacts");
    std::vector<std::string> paths;
    for (const std::string& pattern : spec.outputs)
      paths.push_back(unexpanded(pattern));
    if (!paths.empty()) yaml_.line(2, "paths", yaml_list(paths));
    if (spec.settings.empty()) return;
    yaml_.line(2, "when", "always");
    yaml_.open(2, "reports");
    for (const auto& [name, value] : spec.settings) {
      if (name == "junit") yaml_.line(3, "junit", unexpanded(value));
      if (name == "cobertura")
        yaml_.line(3, "coverage_report",
                   fmt::format("{{coverage_format: cobertura, path: {}}}", unexpanded(value)));
    }
  }

  void write_program(const Job& job) {
    if (graph_.kind(job.node) == Kind::step) {
      const StepOptions& options = step_of(graph_, job.node).options;
      if (options.secrets.begin() != options.secrets.end()) yaml_.open(1, "variables");
      for (const SecretNames::Entry& entry : options.secrets)
        write_secret(environment_name(entry.vault, entry.name), entry.vault, entry.name);
      write_limits(options.timeout, options.retry);
    }
    write_script(
        fmt::format("{} run --only {}", options_.program, shell_quote(graph_.path(job.node))));
  }

  const Graph& graph_;
  Jobs& jobs_;
  const WorkflowOptions& options_;
  Losses& losses_;
  std::vector<FormulaId> present_;    ///< by job: it is in the pipeline, over conditions
  std::vector<bool> may_fail_;        ///< by job: that it fails changes nothing
  std::vector<bool> can_be_missing_;  ///< by job: a failure before it keeps it from running
  std::vector<std::string> names_;
  std::vector<std::string> conditions_;
  Yaml yaml_;
};

}  // namespace

std::string gitlab_text(const Graph& graph, Jobs& jobs, const WorkflowOptions& options,
                        Losses& losses) {
  return GitlabWriter(graph, jobs, options, losses).run();
}

}  // namespace oche::detail::workflow
