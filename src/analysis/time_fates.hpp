// time_fates.hpp - how each cell would end, and who would ask for it when.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "analysis/time_cells.hpp"

#include <unordered_map>
#include <utility>
#include <vector>

namespace oche::detail::forecast {

/// What a cell's outcome is once everything that it waits for is over.
enum class End : std::uint8_t { ok, failed, waits, skipped };

/// What the assumptions say of a cell.
struct Told {
  bool fails = false;
  bool is_untrue = false;
  bool is_unapproved = false;
  bool is_reused = false;
};

/// By cell. Fails: throws oche::Error for a path that is not there.
[[nodiscard]] std::vector<Told> told_of(const Graph& graph, const Cells& cells,
                                        const Assumptions& assumptions);

/// By cell, as if all were wanted.
[[nodiscard]] std::vector<End> ends_of(const Graph& graph, const Cells& cells,
                                       const std::vector<Told>& told);

/// The outcome of what needs every one of some inputs (docs/semantics.md).
[[nodiscard]] End all_of(std::span<const CellId> inputs, const std::vector<End>& ends);

/// When something is asked for: never, at once, or by one of the gates.
using WantId = std::uint32_t;
inline constexpr WantId never = 0;
inline constexpr WantId at_once = 1;

/// Either once `cell` is over and `outer` asks; or as soon as any of `wants` does.
struct Gate {
  WantId outer = at_once;
  CellId cell = 0;
  std::vector<WantId> any = {};
};

/// Who asks for what when: conditions, fallbacks and lists ask for what they choose only once they
/// know. Gate `i` is want `i + 2`.
struct Wants {
  std::vector<WantId> of;  ///< by cell
  std::vector<Gate> gates;
};
[[nodiscard]] Wants wants_of(const Graph& graph, const Cells& cells, const std::vector<End>& ends,
                             const std::vector<Told>& told);

/// Is this only_if's condition false?
[[nodiscard]] bool is_untrue(const Graph& graph, const Cells& cells, CellId cell,
                             const std::vector<Told>& told);

}  // namespace oche::detail::forecast
