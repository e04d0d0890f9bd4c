// rounds.cpp - evaluates a graph: each change reaches what depends on it, each node at most once.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/rounds.hpp"

#include "engine/rounds/snapshot.hpp"
#include "engine/rounds/world.hpp"

namespace oche::detail {

Rounds::Rounds(const Graph& graph, JobsSide& jobs, RoundsOptions options)
    : world_(std::make_unique<rounds::World>(graph, jobs, options)) {}
Rounds::~Rounds() = default;

void Rounds::want(bool wanted) { world_->want_root(wanted); }
void Rounds::touch(CellId cell) { world_->touch(cell); }
void Rounds::advance() { world_->advance(); }
bool Rounds::is_quiet() const { return world_->is_quiet(); }

std::span<const CellId> Rounds::changed() const { return world_->changed; }
std::span<const CellId> Rounds::evaluated() const { return world_->evaluated; }

CellId Rounds::root_cell() const { return world_->graph.root(); }
CellOutcome Rounds::outcome(CellId cell) const { return world_->outcome(cell); }
State Rounds::state(CellId cell) const { return world_->state_of(cell); }
std::string Rounds::text(CellId cell) const { return world_->text(cell); }
Asker Rounds::asker(CellId cell) const { return world_->asker(cell); }
bool Rounds::is_alive(CellId cell) const { return world_->is_alive(cell); }
std::vector<CellId> Rounds::reads(CellId cell) const { return world_->reads(cell); }
std::vector<CellId> Rounds::inputs(CellId cell) const { return world_->inputs(cell); }
NodeId Rounds::outermost(CellId cell) const {
  for (const rounds::Region* in = &world_->region_of(world_->cells[cell].owner);
       in->hole != no_cell; in = &world_->region_of(world_->cells[in->hole].owner))
    cell = in->hole;
  return world_->node_of(cell);
}

std::vector<CellId> Rounds::causes(CellId cell) const {
  const rounds::Cell& seen = world_->cells[cell];
  return seen.status() == Status::failed ? seen.blame()->causes : std::vector<CellId>{};
}

bool Rounds::has_more_causes(CellId cell) const {
  const rounds::Cell& seen = world_->cells[cell];
  return seen.status() == Status::failed && seen.blame()->more;
}

std::vector<CellId> Rounds::failed_cells() const { return world_->failed_cells(); }

std::vector<Failure> Rounds::failures() const {
  std::vector<Failure> found;
  for (const CellId cell : failed_cells())
    found.push_back(*world_->cells[cell].blame()->failure);
  return found;
}

std::shared_ptr<const Failure> Rounds::warning(CellId cell) const {
  const Asker who = asker(cell);
  if (who.graph->kind(who.node) != Kind::advisory || state(cell) != State::ok) return nullptr;
  const rounds::Cell& input =
      world_->cells[world_->source(world_->cells[cell].owner, who.graph->inputs(who.node)[0])];
  return input.status() == Status::failed ? input.blame()->failure : nullptr;
}

const std::array<std::uint32_t, state_count>& Rounds::counts() const { return world_->counts; }
const std::array<std::uint32_t, state_count>& Rounds::counts(GroupId group) const {
  return world_->group_counts[group];
}
const std::array<std::uint32_t, 3>& Rounds::activity() const { return world_->activity; }
std::vector<CellId> Rounds::steps() const { return world_->steps(); }
std::vector<CellId> Rounds::live() const { return world_->live(); }

std::string Rounds::path_of(CellId cell) const { return world_->path_of(cell); }
std::optional<CellId> Rounds::cell_of(std::string_view path) const { return world_->find(path); }

Snapshot Rounds::snapshot(const Decorate& decorate) const {
  return rounds::snapshot_of(*world_, decorate);
}

}  // namespace oche::detail
