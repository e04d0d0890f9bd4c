// selector.hpp - which parts of a pipeline a policy speaks of.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/step_options.hpp>

#include <string>
#include <vector>

namespace oche {

/// A set of nodes, described rather than listed; `a | b` is both.
class Selector {
 public:
  enum class What : std::uint8_t {
    publishes,
    tests,
    named,
    within,
    level,
    approvals,
    inputs,
    dynamic_parts,
    untrusted,
    whole_run,
    declared_untrusted,
  };
  struct Part {
    What what;
    std::string name = {};
    Level level = Level::harmless;
  };

  explicit Selector(Part part) : parts_{std::move(part)} {}
  [[nodiscard]] const std::vector<Part>& parts() const { return parts_; }
  /// As sentences have it: `publishing steps`, `the step "sign"`.
  [[nodiscard]] std::string text() const;

  friend Selector operator|(Selector a, const Selector& b) {
    a.parts_.insert(a.parts_.end(), b.parts_.begin(), b.parts_.end());
    return a;
  }

 private:
  std::vector<Part> parts_;
};

/// What policies choose from. All of it can be called without this name.
namespace choose {

/// Steps with an argument that is replaced rather than keyed (`Latest`): they set a name to it.
[[nodiscard]] Selector publishes();
/// Commands whose operation is `test`.
[[nodiscard]] Selector tests();
/// Steps of this name, and steps and commands with this label or path. A name that is nowhere in
/// the pipeline is an error.
[[nodiscard]] Selector step_named(std::string name);
/// The steps and commands in this section or list (`tests`, `platforms/*`), however deep.
[[nodiscard]] Selector within(std::string group);
/// Steps and commands of this level or above.
[[nodiscard]] Selector level(Level least);
/// What waits for a person's word on `what`; without it, on anything.
[[nodiscard]] Selector approvals(std::string what = {});
/// The input of this name.
[[nodiscard]] Selector inputs(std::string name);
/// Holes: what `dynamic` makes.
[[nodiscard]] Selector dynamic_parts();
/// Steps, commands and holes that work on what comes from a distrusted input, unless a person has
/// approved it on the way.
[[nodiscard]] Selector untrusted();

}  // namespace choose
// By a directive, so that a program may still have a namespace or a variable `tests` of its own.
using namespace choose;

}  // namespace oche
