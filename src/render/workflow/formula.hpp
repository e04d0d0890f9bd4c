// formula.hpp - when a job runs, as a formula over how others ended and what persons said.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace oche::detail::workflow {

/// A formula: its place in `Formulas`. Equal formulas have equal numbers.
using FormulaId = std::uint32_t;
/// Something that is true or false: a job has succeeded, a condition holds.
using Atom = std::uint32_t;
inline constexpr FormulaId never = 0;
inline constexpr FormulaId always = 1;

/// Formulas of "and", "or" and "not", each stored once and simplified as it is made.
class Formulas {
 public:
  Formulas();
  [[nodiscard]] FormulaId atom(Atom what);
  [[nodiscard]] FormulaId negate(FormulaId one);
  [[nodiscard]] FormulaId all(const std::vector<FormulaId>& parts) {
    return joined(Op::all, parts);
  }
  [[nodiscard]] FormulaId any(const std::vector<FormulaId>& parts) {
    return joined(Op::any, parts);
  }

  [[nodiscard]] bool is_atom(FormulaId one) const { return nodes_[one].op == Op::atom; }
  /// Each once, in order.
  [[nodiscard]] std::vector<Atom> atoms(FormulaId one) const;
  /// Atoms of it when written out, up to a million.
  [[nodiscard]] std::size_t length(FormulaId one) const { return nodes_[one].length; }
  /// The parts of an "and"; any other formula itself; none of `always`.
  [[nodiscard]] std::vector<FormulaId> conjuncts(FormulaId one) const;
  /// True if they are true together, whatever the atoms are; false too where those are too many.
  [[nodiscard]] bool same(FormulaId one, FormulaId other) const;
  /// The same with atoms replaced: `with(atom)` gives a formula.
  template <class F>
  [[nodiscard]] FormulaId replaced(FormulaId one, F with) {
    std::map<FormulaId, FormulaId> known;
    return replaced(one, with, known);
  }
  /// The formula with "not" only at its atoms: `leaf(atom, negated)` gives an atom's text.
  template <class F>
  [[nodiscard]] std::string written(FormulaId one, F leaf) const {
    return written(one, leaf, false, Op::all);
  }

 private:
  enum class Op : std::uint8_t { bottom, top, atom, negated, all, any };
  struct Node {
    Op op;
    Atom what = 0;
    std::vector<FormulaId> parts = {};
    std::size_t length = 1;
  };

  FormulaId joined(Op op, const std::vector<FormulaId>& parts);
  FormulaId add(Node node);
  [[nodiscard]] bool value(FormulaId one, std::span<const Atom> all, unsigned values) const;

  // Formulas nest only as gates, conditions and fallbacks do; `length` bounds what is walked.
  template <class F>
  FormulaId replaced(FormulaId one, F& with, std::map<FormulaId, FormulaId>& known) {
    if (const auto found = known.find(one); found != known.end()) return found->second;
    const Node node = nodes_[one];
    FormulaId made = one;
    if (node.op == Op::atom) made = with(node.what);
    if (node.op == Op::negated) made = negate(replaced(node.parts[0], with, known));
    if (node.op == Op::all || node.op == Op::any) {
      std::vector<FormulaId> parts;
      for (const FormulaId part : node.parts)
        parts.push_back(replaced(part, with, known));
      made = joined(node.op, parts);
    }
    known.emplace(one, made);
    return made;
  }

  template <class F>
  std::string written(FormulaId one, F& leaf, bool negated, Op around) const {
    const Node& node = nodes_[one];
    if (node.op == Op::bottom || node.op == Op::top)
      return (node.op == Op::top) != negated ? "true" : "false";
    if (node.op == Op::atom) return leaf(node.what, negated);
    if (node.op == Op::negated) return written(node.parts[0], leaf, !negated, around);
    const Op op = (node.op == Op::all) != negated ? Op::all : Op::any;
    std::string text;
    for (const FormulaId part : node.parts) {
      if (!text.empty()) text += op == Op::all ? " && " : " || ";
      text += written(part, leaf, negated, op);
    }
    return op == Op::any && around == Op::all ? "(" + text + ")" : text;
  }

  std::vector<Node> nodes_;
  std::map<std::pair<Op, std::vector<FormulaId>>, FormulaId> known_;
};

}  // namespace oche::detail::workflow
