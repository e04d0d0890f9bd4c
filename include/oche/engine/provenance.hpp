// provenance.hpp - what a plan expects of a run, as an in-toto layout, and what ran against it.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/outcome.hpp>
#include <oche/base/time.hpp>
#include <oche/engine/plan.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oche {

/// Something that goes into a step or comes out of it, by its digest alone.
///
/// Of a step: `value`, and `tree` if its value names one tree. Into it: `argument 2/value`,
/// `input/tree`, `part/argv`, `key/<its key>`, and `after/<path>/value`, the result that it had to
/// wait for.
struct Artifact {
  std::string name;
  std::string algorithm = "sha256";  ///< or `gitTree`
  std::string digest;                ///< in hexadecimal
  friend bool operator==(const Artifact&, const Artifact&) = default;
};

/// A rule of in-toto's specification, about artifacts of one step.
struct ArtifactRule {
  enum class What : std::uint8_t {
    require,   ///< it is there
    match,     ///< `in`/`pattern` has the digest of `pattern`, a product of the step `from`
    allow,     ///< it may be there
    create,    ///< it may be there, and did not go in
    disallow,  ///< it, if no rule before has spoken of it, is not there
  };
  What what = What::allow;
  std::string pattern;  ///< a name; a star at the end is any rest
  std::string in = {};
  std::string from = {};
  friend bool operator==(const ArtifactRule&, const ArtifactRule&) = default;
};

/// One step or command of a layout.
struct LayoutStep {
  std::string path;
  std::vector<ArtifactRule> materials;
  std::vector<ArtifactRule> products;
  friend bool operator==(const LayoutStep&, const LayoutStep&) = default;
};

/// What a plan expects of everything that runs.
struct Layout {
  std::vector<LayoutStep> steps;
  std::vector<std::string> may;    ///< paths of steps that need not run
  std::vector<std::string> inner;  ///< patterns of paths that nobody knows yet: `platforms/*/test`
  std::int64_t after = 0;          ///< attempts up to this number were made before the plan
  Time expires = {};
  friend bool operator==(const Layout&, const Layout&) = default;
};

/// What one step did, as an in-toto link says it.
struct StepLink {
  std::string path;
  std::vector<Artifact> materials;
  std::vector<Artifact> products;
  std::string key;    ///< in hexadecimal
  std::string state;  ///< `ok`, `failed`, …
  std::int64_t attempt = 0;
  Time started = {};
  std::string isolation = {};
  friend bool operator==(const StepLink&, const StepLink&) = default;
};

/// Where what ran is not what was expected.
struct Departure {
  enum class What : std::uint8_t {
    missing,    ///< it was to run, and did not
    unplanned,  ///< it ran, and nobody expected it
    failed,     ///< it ran, and did not succeed
    material,   ///< what went into it is not what the layout says
    product,    ///< what came out of it is not
  };
  What what = What::missing;
  std::string path;
  std::string text;  ///< one line
  friend bool operator==(const Departure&, const Departure&) = default;
};
/// `missing`, `unplanned`, `failed`, `material`, `product`.
[[nodiscard]] std::string_view to_string(Departure::What what);

/// What the plan of this pipeline expects: each step that will run or is reused with its exact key,
/// each that may run, what of one step goes into which other, and what each has to wait for.
///
/// Digests only: no word, value or environment of a step is in it. It starts nothing and writes
/// nothing, as `plan`. Cost: that of a plan, and for each step the steps that it has to wait for.
/// Fails: throws oche::Error where plan does.
[[nodiscard]] Layout expected_layout(const AnyTerm& pipeline, const EngineOptions& options = {});

/// What a state folder says of the steps of a layout, and of everything else that ran after it was
/// made; in path order.
/// Fails: nothing is stored there, or it is damaged.
[[nodiscard]] Result<std::vector<StepLink>> links_of(const Layout& layout,
                                                     const std::string& state);

/// Where they differ, in the layout's order; what is unplanned comes last. Rules are applied as
/// in-toto's specification says; steps that may run need not, and nothing is checked of those that
/// only fit one of `inner`.
[[nodiscard]] std::vector<Departure> departures(const Layout& layout,
                                                std::span<const StepLink> links);

/// As docs/provenance.md describes it: an in-toto layout without keys and signatures, and beside it
/// what in-toto has no word for.
[[nodiscard]] std::string to_json(const Layout& layout);
/// Fails: it is none, or has rules that `expected_layout` does not write.
[[nodiscard]] Result<Layout> layout_from_json(std::string_view text);
/// A list of in-toto links.
[[nodiscard]] std::string to_json(std::span<const StepLink> links);
[[nodiscard]] Result<std::vector<StepLink>> links_from_json(std::string_view text);
[[nodiscard]] std::string to_text(std::span<const Departure> departures);
[[nodiscard]] std::string to_json(std::span<const Departure> departures);

}  // namespace oche
