// workflow.cpp - a pipeline as a workflow file, with its losses as comments.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "render/workflow/jobs.hpp"
#include "render/workflow/yaml.hpp"

#include <fmt/format.h>

namespace oche {

using namespace detail::workflow;

Workflow to_workflow(const Graph& graph, const WorkflowOptions& options) {
  WorkflowOptions chosen = options;
  if (chosen.program.empty()) chosen.program = detail::shell_quote("./" + options.title);
  Losses losses(options.dialect);
  Jobs jobs = jobs_of(graph, losses);
  const std::string file = options.dialect == Dialect::github
                               ? github_text(graph, jobs, chosen)
                               : gitlab_text(graph, jobs, chosen, losses);
  Workflow made{.text = {}, .losses = losses.take()};
  Yaml head;
  head.comment(fmt::format("{}, as its pipeline's program wrote it. Change the program, not this.",
                           options.title));
  if (!made.losses.empty()) head.comment("What the pipeline says and this file cannot:");
  for (const Loss& loss : made.losses) {
    head.comment(fmt::format("- {}: {}", loss.id, loss.text));
    for (const std::string& path : loss.paths)
      head.comment("    " + path);
  }
  head.blank();
  made.text = head.take() + file;
  return made;
}

}  // namespace oche
