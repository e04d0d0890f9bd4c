// formula.cpp - makes formulas, each once, and simplifies them.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include "render/workflow/formula.hpp"

#include "base/make_set.hpp"

#include <algorithm>
#include <iterator>

namespace oche::detail::workflow {

Formulas::Formulas() : nodes_{{.op = Op::bottom}, {.op = Op::top}} {}

FormulaId Formulas::add(Node node) {
  std::vector<FormulaId> key = node.op == Op::atom ? std::vector{node.what} : node.parts;
  const auto [at, is_new] =
      known_.try_emplace({node.op, std::move(key)}, static_cast<FormulaId>(nodes_.size()));
  if (is_new) {
    constexpr std::size_t most = 1'000'000;
    if (!node.parts.empty()) node.length = 0;
    for (const FormulaId part : node.parts)
      node.length = std::min(most, node.length + nodes_[part].length);
    nodes_.push_back(std::move(node));
  }
  return at->second;
}

FormulaId Formulas::atom(Atom what) { return add({.op = Op::atom, .what = what}); }

FormulaId Formulas::negate(FormulaId one) {
  if (one == never) return always;
  if (one == always) return never;
  if (nodes_[one].op == Op::negated) return nodes_[one].parts[0];
  return add({.op = Op::negated, .parts = {one}});
}

FormulaId Formulas::joined(Op op, const std::vector<FormulaId>& parts) {
  const FormulaId neutral = op == Op::all ? always : never;
  const FormulaId deciding = op == Op::all ? never : always;
  std::vector<FormulaId> flat;
  for (const FormulaId part : parts) {
    if (nodes_[part].op == op) {
      flat.insert(flat.end(), nodes_[part].parts.begin(), nodes_[part].parts.end());
    } else {
      flat.push_back(part);
    }
  }
  make_set(flat);
  const auto has = [&](FormulaId part) {
    return std::binary_search(flat.begin(), flat.end(), part);
  };
  if (has(deciding)) return deciding;
  for (const FormulaId part : flat) {
    const Node& node = nodes_[part];
    if (node.op == Op::negated && has(node.parts[0])) return deciding;
  }
  // "a and (a or b)" is a, "a or (not a and b)" is "a or b": what conditions make most.
  const Op inner = op == Op::all ? Op::any : Op::all;
  std::vector<FormulaId> kept;
  bool is_changed = false;
  for (const FormulaId part : flat) {
    if (part == neutral) continue;
    if (nodes_[part].op != inner) {
      kept.push_back(part);
      continue;
    }
    bool is_absorbed = false;
    std::vector<FormulaId> rest;
    for (const FormulaId one : std::vector(nodes_[part].parts)) {
      if (has(one)) is_absorbed = true;
      if (!has(negate(one))) rest.push_back(one);
    }
    if (is_absorbed) continue;
    is_changed = is_changed || rest.size() < nodes_[part].parts.size();
    kept.push_back(rest.size() < nodes_[part].parts.size() ? joined(inner, rest) : part);
  }
  if (is_changed) return joined(op, kept);
  if (kept.empty()) return neutral;
  if (kept.size() == 1) return kept.front();
  return add({.op = op, .parts = std::move(kept)});
}

std::vector<Atom> Formulas::atoms(FormulaId one) const {
  std::vector<Atom> found;
  std::vector<FormulaId> open{one};
  std::vector<FormulaId> seen{one};
  while (!open.empty()) {
    const Node& node = nodes_[open.back()];
    open.pop_back();
    if (node.op == Op::atom) found.push_back(node.what);
    for (const FormulaId part : node.parts) {
      const auto at = std::lower_bound(seen.begin(), seen.end(), part);
      if (at != seen.end() && *at == part) continue;
      seen.insert(at, part);
      open.push_back(part);
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

bool Formulas::value(FormulaId one, std::span<const Atom> all, unsigned values) const {
  const Node& node = nodes_[one];
  const auto holds = [&](FormulaId part) { return value(part, all, values); };
  switch (node.op) {
    case Op::atom: {
      const auto at = std::lower_bound(all.begin(), all.end(), node.what) - all.begin();
      return ((values >> at) & 1U) != 0;
    }
    case Op::negated:
      return !holds(node.parts[0]);
    case Op::all:
      return std::all_of(node.parts.begin(), node.parts.end(), holds);
    case Op::any:
      return std::any_of(node.parts.begin(), node.parts.end(), holds);
    default:
      return node.op == Op::top;
  }
}

bool Formulas::same(FormulaId one, FormulaId other) const {
  if (one == other) return true;
  // Of each by itself: a formula made of both may be simplified until it names none.
  const std::vector<Atom> of_one = atoms(one);
  const std::vector<Atom> of_other = atoms(other);
  std::vector<Atom> all;
  std::set_union(of_one.begin(), of_one.end(), of_other.begin(), of_other.end(),
                 std::back_inserter(all));
  constexpr std::size_t most = 12;
  if (all.size() > most) return false;
  for (unsigned values = 0; values < 1U << all.size(); ++values)
    if (value(one, all, values) != value(other, all, values)) return false;
  return true;
}

std::vector<FormulaId> Formulas::conjuncts(FormulaId one) const {
  if (one == always) return {};
  if (nodes_[one].op == Op::all) return nodes_[one].parts;
  return {one};
}

}  // namespace oche::detail::workflow
