// formula.hpp - how long a pipeline takes, as formulas in the sizes of its lists.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/time.hpp>

#include <map>
#include <string>
#include <vector>

namespace oche {

/// So long, for each item of these lists: `2m·|prs|·|platforms|`.
struct SizeTerm {
  std::vector<std::string> lists = {};  ///< paths, the outermost first; none: once
  Duration each{};
  friend bool operator==(const SizeTerm&, const SizeTerm&) = default;
};

/// How many items each list has, by its path; of an inner list, in each item of the outer one.
using Sizes = std::map<std::string, double>;

/// Work and span of a run in which everything succeeds and is asked for, for all list sizes.
struct SizeFormula {
  std::vector<SizeTerm> work = {};  ///< a sum; lists in lists have products
  /// With slots for all, items go side by side: no list makes it longer, as long as each has one.
  Duration span{};
  /// By list: how many items it may have without the run ending later than `time` on these slots,
  /// whatever the order of the steps, the other lists being as `sizes` says (else 1). Nothing
  /// bounds it: no entry. Not even one: 0.
  [[nodiscard]] std::map<std::string, double> fits(Duration time, unsigned slots,
                                                   const Sizes& sizes = {}) const;
  /// The work at these sizes (else 1).
  [[nodiscard]] Duration work_at(const Sizes& sizes) const;
  /// From how many slots on more of them change nothing for certain: those of all items at once.
  /// Work divided by span, rounded up: fewer cannot reach the span.
  [[nodiscard]] unsigned least_slots_for_span(const Sizes& sizes) const;
};

/// Cost: a forecast and a sum.
[[nodiscard]] SizeFormula size_formula(const Facts& facts, const Assumptions& assumptions = {});

/// `work  4m + 6m10s·|prs|`, `span  5m`.
[[nodiscard]] std::string to_text(const SizeFormula& formula);

}  // namespace oche
