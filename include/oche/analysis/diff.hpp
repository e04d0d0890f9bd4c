// diff.hpp - what has changed between two versions of a pipeline, and what follows from it.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/outline.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace oche {

/// One thing that is not what it was.
struct PipelineChange {
  /// In the order of danger.
  enum class What : std::uint8_t {
    guarantee_lost,  ///< a policy, or a success without which a dangerous step could not run
    guarantee_open,  ///< a policy of which it is not known whether it holds, and that is news
    secret_seen,     ///< something sees a secret that it did not see
    gate_removed,    ///< a step is no longer held back by something
    danger_added,    ///< a new step that publishes, or is dangerous
    danger_changed,  ///< … is given something else, or other options
    removed,
    changed,  ///< is given something else, or other options
    added,
    moved,  ///< the same with another path
    gate_added,
    secret_hidden,
    guarantee_won,
  };
  What what = What::changed;
  std::string path;         ///< of the new version; of what was removed, the old one
  std::string before = {};  ///< of what has moved: its old path
  std::string where = {};   ///< file:line, of the version of the path
  std::string text = {};    ///< one line
};
[[nodiscard]] std::string_view to_string(PipelineChange::What what);

/// A step that would run again, and whether that is certain.
struct Rerun {
  std::string path;
  bool is_certain = false;  ///< its own arguments differ; else only what other work gives it
  std::string where = {};
};

struct Difference {
  std::vector<PipelineChange> changes;  ///< the most dangerous first
  std::vector<Rerun> reruns;            ///< new steps too; none: no key has changed
  std::vector<OutlineFunction> unseen;  ///< functions whose bodies could not be compared
  Duration finish_before{};
  Duration finish_now{};
  unsigned slots = 1;
  bool has_times = false;  ///< something has run before
  /// Nothing has changed that can be seen.
  [[nodiscard]] bool is_same() const { return changes.empty() && reruns.empty(); }
};

struct DiffOptions {
  std::map<std::string, Duration> durations = {};  ///< by path, as the state folder has them
  unsigned slots = 1;
};

/// Steps are matched by path; what is left, by what they do; what is left then, by name, if only
/// one can be meant.
/// Cost: linear, but for sorting. Bodies of functions are compared by nobody: `unseen` names them.
[[nodiscard]] Difference diff(const Outline& before, const Outline& now,
                              const DiffOptions& options = {});

[[nodiscard]] std::string to_text(const Difference& difference);
[[nodiscard]] std::string to_json(const Difference& difference);

}  // namespace oche
