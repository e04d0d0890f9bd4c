// naive.cpp - what outcomes should be: a recursive interpreter of semantics §1 and §2.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/naive.hpp"

#include <oche/base/error.hpp>
#include <oche/term/scope.hpp>

#include <stdexcept>

namespace oche::tests {
namespace {

std::string line_of(const Graph& graph, NodeId node) {
  return fmt::format("{}:{}", graph.where(node).file_name(), graph.where(node).line());
}

}  // namespace

Naive::Naive(const Graph& graph, const Script& script) : graph_(graph), script_(script) {
  top_.graph = &graph;
}

void Naive::advance(bool is_wanted) {
  memo_.clear();
  wanted.clear();
  asking.clear();
  next_lists_.clear();
  next_holes_.clear();
  next_seconds_.clear();
  next_jobs_.clear();
  next_folds_.clear();
  if (is_wanted) eval(&top_, graph_.root());
  lists_ = next_lists_;  // what nobody wanted is forgotten
  holes_ = next_holes_;
  seconds_ = next_seconds_;
  jobs_ = next_jobs_;
  for (const auto& [path, fold] : next_folds_) {
    folds_[path] = fold;
    folded[path] = print(fold.second) + " -> " + print(fold.first);
  }
  for (const auto& [key, one] : jobs_)
    asking[path_of(key.first, key.second)] = one;
}

const Naive::Seen* Naive::root() const {
  const auto known = memo_.find({&top_, graph_.root()});
  return known == memo_.end() ? nullptr : &known->second;
}

// ---- where a node stands
// -------------------------------------------------------------------------

const Naive::Frame* Naive::frame(const Frame* up, NodeId owner, const std::string& identity) {
  auto& made = frames_[{up, owner, identity}];
  if (!made) made = std::make_unique<Frame>(Frame{up, up->graph, owner, 0, identity, {}, {}, true});
  return made.get();
}

/// The frame and node that `node` means, seen from `at`.
std::pair<const Naive::Frame*, NodeId> Naive::place(const Frame* at, NodeId node) const {
  const TemplateId of = at->graph->template_of(node);
  const Frame* hole = at;
  while (hole->of != 0)
    hole = hole->up;
  if (hole->up != nullptr && of == 0 && at->graph->kind(node) != Kind::expand)
    if (const auto outside = alias(hole, &at->graph->term(node))) return *outside;
  while (at->of != of)
    at = at->up;
  return {at, node};
}

std::optional<std::pair<const Naive::Frame*, NodeId>> Naive::alias(const Frame* hole,
                                                                   const detail::Node* term) const {
  for (const Frame* at = hole->up; at != nullptr;) {
    auto& index = index_[at->graph];
    if (index.empty())
      for (NodeId node = 0; node < at->graph->size(); ++node)
        if (at->graph->kind(node) != Kind::expand) index[&at->graph->term(node)] = node;
    const Frame* top = at;
    while (top->of != 0)
      top = top->up;
    if (const auto known = index.find(term); known != index.end()) {
      const TemplateId of = at->graph->template_of(known->second);
      const Frame* around = at;
      while (around->of != of && around != top)
        around = around->up;
      if (around->of == of) {
        const auto found = place(at, known->second);
        if (found.first->graph != at->graph || top->up == nullptr ||
            reached(top).contains(known->second))
          return found;
      }
    }
    at = top->up;
  }
  return std::nullopt;
}

/// The nodes of a hole's graph that its root reaches without passing a term from outside.
const std::set<NodeId>& Naive::reached(const Frame* hole) const {
  auto& found = reached_[hole];
  if (!found.empty()) return found;
  std::vector<NodeId> todo{hole->graph->root()};
  while (!todo.empty()) {
    const NodeId node = todo.back();
    todo.pop_back();
    if (hole->graph->template_of(node) == 0 && hole->graph->kind(node) != Kind::expand &&
        alias(hole, &hole->graph->term(node)))
      continue;
    if (!found.insert(node).second) continue;
    for (const NodeId input : hole->graph->inputs(node))
      todo.push_back(input);
    if (hole->graph->kind(node) == Kind::expand)
      todo.push_back(hole->graph->templates()[hole->graph->owned_template(node)].item);
  }
  return found;
}

bool Naive::may_start(const Frame* at) {
  for (; at != nullptr; at = at->up)
    if (!at->is_current) return false;
  return true;
}

/// Where paths begin: in the graph, and with items' names.
std::pair<std::string, std::string> Naive::prefix_of(const Frame* at) {
  if (at->up == nullptr) return {"", ""};
  auto [plain, named] = prefix_of(at->up);
  if (at->of == 0) {
    std::string path(at->up->graph->path(at->owner));
    path.erase(0, plain.size());
    return {"", named + path + "/"};
  }
  std::string group = at->graph->groups()[at->graph->templates()[at->of].group].path;
  std::string rest = group.substr(plain.size());
  rest.pop_back();
  return {group + "/", named + rest + at->name + "/"};
}

std::string Naive::path_of(const Frame* at, NodeId node) const {
  const auto [plain, named] = prefix_of(at);
  return named + std::string(at->graph->path(node)).substr(plain.size());
}

// ---- who wins
// ------------------------------------------------------------------------------------

const Naive::Seen& Naive::eval(const Frame* from, NodeId seen_from) {
  const auto [at, node] = place(from, seen_from);
  const Key key{at, node};
  if (const auto known = memo_.find(key); known != memo_.end()) return known->second;
  const std::string path = path_of(at, node);
  Seen made = compute(at, node, path);
  if (made.status == Status::ok && !may_start(at)) made.stale = true;
  wanted[path] = made;
  return memo_[key] = std::move(made);
}

std::vector<Naive::Seen> Naive::inputs_of(const Frame* at, NodeId node, std::size_t from) {
  std::vector<Seen> seen;
  for (const NodeId input : at->graph->inputs(node).subspan(from))
    seen.push_back(eval(at, input));
  return seen;
}

bool Naive::is_blocked(const std::vector<Seen>& inputs, Rule rule, Seen& out) {
  const auto rank = [&](const Seen& one) {
    switch (one.status) {
      case Status::ok:
        return 0;
      case Status::skipped:
        return rule == Rule::values ? 1 : 0;
      case Status::failed:
        return 3;
      default:
        return 2;
    }
  };
  const Seen* best = nullptr;
  std::vector<const Seen*> failed;
  std::size_t skipped = 0;
  for (const Seen& one : inputs) {
    if (rank(one) > (best == nullptr ? 0 : rank(*best))) best = &one;
    if (one.status == Status::failed) failed.push_back(&one);
    if (one.status == Status::skipped) ++skipped;
  }
  if (best == nullptr && rule == Rule::successes && skipped != 0 && skipped == inputs.size())
    best = &inputs[0];
  if (best == nullptr) return false;
  out = *best;
  if (failed.size() < 2) return true;
  out.causes.clear();
  out.more = failed.size() > 12;
  for (std::size_t i = 0; i < std::min<std::size_t>(failed.size(), 12); ++i) {
    out.more = out.more || failed[i]->more;
    for (const std::string& cause : failed[i]->causes) {
      if (std::find(out.causes.begin(), out.causes.end(), cause) != out.causes.end()) continue;
      if (out.causes.size() < 12)
        out.causes.push_back(cause);
      else
        out.more = true;
    }
  }
  return true;
}

Naive::Seen Naive::fail(const std::string& path, const Graph& graph, NodeId node,
                        Failure failure) const {
  if (failure.where.empty()) failure.where = line_of(graph, node);
  Seen made;
  made.status = Status::failed;
  made.origin = path;
  made.causes = {path};
  made.failure = std::make_shared<const Failure>(std::move(failure));
  return made;
}

Naive::Seen Naive::call(const std::string& path, const Graph& graph, NodeId node,
                        const std::vector<const void*>& arguments) const {
  const detail::Node& term = graph.term(node);
  const void* closure = term.payload;
  if (graph.kind(node) == Kind::fold)
    closure = static_cast<const detail::FoldPayload*>(term.payload)->closure;
  try {
    Seen made;
    made.status = Status::ok;
    made.value = Value::make_in_place(*term.type, [&](void* room) {
      term.operation->call(closure, arguments.data(), arguments.size(), room);
      return true;
    });
    return made;
  } catch (const Error& error) {
    return fail(path, graph, node, error.failure());
  } catch (const std::exception& error) {
    return fail(path, graph, node, Failure{error.what()});
  }
}

Naive::Seen Naive::answered(const std::string& path, const Graph& graph, NodeId node,
                            const JobAnswer& answer) const {
  if (answer.kind == JobAnswer::Kind::failed) return fail(path, graph, node, *answer.failure);
  Seen made;
  if (answer.kind == JobAnswer::Kind::ok) {
    made.status = Status::ok;
    made.value = answer.value;
    return made;
  }
  made.status = Status::active;
  made.phase = answer.phase;
  made.origin = path;
  return made;
}

}  // namespace oche::tests
