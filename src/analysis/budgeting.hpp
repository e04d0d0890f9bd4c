// budgeting.hpp - what a run costs at most, and what one that can happen costs.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/budget.hpp>
#include <oche/analysis/time.hpp>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oche::detail {

/// Why nobody knows what a node costs.
enum class Lacking : std::uint8_t {
  time,   ///< it has never run, and has no timeout
  count,  ///< it is done for each item of a list of any size
  hole,
};
[[nodiscard]] std::string_view to_string(Lacking lacking);

/// In nanoseconds of a CPU, or in money.
struct Prices {
  double sum = 0;
  std::map<NodeId, double> of;  ///< of a template's node: of all its copies
  std::vector<std::pair<NodeId, Lacking>> unknown;
};

class Budgeting {
 public:
  Budgeting(const Facts& facts, const Assumptions& known, const Budget& budget)
      : facts_(facts), known_(known), budget_(budget) {}

  [[nodiscard]] double limit() const;
  [[nodiscard]] std::string text(double price) const;
  [[nodiscard]] NodeId root() const { return facts_.graph().root(); }
  /// All that can run at all.
  [[nodiscard]] Prices most() const;
  /// A run that can happen, and what fails in it: dearer than one in which all goes well, where
  /// such a one is found. What is not known counts as nothing.
  [[nodiscard]] Prices dear_run(std::set<NodeId>& failing) const;

 private:
  [[nodiscard]] double rate(NodeId node) const;  ///< for a nanosecond
  [[nodiscard]] Prices run(const Assumptions& assumptions) const;
  [[nodiscard]] std::vector<NodeId> first_attempts() const;
  [[nodiscard]] std::optional<Duration> time_of(const TimedStep& step) const;

  const Facts& facts_;
  const Assumptions& known_;
  const Budget& budget_;
};

}  // namespace oche::detail
