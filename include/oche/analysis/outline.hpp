// outline.hpp - what a pipeline does, as plain data to keep: what a later version is compared with.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/check.hpp>
#include <oche/analysis/facts.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oche {

/// A step, command, input, approval, fold or hole; and, with an empty path, the whole pipeline.
///
/// In texts, paths of others stand between the characters 1 and 2, so that a step that has moved
/// can be told from another one.
struct OutlineNode {
  std::string path;
  std::string kind;
  std::string operation;
  std::string where;  ///< file:line
  /// Equal for nodes that do the same with the same, wherever they stand and whatever they are
  /// called.
  std::string content;
  /// Of work: equal if no key of it can differ. Bodies of functions are no part of it.
  std::string key;
  /// The same, taking whatever other work gives for equal.
  std::string own_key;
  std::vector<std::pair<std::string, std::string>> arguments = {};
  std::vector<std::pair<std::string, std::string>> options = {};
  std::vector<std::string> held_by = {};  ///< controls, conditions and persons before it
  std::vector<std::string> needs = {};    ///< of what publishes or is dangerous: see Outline
  std::vector<std::string> secrets = {};  ///< that it reads, or sees what was made with them
  bool is_work = false;
  bool is_reading = false;
  bool is_dangerous = false;  ///< publishes, or is of level above_average or more
  std::uint32_t place = 0;    ///< in `Outline::order`
  friend bool operator==(const OutlineNode&, const OutlineNode&) = default;
};

/// A function whose body nobody can compare.
struct OutlineFunction {
  std::string name;   ///< `step check`, `map`, …
  std::string where;  ///< file:line
  friend bool operator==(const OutlineFunction&, const OutlineFunction&) = default;
};

struct OutlinePolicy {
  std::string text;
  bool holds = false;
  bool is_known = true;  ///< false: nobody can know yet whether it holds
  friend bool operator==(const OutlinePolicy&, const OutlinePolicy&) = default;
};

/// The whole, in the order of the graph; the pipeline itself comes last.
///
/// `needs` of a dangerous step are the paths of all steps and approvals without whose success it
/// cannot run: proved as `check` proves it, so each is a guarantee, asked for or not.
struct Outline {
  std::vector<OutlineNode> nodes;
  std::vector<OutlinePolicy> policies;
  std::vector<OutlineFunction> functions;         ///< by name and line, none twice
  std::vector<std::vector<std::uint32_t>> order;  ///< by node of the graph: its inputs
  friend bool operator==(const Outline&, const Outline&) = default;
};

/// `report`: what `check` says of the pipeline's policies.
/// Cost: linear, and for each 64 steps before a dangerous one a sweep.
[[nodiscard]] Outline outline_of(const Facts& facts, const CheckReport& report = {});

/// As docs/graph-json.md describes it.
[[nodiscard]] std::string to_json(const Outline& outline);
/// From that, or from what `graph --format json` wrote.
/// Fails: no JSON, no outline in it, or one of another version.
[[nodiscard]] Result<Outline> outline_from_json(std::string_view text);

/// A text of an outline for people: without the marks around paths, sets and digests.
[[nodiscard]] std::string shown(std::string_view text);

}  // namespace oche
