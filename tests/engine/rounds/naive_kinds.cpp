// naive_kinds.cpp - the naive interpreter's rule for each kind of node.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/naive.hpp"
#include <oche/base/error.hpp>
#include <oche/term/scope.hpp>

#include <new>

namespace oche::tests {
namespace {

std::vector<const void*> items_of(const Value& list) {
  std::vector<const void*> items;
  list.type().each(
      list.data(),
      [](void* to, const void* item) {
        static_cast<std::vector<const void*>*>(to)->push_back(item);
      },
      &items);
  return items;
}

/// `a, b failed: x; c failed: y`, of a dozen at most.
Failure grouped(const std::vector<std::pair<std::string, const Failure*>>& failed) {
  std::vector<std::pair<std::string, const Failure*>> groups;
  for (std::size_t i = 0; i < std::min<std::size_t>(12, failed.size()); ++i) {
    bool found = false;
    for (auto& [labels, failure] : groups)
      if (failure->what == failed[i].second->what && failure->kind == failed[i].second->kind) {
        labels += ", " + failed[i].first;
        found = true;
        break;
      }
    if (!found) groups.push_back(failed[i]);
  }
  Failure made = *failed[0].second;
  made.what.clear();
  for (const auto& [labels, failure] : groups)
    made.what += (made.what.empty() ? "" : "; ") + labels + " " +
                 std::string(to_string(failure->kind)) + ": " + failure->what;
  if (failed.size() > 12) made.what += "; and " + std::to_string(failed.size() - 12) + " more";
  if (groups.size() > 1) {
    made.facts.clear();
    made.hint.clear();
  }
  return made;
}

}  // namespace

Naive::Seen Naive::compute(const Frame* at, NodeId node, const std::string& path) {
  const Graph& graph = *at->graph;
  const detail::Node& term = graph.term(node);
  const std::span<const NodeId> inputs = graph.inputs(node);
  Seen out;
  const auto ok = [](Value value) {
    Seen made;
    made.status = Status::ok;
    made.value = std::move(value);
    return made;
  };
  switch (graph.kind(node)) {
    case Kind::constant:
      return ok(*static_cast<const Value*>(term.payload));
    case Kind::failed:
      return fail(path, graph, node, *static_cast<const Failure*>(term.payload));
    case Kind::pending:
      out.status = Status::active;
      out.phase = *static_cast<const Phase*>(term.payload);
      out.origin = path;
      return out;
    case Kind::input: {
      const auto known = script_.input_answers.find(std::string(graph.label(node)));
      if (known != script_.input_answers.end()) return answered(path, graph, node, known->second);
      return ok(static_cast<const detail::InputPayload*>(term.payload)->source->read().value());
    }
    case Kind::item:
      return ok(at->item);
    case Kind::map:
    case Kind::zip:
    case Kind::collect: {
      const std::vector<Seen> seen = inputs_of(at, node, 0);
      if (is_blocked(seen, Rule::values, out)) return out;
      std::vector<const void*> arguments;
      for (const Seen& one : seen)
        arguments.push_back(one.value.data());
      return call(path, graph, node, arguments);
    }
    case Kind::map_error: {
      out = eval(at, inputs[0]);
      if (out.status != Status::failed) return out;
      try {
        alignas(Failure) unsigned char room[sizeof(Failure)];
        const void* argument = out.failure.get();
        term.operation->call(term.payload, &argument, 1, room);
        Failure* made = std::launder(reinterpret_cast<Failure*>(room));
        Failure copy = *made;
        made->~Failure();
        return fail(path, graph, node, copy);
      } catch (const std::exception& error) {
        return fail(path, graph, node, Failure{error.what()});
      }
    }
    case Kind::all: {
      const std::vector<Seen> seen = inputs_of(at, node, 0);
      if (!is_blocked(seen, Rule::successes, out)) return ok(unit_);
      const auto* payload = static_cast<const detail::AllPayload*>(term.payload);
      if (out.status != Status::failed || payload == nullptr || payload->labels.empty()) return out;
      std::vector<std::pair<std::string, const Failure*>> failed;
      for (std::size_t i = 0; i < seen.size(); ++i)
        if (seen[i].status == Status::failed)
          failed.emplace_back(payload->labels[i], seen[i].failure.get());
      out.failure = std::make_shared<const Failure>(grouped(failed));
      return out;
    }
    case Kind::gate: {
      const Seen x = eval(at, inputs[0]);
      return is_blocked(inputs_of(at, node, 1), Rule::values, out) ? out : x;
    }
    case Kind::only_if: {
      const Seen condition = eval(at, inputs[0]);
      const bool is_true = condition.status == Status::ok && condition.value.as<bool>();
      out = second(at, node, path, condition, is_true, condition.status == Status::active);
      if (condition.status != Status::ok || is_true) return out;
      out = Seen();
      out.status = Status::skipped;
      out.origin = path;
      out.reason = graph.label(node);
      return out;
    }
    case Kind::or_else: {
      const Seen x = eval(at, inputs[0]);
      return second(at, node, path, x, x.status == Status::failed, x.status == Status::active);
    }
    case Kind::attempt: {
      out = eval(at, inputs[0]);
      if (out.status == Status::ok) return call(path, graph, node, {out.value.data(), nullptr});
      if (out.status != Status::failed) return out;
      Failure failure = *out.failure;
      const auto [from, input] = place(at, inputs[0]);
      if (out.origin != path_of(from, input)) failure.facts.push_back({"upstream", out.origin});
      return call(path, graph, node, {nullptr, &failure});
    }
    case Kind::state_of: {
      const Seen x = eval(at, inputs[0]);
      const Skipped skipped{x.reason};
      const bool is_active = x.status == Status::active;
      return call(
          path, graph, node,
          {x.status == Status::ok ? x.value.data() : nullptr,
           x.status == Status::failed ? x.failure.get() : nullptr, is_active ? &x.phase : nullptr,
           x.status == Status::skipped ? &skipped : nullptr});
    }
    case Kind::advisory:
      out = eval(at, inputs[0]);
      return out.status == Status::active ? out : ok(unit_);
    case Kind::approve: {
      out = eval(at, inputs[0]);
      if (out.status != Status::ok || script_.approved.contains(path + "=" + print(out.value)))
        return out;
      out = Seen();
      out.status = Status::active;
      out.phase = Phase::awaiting_approval;
      out.origin = path;
      return out;
    }
    case Kind::fold:
      return eval_fold(at, node, path);
    case Kind::step:
      return eval_step(at, node, path);
    case Kind::expand:
      return eval_expand(at, node, path);
    case Kind::list_map:
    case Kind::list_iter:
    case Kind::option_map:
      return eval_list(at, node);
    case Kind::dynamic:
      return eval_hole(at, node, path);
    case Kind::command:
      break;
  }
  return out;
}

Naive::Seen Naive::second(const Frame* at, NodeId node, const std::string&, const Seen& first,
                          bool asks, bool is_undecided) {
  const Key key{at, node};
  const bool asked = seconds_.contains(key) && seconds_[key];
  if (!asks && !(is_undecided && asked)) return first;
  next_seconds_[key] = true;
  const Seen y = eval(at, at->graph->inputs(node)[1]);
  return asks ? y : first;
}

Naive::Seen Naive::eval_step(const Frame* at, NodeId node, const std::string& path) {
  Seen out;
  const std::vector<Seen> seen = inputs_of(at, node, 0);
  const Key key{at, node};
  if (is_blocked(seen, Rule::values, out)) {
    if (const auto before = jobs_.find(key);
        before != jobs_.end() && out.status == Status::active) {
      next_jobs_[key] = before->second;
      next_jobs_[key].undecided = true;
    }
    return out;
  }
  std::vector<Value> arguments;
  for (const Seen& one : seen)
    arguments.push_back(one.value);
  Asker who{0, node, at->graph};
  const std::string job = Script::key_of(who, arguments);
  const auto known = script_.answers.find(job);
  out = answered(path, *at->graph, node,
                 known == script_.answers.end() ? JobAnswer{} : known->second);
  // Asking again with other words matters only as long as something waits.
  next_jobs_[key] = {job, false, !may_start(at) && out.status == Status::active};
  return out;
}

Naive::Seen Naive::eval_fold(const Frame* at, NodeId node, const std::string& path) {
  const Seen x = eval(at, at->graph->inputs(node)[0]);
  if (x.status != Status::ok) return x;
  Value state = static_cast<const detail::FoldPayload*>(at->graph->term(node).payload)->initial;
  if (const auto known = folds_.find(path); known != folds_.end()) {
    state = known->second.first;
    if (equal(known->second.second, x.value)) {
      Seen made;
      made.status = Status::ok;
      made.value = state;
      return made;
    }
  }
  Seen made = call(path, *at->graph, node, {state.data(), x.value.data()});
  if (made.status == Status::ok) next_folds_[path] = {made.value, x.value};
  return made;
}

/// The frames of the last good list's distinct items, in order.
std::vector<const Naive::Frame*> Naive::items(const Frame* at, NodeId expand) {
  const Graph& graph = *at->graph;
  const auto& payload = *static_cast<const detail::ListPayload*>(graph.term(expand).payload);
  const bool is_option =
      graph.kind(graph.templates()[graph.owned_template(expand)].collect) == Kind::option_map;
  std::vector<const Frame*> found;
  for (const void* item : items_of(next_lists_.at({at, expand}))) {
    const Value value = Value::copy_of(*payload.item, item);
    const Value identity = payload.identity ? payload.identity(item) : value;
    const std::string name = print(payload.identity ? identity : value);
    auto* one = const_cast<Frame*>(frame(at, expand, is_option ? "" : name));
    if (std::find(found.begin(), found.end(), one) != found.end()) continue;
    one->of = graph.owned_template(expand);
    one->item = value;
    one->name = name;
    found.push_back(one);
  }
  return found;
}

Naive::Seen Naive::eval_expand(const Frame* at, NodeId node, const std::string& path) {
  Seen out = eval(at, at->graph->inputs(node)[0]);
  const Key key{at, node};
  const Value before = lists_.contains(key) ? lists_[key] : Value();
  if (before) next_lists_[key] = before;
  if (out.status == Status::ok) {
    next_lists_[key] = out.value;
    try {
      (void)items(at, node);
      out.value = unit_;
    } catch (const std::exception& error) {
      if (before)
        next_lists_[key] = before;
      else
        next_lists_.erase(key);
      out = fail(path, *at->graph, node, Failure{error.what()});
    }
  }
  if (next_lists_.contains(key))
    for (const Frame* one : items(at, node))
      const_cast<Frame*>(one)->is_current = out.status == Status::ok;
  return out;
}

Naive::Seen Naive::eval_list(const Frame* at, NodeId node) {
  const Graph& graph = *at->graph;
  const NodeId expand = graph.inputs(node)[0];
  const NodeId body = graph.inputs(node)[1];
  const Seen list = eval(at, expand);
  std::vector<const Frame*> all_items;
  if (next_lists_.contains({at, expand})) all_items = items(at, expand);
  std::vector<Seen> seen;
  for (const Frame* one : all_items)
    seen.push_back(eval(one, body));
  if (list.status != Status::ok) return list;
  Seen out;
  const bool is_iter = graph.kind(node) == Kind::list_iter;
  if (is_blocked(seen, is_iter ? Rule::successes : Rule::values, out)) {
    // One node for all items is one cause, however many they are.
    if (place(all_items.front(), body) == place(all_items.back(), body)) out.more = seen[0].more;
    if (!is_iter || out.status != Status::failed) return out;
    std::vector<std::pair<std::string, const Failure*>> failed;
    for (std::size_t i = 0; i < seen.size(); ++i)
      if (seen[i].status == Status::failed)
        failed.emplace_back(all_items[i]->name, seen[i].failure.get());
    out.failure = std::make_shared<const Failure>(grouped(failed));
    return out;
  }
  out.status = Status::ok;
  out.value = unit_;
  if (is_iter) return out;
  std::vector<const void*> results;
  for (const void* item : items_of(next_lists_.at({at, expand}))) {
    const auto& payload = *static_cast<const detail::ListPayload*>(graph.term(expand).payload);
    const Value identity =
        payload.identity ? payload.identity(item) : Value::copy_of(*payload.item, item);
    const bool is_option = graph.kind(node) == Kind::option_map;
    results.push_back(eval(frame(at, expand, is_option ? "" : print(identity)), body).value.data());
  }
  return call("", graph, node, results);
}

Naive::Seen Naive::eval_hole(const Frame* at, NodeId node, const std::string& path) {
  const detail::Node& term = at->graph->term(node);
  Seen out = eval(at, at->graph->inputs(node)[0]);
  const Key key{at, node};
  Built& built = next_holes_[key];
  if (const auto known = holes_.find(key); known != holes_.end()) built = known->second;
  if (out.status == Status::ok && !(built.number != 0 && equal(built.built_for, out.value))) {
    built = Built{out.value, nullptr, nullptr, ++buildings_};
    try {
      const detail::Enter scope(term.scope);
      const auto& payload = *static_cast<const detail::DynamicPayload*>(term.payload);
      alignas(AnyTerm) unsigned char room[sizeof(AnyTerm)];
      const void* argument = out.value.data();
      term.operation->call(payload.closure, &argument, 1, room);
      AnyTerm* made = std::launder(reinterpret_cast<AnyTerm*>(room));
      const AnyTerm inner = *made;
      made->~AnyTerm();
      built.graph = std::make_shared<Graph>(inner, term.scope);
      graphs_.push_back(built.graph);
    } catch (const std::exception& error) {
      built.error = fail(path, *at->graph, node, Failure{error.what()}).failure;
    }
  }
  const bool is_ok = out.status == Status::ok;
  if (built.graph) {
    auto* inside = const_cast<Frame*>(frame(at, node, std::to_string(built.number)));
    inside->graph = built.graph.get();
    inside->is_current = is_ok;
    const Seen root = eval(inside, built.graph->root());
    return is_ok ? root : out;
  }
  if (is_ok) out = fail(path, *at->graph, node, *built.error);
  return out;
}

}  // namespace oche::tests
