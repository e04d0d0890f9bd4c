// combine.cpp - who wins where several inputs meet.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/world.hpp"
#include "term/line.hpp"
#include <oche/base/error.hpp>

#include <algorithm>

namespace oche::detail::rounds {

Verdict World::copy(CellId id) const {
  const Cell& cell = cells[id];
  switch (cell.status()) {
    case Status::ok:
      return Verdict::ok(cell.value());
    case Status::skipped:
      return Verdict::skipped(cell.origin());
    case Status::active:
      return Verdict::active(cell.origin(), phase(id));
    case Status::failed:
      return Verdict::failed(cell.origin(), cell.blame());
    case Status::unborn:
      break;  // only what a hole reads ahead
  }
  return Verdict::active(id, Phase::ready);
}

bool World::is_blocked(InstanceId in, NodeId node, CellId id, Rule rule, Verdict& verdict) {
  const Graph& of = *region_of(in).graph;
  const std::span<const NodeId> inputs = of.inputs(node);
  const std::uint32_t first = first_combined(of.kind(node));
  if (cells[id].side == nothing) {
    inputs_.clear();
    for (const NodeId input : inputs.subspan(first))
      inputs_.push_back(source(in, input));
    return is_blocked(inputs_, rule, verdict);
  }
  const Tally& tally = *tallies[cells[id].side];
  const auto leftmost = [&](std::size_t which) {
    return source(in, inputs[tally.where[which].next(0)]);
  };
  if (const std::uint32_t failing = tally.count[3]; failing != 0) {
    inputs_.clear();
    for (std::uint32_t i = tally.where[2].next(0); i != Bits::none && inputs_.size() < most_causes;
         i = tally.where[2].next(i + 1))
      inputs_.push_back(source(in, inputs[i]));
    verdict = merge(inputs_, failing);
    return true;
  }
  if (tally.count[2] != 0) {
    verdict = copy(leftmost(1));
    return true;
  }
  const bool is_skipped =
      rule == Rule::values ? tally.count[1] != 0 : tally.count[1] == inputs.size() - first;
  if (is_skipped) verdict = copy(leftmost(0));
  return is_skipped;
}

bool World::is_blocked(std::span<const CellId> inputs, Rule rule, Verdict& verdict) const {
  CellId lead[4] = {no_cell, no_cell, no_cell, no_cell};  // the leftmost of each, as in a Tally
  std::size_t count[4] = {};
  for (const CellId input : inputs) {
    const std::size_t at = Tally::index(cells[input].status());
    if (count[at]++ == 0 || is_planted(Bug::tie_to_the_right)) lead[at] = input;
  }
  if (count[3] != 0) {
    if (count[3] == 1) {
      verdict = copy(lead[3]);
      return true;
    }
    std::vector<CellId> failed;
    for (const CellId input : inputs)
      if (cells[input].status() == Status::failed && failed.size() < most_causes)
        failed.push_back(input);
    verdict = merge(failed, count[3]);
    return true;
  }
  if (count[2] != 0) {
    verdict = copy(lead[2]);
    return true;
  }
  const bool is_skipped = count[1] != 0 && (rule == Rule::values || count[1] == inputs.size());
  if (is_skipped) verdict = copy(lead[1]);
  return is_skipped;
}

Verdict World::merge(std::span<const CellId> failed, std::size_t count) const {
  Verdict verdict = copy(failed[0]);
  const Blame& first = *verdict.blame;
  bool more = count > failed.size();
  bool is_one = !more;
  for (const CellId id : failed)
    is_one = is_one && cells[id].blame().get() == &first;
  if (is_one) return verdict;  // all blocked by the same: nothing to allocate
  std::vector<CellId> causes;
  for (const CellId id : failed) {
    const Blame& blame = *cells[id].blame();
    more = more || blame.more;
    for (const CellId cause : blame.causes) {
      if (std::find(causes.begin(), causes.end(), cause) != causes.end()) continue;
      if (causes.size() < most_causes)
        causes.push_back(cause);
      else
        more = true;
    }
  }
  if (causes == first.causes && more == first.more) return verdict;
  auto made = std::make_unique<Blame>();
  made->more = more;
  made->failure = first.failure;
  made->causes = std::move(causes);
  verdict.blame = BlamePtr(made.release());
  return verdict;
}

Verdict World::fail(CellId id, NodeId node, std::shared_ptr<const Failure> failure) const {
  if (failure->where.empty()) {
    Failure placed = *failure;
    placed.where = line_of(graph_of(id).where(node));
    failure = std::make_shared<const Failure>(std::move(placed));
  }
  auto made = std::make_unique<Blame>();
  made->failure = std::move(failure);
  made->causes.push_back(id);
  return Verdict::failed(id, BlamePtr(made.release()));
}

Verdict World::fail(CellId id, NodeId node, Failure failure) const {
  return fail(id, node, std::make_shared<const Failure>(std::move(failure)));
}

Verdict World::fail_by_throw(CellId id, NodeId node) const {
  try {
    throw;
  } catch (const Error& error) {
    return fail(id, node, error.failure());
  } catch (const std::exception& error) {
    return fail(id, node, Failure{error.what()});
  } catch (...) {
    return fail(id, node, Failure{"something was thrown that is no std::exception"});
  }
}

}  // namespace oche::detail::rounds
