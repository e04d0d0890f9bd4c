// commands.hpp - what each command does; each gives the exit status.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "cli/arguments.hpp"
#include <oche/analysis/outline.hpp>
#include <oche/base/error.hpp>
#include <oche/cli/main.hpp>
#include <oche/engine/saved_plan.hpp>
#include <oche/term/node.hpp>

namespace oche::cli {

/// Wrong usage that shows only once the pipeline is known: exit status 64.
class WrongUsage : public Error {
 public:
  using Error::Error;
};

/// The pipeline with the options that were given. Fails: throws what building it throws.
[[nodiscard]] AnyTerm pipeline_of(const Program& program, const Arguments& arguments);

/// Whether the pipeline keeps the program's policies; if not, says so on standard error.
[[nodiscard]] bool keeps_policies(const Program& program, const Arguments& arguments,
                                  const AnyTerm& pipeline);

/// What a later version is compared with, policies included.
[[nodiscard]] Outline outline_of(const Program& program, const Graph& graph);

/// What `plan --out` wrote. Fails: throws WrongUsage if it is none.
[[nodiscard]] SavedPlan saved_plan_at(const std::string& name);

[[nodiscard]] int graph(const Program& program, const Arguments& arguments);
[[nodiscard]] int plan(const Program& program, const Arguments& arguments);
/// The longest chain, and how long with these slots.
[[nodiscard]] int critical_path(const Program& program, const Arguments& arguments);
/// What runs, is blocked and is published if, and when it ends.
[[nodiscard]] int simulate(const Program& program, const Arguments& arguments);
/// Why a step would run, ran, or does not.
[[nodiscard]] int why(const Program& program, const Arguments& arguments);
/// What a run costs, how likely it succeeds, and how long it takes by sizes of lists.
[[nodiscard]] int cost(const Program& program, const Arguments& arguments);
[[nodiscard]] int odds(const Program& program, const Arguments& arguments);
[[nodiscard]] int formula(const Program& program, const Arguments& arguments);
[[nodiscard]] int key(const Program& program, const Arguments& arguments);
/// `run`, and `watch`, which does not end when nothing is left to do.
[[nodiscard]] int run(const Program& program, const Arguments& arguments);
[[nodiscard]] int check(const Program& program, const Arguments& arguments);
[[nodiscard]] int secrets(const Program& program, const Arguments& arguments);
[[nodiscard]] int jobs(const Program& program, const Arguments& arguments);
[[nodiscard]] int log(const Program& program, const Arguments& arguments);
[[nodiscard]] int get(const Program& program, const Arguments& arguments);
[[nodiscard]] int cancel(const Program& program, const Arguments& arguments);
[[nodiscard]] int rebuild(const Program& program, const Arguments& arguments);
[[nodiscard]] int approve(const Program& program, const Arguments& arguments);
/// What has changed since an outline was saved.
[[nodiscard]] int diff(const Program& program, const Arguments& arguments);
/// What the plan expects as an in-toto layout; what ran, against one.
[[nodiscard]] int provenance(const Program& program, const Arguments& arguments);
[[nodiscard]] int gc(const Program& program, const Arguments& arguments);
[[nodiscard]] int query(const Program& program, const Arguments& arguments);
[[nodiscard]] int impact(const Program& program, const Arguments& arguments);
[[nodiscard]] int golden(const Program& program, const Arguments& arguments);

}  // namespace oche::cli
