// workflow.hpp - a pipeline as a workflow file of a hosted service, and what is lost on the way.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/graph/graph.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oche {

/// The language of a workflow file.
enum class Dialect : std::uint8_t {
  github,  ///< GitHub Actions, `.github/workflows/NAME.yml`
  gitlab,  ///< GitLab CI, `.gitlab-ci.yml`
};

/// One kind of thing that a pipeline says and a workflow file cannot.
struct LossKind {
  std::string_view id;
  std::string_view github;  ///< what becomes of it there; empty: it can be said
  std::string_view gitlab;
};
/// All kinds, in the order of docs/workflows.md.
[[nodiscard]] std::span<const LossKind> loss_kinds();

/// What could not be said, and of which nodes.
struct Loss {
  std::string id;
  std::string text;
  std::vector<std::string> paths;  ///< empty: of the pipeline as a whole
  friend bool operator==(const Loss&, const Loss&) = default;
};

struct WorkflowOptions {
  Dialect dialect = Dialect::github;
  std::string title = "pipeline";
  /// How a job calls this pipeline's program, which it needs for what is written in C++. Empty: the
  /// title, in the working folder.
  std::string program = {};
};

struct Workflow {
  std::string text;          ///< the file; its losses stand in it as comments
  std::vector<Loss> losses;  ///< in the order of `loss_kinds`
};

/// The pipeline as a workflow file: a job for each step, command and approval, in the same order
/// and behind the same gates.
///
/// What a service cannot say is left out on the safe side (a job may then fail to run where the
/// pipeline would have run it, never the other way round, but for the losses `value`, `source`,
/// `condition` and `list`), and listed.
/// Cost: linear in nodes and edges, and in what is written.
[[nodiscard]] Workflow to_workflow(const Graph& graph, const WorkflowOptions& options = {});

/// The losses, for people and for programs (an array of `id`, `text`, `paths`).
[[nodiscard]] std::string to_text(std::span<const Loss> losses);
[[nodiscard]] std::string to_json(const Workflow& workflow);

}  // namespace oche
