// rounds.hpp - evaluates a graph: each change reaches what depends on it, each node at most once.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/rounds/jobs_side.hpp"
#include <oche/graph/snapshot.hpp>

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oche::detail {

namespace rounds {
class World;
}

inline constexpr CellId no_cell = ~CellId{0};

/// The four kinds of outcome; `unborn` before the first evaluation.
enum class Status : std::uint8_t { unborn, ok, skipped, active, failed };

/// What became of a cell. Of a cell that nobody wants: what became of it when it was wanted last.
struct CellOutcome {
  Status status = Status::unborn;
  Phase phase = Phase::ready;  ///< of active: the origin's
  bool wanted = false;
  bool stale = false;       ///< ok, but being refreshed, or an item of a list that is not ok
  CellId origin = no_cell;  ///< of all but ok: where it arose; the cell itself, or another
  Value value;              ///< of ok; empty where nobody reads it
  std::shared_ptr<const Failure> failure;  ///< of failed
  std::string_view reason;                 ///< of skipped; lives as long as the graph
};

/// Deliberate mistakes, to see that the tests would catch them. Only a build with
/// OCHE_PLANTED_BUGS has them: see tests/planted.
enum class Bug : std::uint8_t {
  none,
  tie_to_the_right,  ///< among equals the rightmost input gives the state, not the leftmost
  early_read,        ///< only_if, or_else and holes read what they ask for before it is evaluated
  early_reuse,       ///< the cells of an item that goes are given to one that comes in the round
  stale_cause,       ///< a failure of the same text with other causes is taken for the same
  unwanted_start,    ///< what nobody wants is evaluated too, and so has its job
};

/// What a test or a benchmark may ask for.
struct RoundsOptions {
  bool root_value = true;  ///< somebody reads the root's value, not only its success
  bool trace = false;      ///< keep `evaluated()`
  Bug bug = Bug::none;     ///< where bugs are planted
};

/// Semantics §1, §2 and §4 over the arrays of a Graph. What waits, reads or stores is JobsSide's.
///
/// A cell is one instance of a node; top-level cells have their node's number. Cells of items and
/// of
/// what holes built come and go; their numbers are used again after the round in which they went.
///
/// Threads: one, the engine's. Throws: what user functions throw becomes failures; memory apart,
/// nothing comes out of `advance`.
class Rounds {
 public:
  /// `graph` and `jobs` must outlive this.
  explicit Rounds(const Graph& graph, JobsSide& jobs, RoundsOptions options = {});
  ~Rounds();
  Rounds(const Rounds&) = delete;
  Rounds& operator=(const Rounds&) = delete;

  /// Whether the root's result is wanted; at first it is not. Takes effect in the next `advance`.
  void want(bool wanted);
  /// The answer to this asker has changed. A cell that is gone is ignored.
  void touch(CellId cell);
  /// One round. Cost: see semantics §4.
  void advance();
  /// True if the next `advance` has nothing to do.
  [[nodiscard]] bool is_quiet() const;

  /// Cells whose state, outcome or staleness changed in the last round, in no order; those that
  /// went
  /// in it are not among them.
  [[nodiscard]] std::span<const CellId> changed() const;
  /// Cells evaluated in the last round, in order; only with RoundsOptions::trace.
  [[nodiscard]] std::span<const CellId> evaluated() const;

  [[nodiscard]] CellId root_cell() const;
  [[nodiscard]] CellOutcome root() const { return outcome(root_cell()); }
  [[nodiscard]] CellOutcome outcome(CellId cell) const;
  [[nodiscard]] State state(CellId cell) const;
  /// What went wrong, or why it waits, in one line, for people; empty for ok.
  [[nodiscard]] std::string text(CellId cell) const;
  /// The node, its graph (a hole has its own), and whether something new may start.
  [[nodiscard]] Asker asker(CellId cell) const;
  [[nodiscard]] bool is_alive(CellId cell) const;
  /// The cells whose outcomes go into this one's: its inputs in order, as far as they are asked
  /// for; of a list what was built for its items, of an item its list.
  [[nodiscard]] std::vector<CellId> reads(CellId cell) const;
  /// The cells that it may come to ask for in time, too; of lists, what is before their items; of
  /// an expand also what its items read of what stands around it.
  [[nodiscard]] std::vector<CellId> inputs(CellId cell) const;
  /// The node of the pipeline's own graph: the cell's, or that of the outermost hole around it.
  [[nodiscard]] NodeId outermost(CellId cell) const;

  /// Of failed: up to a dozen cells whose failures this one stands for, in path order.
  [[nodiscard]] std::vector<CellId> causes(CellId cell) const;
  /// There may be more than `causes` says.
  [[nodiscard]] bool has_more_causes(CellId cell) const;
  /// Every cell whose own failure the root stands for, in path order. Cost: what is failed.
  [[nodiscard]] std::vector<CellId> failed_cells() const;
  [[nodiscard]] std::vector<Failure> failures() const;
  /// The failure that an `advisory` cell swallowed, if it did.
  [[nodiscard]] std::shared_ptr<const Failure> warning(CellId cell) const;

  /// Steps and commands, instances included, by State. Cost: O(1).
  [[nodiscard]] const std::array<std::uint32_t, state_count>& counts() const;
  /// The same for those written directly in one group of the graph, which must have a node; what is
  /// in a hole counts for the hole's group.
  [[nodiscard]] const std::array<std::uint32_t, state_count>& counts(GroupId group) const;
  /// Wanted cells of any kind that are active themselves, by Phase. Cost: O(1).
  [[nodiscard]] const std::array<std::uint32_t, 3>& activity() const;
  /// All live steps and commands, wanted or not.
  [[nodiscard]] std::vector<CellId> steps() const;
  /// All live cells.
  [[nodiscard]] std::vector<CellId> live() const;

  /// The graph's path with each `*` replaced by the item's name; inside a hole the hole's path and
  /// then the inner one's.
  [[nodiscard]] std::string path_of(CellId cell) const;
  [[nodiscard]] std::optional<CellId> cell_of(std::string_view path) const;

  /// Fills in what only others know of a cell: since when, reused, retried.
  using Decorate = std::function<void(CellId, NodeView&)>;
  /// The states of all nodes. `sequence`, `at` and `settled` are the caller's to fill.
  [[nodiscard]] Snapshot snapshot(const Decorate& decorate = nullptr) const;

 private:
  std::unique_ptr<rounds::World> world_;
};

}  // namespace oche::detail
