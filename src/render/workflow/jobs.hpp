// jobs.hpp - a pipeline as jobs of a hosted service, before they are written in its language.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "render/workflow/formula.hpp"
#include <oche/render/workflow.hpp>
#include <oche/term/step_payload.hpp>

#include <optional>
#include <set>

namespace oche::detail::workflow {

using JobId = std::uint32_t;
inline constexpr JobId no_job = ~JobId{0};

/// Atoms: whether a job has succeeded, whether a condition is true.
[[nodiscard]] constexpr Atom succeeded(JobId job) { return job * 2; }
[[nodiscard]] constexpr Atom holds(std::uint32_t condition) { return condition * 2 + 1; }
[[nodiscard]] constexpr bool names_job(Atom atom) { return atom % 2 == 0; }

enum class JobKind : std::uint8_t {
  command,  ///< its words can be written down
  program,  ///< this pipeline's program does it
  approval,
};

struct Job {
  NodeId node = no_node;
  JobKind kind = JobKind::program;
  std::vector<JobId> needs = {};  ///< what is over before it begins, sorted
  FormulaId runs = always;        ///< over what has succeeded and what is true
  bool has_source = true;         ///< begins with the repository's files …
  JobId outputs_of = no_job;      ///< … or with what this one made
};

/// A condition whose value only the pipeline can compute: here a person says it.
struct Condition {
  NodeId node = no_node;
  std::string about;  ///< the `only_if`'s reason
};

/// Collects what cannot be said; `loss_kinds` has the words.
class Losses {
 public:
  explicit Losses(Dialect dialect) : dialect_(dialect) {}
  [[nodiscard]] Dialect dialect() const { return dialect_; }
  /// Does nothing for what the dialect can say.
  void add(std::string_view id, std::string_view path);
  void add_whole(std::string_view id);
  [[nodiscard]] std::vector<Loss> take() const;

 private:
  Dialect dialect_;
  std::map<std::string, std::set<std::string>, std::less<>> paths_;
};

struct Jobs {
  std::vector<Job> jobs;
  std::vector<JobId> order;  ///< each after what it needs
  std::vector<Condition> conditions;
  Formulas formulas;
  FormulaId root = always;  ///< the whole succeeds
};

[[nodiscard]] Jobs jobs_of(const Graph& graph, Losses& losses);

/// What the options of a node say that no workflow can; `losses` decides which of them.
void add_option_losses(const Graph& graph, const Job& job, Losses& losses);

/// The file, with what the dialect alone loses added to `losses`.
[[nodiscard]] std::string github_text(const Graph& graph, const Jobs& jobs,
                                      const WorkflowOptions& options);
[[nodiscard]] std::string gitlab_text(const Graph& graph, Jobs& jobs,
                                      const WorkflowOptions& options, Losses& losses);

[[nodiscard]] inline const CommandSpec& command_of(const Graph& graph, NodeId node) {
  return static_cast<const CommandPayload*>(graph.term(node).payload)->spec;
}
[[nodiscard]] inline const StepPayload& step_of(const Graph& graph, NodeId node) {
  return *static_cast<const StepPayload*>(graph.term(node).payload);
}

}  // namespace oche::detail::workflow
