// world.hpp - the cells of one evaluation and everything that is done to them in a round.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/rounds/pages.hpp"
#include "engine/rounds/sides.hpp"
#include "graph/arrays.hpp"
#include <oche/term/payload.hpp>

#include <algorithm>

// Goal: after a round every wanted node has the outcome that evaluation from scratch would give
// (E2), at a cost that follows what changed and what reads it, never the size of the graph.
//
// Order is the index. An input's number is smaller than its reader's (G1), so a round takes the
// smallest dirty number until none is left; what an evaluation marks dirty reads it and is larger.
// So each node is evaluated at most once, after its inputs have settled (E1), without a queue of
// priorities and without recursion.
//
// Wanted. A cell counts the wanted readers that ask for it (`wants`). Most ask for all their
// inputs;
// only_if and or_else ask for the second one when their own evaluation says so, a list for what is
// built for an item when its expand has found the item, a hole for what it built. What begins to be
// wanted and is dirty joins the queue: with smaller numbers than its reader, so the sweep goes back
// to them, and the reader, not evaluated yet, waits for them as for any dirty input. Nothing
// between
// them can have been evaluated too early: a wanted reader of theirs would have made them wanted
// before. Hence E1 holds without a second sweep. What stops to be wanted keeps its outcome, and
// keeps its dirty bit when an input changes meanwhile; it is evaluated again only if it has to.
//
// What a round does to the world happens when it ends: jobs start after it, jobs are left for cells
// that are unwanted then, states of folds are stored, cells of removed items are freed. So a cell
// that was wanted for a part of the round only has done nothing.
//
// Holes may read terms whose numbers are larger than their own: order.cpp moves them behind.

namespace oche::detail::rounds {

class GroupedFailures;

class World {
 public:
  World(const Graph& graph, JobsSide& jobs, RoundsOptions options);
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  // ---- rounds.cpp, sweep.cpp
  void want_root(bool wanted);
  void touch(CellId id);
  void advance();
  void give_back();
  [[nodiscard]] bool is_quiet() const;

  // ---- places.cpp: which cell stands for a node
  [[nodiscard]] CellId cell_of(InstanceId in, NodeId node) const;
  /// The cell that `node` means when read from inside `in`.
  [[nodiscard]] CellId source(InstanceId in, NodeId node) const {
    return source(region_of(in), in, node);
  }
  [[nodiscard]] CellId source(const Region& region, InstanceId in, NodeId node) const {
    return region.is_flat() ? region.base + node : source_around(region, in, node);
  }
  [[nodiscard]] CellId source_around(const Region& region, InstanceId in, NodeId node) const;
  [[nodiscard]] NodeId node_of(CellId id) const;
  [[nodiscard]] const Graph& graph_of(CellId id) const;
  [[nodiscard]] Region& region_of(InstanceId in) const { return *regions[instances[in].region]; }
  [[nodiscard]] bool is_alive(CellId id) const;
  /// False inside a list or hole whose input is not ok, but was.
  [[nodiscard]] bool may_start(InstanceId in) const;
  [[nodiscard]] Asker asker(CellId id) const;
  /// The phase of what a cell waits for.
  [[nodiscard]] Phase phase(CellId id) const;

  // ---- mark.cpp: who must be evaluated
  void mark(CellId id);
  void mark(InstanceId in, NodeId node);
  void enqueue(Region& region, Cell& cell, InstanceId in, NodeId node) {
    cell.queued = true;
    if (!region.is_flat() || !region.levels.empty()) return enqueue_around(region, in, node);
    region.dirty[0].set(node);
    region.cursor = std::min<Position>(region.cursor, node);
  }
  void enqueue_around(Region& region, InstanceId in, NodeId node);
  [[nodiscard]] bool is_asked_for(const Cell& cell) const {
    return cell.wants != 0 || is_planted(Bug::unwanted_start);
  }
  [[nodiscard]] bool is_planted([[maybe_unused]] Bug bug) const {
#ifdef OCHE_PLANTED_BUGS
    return options.bug == bug;
#else
    return false;
#endif
  }
  void log(CellId id, Cell& cell) {
    if (!cell.logged) changed.push_back(id);
    cell.logged = true;
  }

  // ---- wanted.cpp
  void want(CellId id);
  void unwant(CellId id);
  template <class F>
  void each_asked(CellId id, F visit);
  [[nodiscard]] std::vector<CellId> reads(CellId id);
  [[nodiscard]] std::vector<CellId> inputs(CellId id) const;
  void push_read_by_items(InstanceId in, NodeId expand, std::vector<CellId>& found) const;
  /// For what nobody wants when the round ends.
  void end_unwanted();
  void forget(CellId id);

  // ---- sweep.cpp
  void sweep(RegionId id);
  /// Something before what is being evaluated must be evaluated first, here or around the hole.
  [[nodiscard]] bool is_early(const Region& region) const;
  [[nodiscard]] bool must_go_back(const Region& region) const;
  void evaluate(Region& region, InstanceId in, NodeId node, CellId id);
  /// False if something that it has just begun to want must be evaluated first.
  [[nodiscard]] bool evaluate(const Region& region, InstanceId in, NodeId node, CellId id,
                              Verdict& verdict);

  // ---- commit.cpp
  void commit(Region& region, InstanceId in, NodeId node, CellId id, Verdict&& verdict);
  [[nodiscard]] bool is_same(const Cell& cell, const Verdict& verdict) const;
  void spread(Region& region, InstanceId in, NodeId node, Status was, Status now);
  void spread_into_holes(CellId id, Status was, Status now);
  void notify(Region& region, InstanceId in, Reader reader, CellId id, Status was, Status now);
  [[nodiscard]] bool asks_for_second(const Region& region, InstanceId in, NodeId node,
                                     CellId id) const;
  /// Calls `visit` with the instances of template `to` below an instance of `from`.
  template <class F>
  void below(InstanceId in, TemplateId from, TemplateId to, F visit);

  // ---- combine.cpp: who wins
  enum class Rule : std::uint8_t { values, successes };
  [[nodiscard]] Verdict copy(CellId id) const;
  [[nodiscard]] bool is_blocked(InstanceId in, NodeId node, CellId id, Rule rule, Verdict& verdict);
  [[nodiscard]] bool is_blocked(std::span<const CellId> inputs, Rule rule, Verdict& verdict) const;
  /// The outcome of several failures, the first of which gives the text.
  [[nodiscard]] Verdict merge(std::span<const CellId> failed, std::size_t count) const;
  [[nodiscard]] Verdict fail(CellId id, NodeId node, Failure failure) const;
  [[nodiscard]] Verdict fail(CellId id, NodeId node, std::shared_ptr<const Failure> failure) const;
  /// What the exception in flight says.
  [[nodiscard]] Verdict fail_by_throw(CellId id, NodeId node) const;

  // ---- evaluate_*.cpp
  [[nodiscard]] Verdict evaluate_constant(InstanceId in, NodeId node, CellId id);
  [[nodiscard]] Verdict evaluate_call(const Region& region, InstanceId in, NodeId node, CellId id);
  /// True if it could compute a number where it lies, and has told the readers.
  [[nodiscard]] bool renew(Region& region, InstanceId in, NodeId node, CellId id);
  [[nodiscard]] Verdict evaluate_map_error(InstanceId in, NodeId node, CellId id);
  [[nodiscard]] Verdict evaluate_attempt(InstanceId in, NodeId node, CellId id);
  [[nodiscard]] Verdict evaluate_state_of(InstanceId in, NodeId node, CellId id);
  [[nodiscard]] Verdict evaluate_all(InstanceId in, NodeId node, CellId id);
  [[nodiscard]] Verdict evaluate_gate(InstanceId in, NodeId node, CellId id);
  [[nodiscard]] bool evaluate_only_if(InstanceId in, NodeId node, CellId id, Verdict& verdict);
  [[nodiscard]] bool evaluate_or_else(InstanceId in, NodeId node, CellId id, Verdict& verdict);
  [[nodiscard]] Verdict evaluate_advisory(InstanceId in, NodeId node, CellId id);
  [[nodiscard]] Verdict evaluate_approve(InstanceId in, NodeId node, CellId id);
  [[nodiscard]] Verdict evaluate_fold(InstanceId in, NodeId node, CellId id);
  [[nodiscard]] Verdict evaluate_job(InstanceId in, NodeId node, CellId id);
  [[nodiscard]] Verdict evaluate_input(InstanceId in, NodeId node, CellId id);
  [[nodiscard]] Verdict evaluate_expand(InstanceId in, NodeId node, CellId id);
  [[nodiscard]] Verdict evaluate_list(InstanceId in, NodeId node, CellId id);
  [[nodiscard]] bool evaluate_dynamic(InstanceId in, NodeId node, CellId id, Verdict& verdict);
  [[nodiscard]] Verdict answer(CellId id, NodeId node, JobAnswer&& answer) const;
  [[nodiscard]] const void* address(CellId id) const;
  [[nodiscard]] bool take_arguments(const Region& region, InstanceId in, NodeId node);
  [[nodiscard]] Verdict with_text(Verdict verdict, const GroupedFailures& grouped) const;
  [[nodiscard]] std::string_view reason_of(CellId origin) const;
  void ask_second(CellId id, CellId input, bool asks);
  void store_folds();

  // ---- list_update.cpp, lists.cpp, list_results.cpp
  [[nodiscard]] InstanceId find_item(const ListSide& list, const Value& identity) const;
  void set_item(InstanceId in, const ListSide& list, const Type& type, const void* item);
  void ask_for_items(ListSide& list);
  void ask_for_item(InstanceId item);
  [[nodiscard]] bool is_blocked_by_items(const ListSide& list, InstanceId in, NodeId node,
                                         bool is_iter, Verdict& verdict) const;
  [[nodiscard]] Verdict results_of(ListSide& list, NodeId node, CellId id);
  [[nodiscard]] Value all_results(const ListSide& list, const Node& term);
  [[nodiscard]] Value joined_results(ListSide& list, const Node& term);
  /// Whether what is built for an item stands outside the template.
  [[nodiscard]] bool has_outer_body(const ListSide& list) const;
  [[nodiscard]] CellId body_of(InstanceId item) const;

  // ---- instances.cpp
  [[nodiscard]] InstanceId add_instance(RegionId region, TemplateId of, std::uint32_t width);
  [[nodiscard]] InstanceId add_item(ListSide& list, const Type& type, const void* item,
                                    Value identity);
  void remove_item(ListSide& list, InstanceId in);
  void remove_items(ListSide& list);
  void make_sides(InstanceId in, TemplateId of);
  void free_instances();
  void free_sides(InstanceId in);
  void free_cells(InstanceId in);
  [[nodiscard]] std::uint32_t add_list(InstanceId in, NodeId expand);
  /// What waits for a job inside asks again, since `may_start` has changed there.
  void ask_again(std::vector<InstanceId> inside);
  // renamed.cpp
  void forget_paths(InstanceId renamed);
  void change_step_count(InstanceId in, TemplateId of, bool more);

  // ---- hole.cpp, alias.cpp, contract.cpp
  void fill_hole(InstanceId in, NodeId node, CellId id, const Value& value);
  void empty_hole(HoleSide& hole);
  /// Fails: throws what Graph throws, and where the hole breaks a promise.
  [[nodiscard]] RegionId add_region(CellId hole, const AnyTerm& term, const Scope* scope);
  void open_region(RegionId id);
  void drop_region(RegionId id, bool asked);
  void end_region(RegionId id);
  void find_aliases(Region& region);
  void find_reached(Region& region);
  [[nodiscard]] bool is_read(const Region& region, NodeId alias) const;
  /// order.cpp. Fails: throws where holes read each other.
  void order_after_aliases(const Region& region);
  void raise(Region& region, NodeId node, std::uint32_t level);
  void enter_aliases(RegionId id);
  void forget_aliases(RegionId id);
  [[nodiscard]] CellId outer_cell(CellId hole, const Node& term);
  void check_promises(const Region& region) const;
  [[nodiscard]] std::optional<Failure> broken_bound(const Region& region) const;
  void watch_phase(CellId id, CellId origin);

  // ---- states.cpp
  [[nodiscard]] State state_of(CellId id) const;
  void count_states();
  void count_new(CellId id, NodeId node);
  void uncount(CellId id);
  void count(CellId id, State state, bool more);
  [[nodiscard]] GroupId group_of(CellId id) const;
  [[nodiscard]] CellOutcome outcome(CellId id) const;
  [[nodiscard]] std::string text(CellId id) const;
  [[nodiscard]] std::vector<CellId> failed_cells() const;
  /// The failed cells that a blocked cell's failure comes from, in order.
  void push_failed_inputs(CellId id, std::vector<CellId>& out) const;

  // ---- names.cpp, find.cpp
  [[nodiscard]] std::string item_name(InstanceId in) const;
  [[nodiscard]] std::string raw_name(InstanceId in) const;
  [[nodiscard]] ItemNames& names_of(ListSide& list) const;
  [[nodiscard]] InstanceId named_item(ListSide& list, std::string_view name) const;
  void learn_name(ListSide& list, InstanceId in) const;
  void forget_name(ListSide& list, InstanceId in) const;
  /// Where an instance's paths begin, in the graph and with names for stars.
  struct Prefix {
    std::string plain;  ///< in the graph: `platforms/*`
    std::string named;  ///< `platforms/debian`
  };
  [[nodiscard]] Prefix prefix_of(InstanceId in) const;
  [[nodiscard]] std::string path_of(CellId id) const;
  [[nodiscard]] std::optional<CellId> find(std::string_view path) const;
  [[nodiscard]] std::vector<CellId> steps() const;
  [[nodiscard]] std::vector<CellId> live() const;
  /// Every live instance, outer ones before inner ones.
  [[nodiscard]] std::vector<InstanceId> all_instances() const;

  // ---- what there is
  const Graph& graph;
  JobsSide& jobs;
  const RoundsOptions options;
  Pages<Cell> cells;
  Pages<Instance> instances;
  std::vector<std::unique_ptr<Region>> regions;
  std::vector<std::unique_ptr<ListSide>> lists;
  std::vector<std::unique_ptr<FoldSide>> folds;
  std::vector<std::unique_ptr<HoleSide>> holes;
  std::vector<std::unique_ptr<Tally>> tallies;
  std::vector<CellId> changed, evaluated;
  std::array<std::uint32_t, state_count> counts = {};
  std::vector<std::array<std::uint32_t, state_count>> group_counts;
  std::array<std::uint32_t, 3> activity = {};
  std::uint32_t mark_stamp = 0;
  Value unit;  ///< the value of what only succeeds

 private:
  friend class Rounds;
  bool root_is_wanted_ = false;
  bool root_asks_ = false;                // as of the last round
  std::vector<CellId> gaining_, losing_;  // of a want, of an unwant
  std::vector<CellId> unwanted_;          // in this round: their jobs are to be left
  std::vector<CellId> folding_;           // in this round
  std::vector<InstanceId> dying_;         // in this round
  std::vector<RegionId> dying_regions_, ended_regions_;
  std::vector<InstanceId> free_instances_;
  std::vector<RegionId> free_regions_;
  std::unordered_map<std::uint32_t, std::vector<CellId>> free_runs_;  // by length
  std::vector<std::uint32_t> free_lists_, free_folds_, free_holes_, free_tallies_;
  struct Alias {
    RegionId region;
    NodeId node;
  };
  std::unordered_map<CellId, std::vector<Alias>> aliases_;          // by the cell outside
  std::unordered_map<CellId, std::vector<CellId>> phase_watchers_;  // by origin
  std::unordered_map<const Graph*, std::unordered_map<const Node*, NodeId>> node_index_;
  std::vector<CellId> inputs_;
  std::vector<Value> arguments_;
  std::vector<const void*> addresses_;
};

}  // namespace oche::detail::rounds
