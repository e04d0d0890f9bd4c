// check_success.cpp - policies that ask for success: swept 64 at a time, then case by case.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/checker.hpp"
#include "base/make_set.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>

namespace oche::detail {

namespace {

Deviation::What what_of(const Model& model, const Choice& choice) {
  using What = Deviation::What;
  if (!choice.is_value)
    return choice.what == own_failed   ? What::fails
           : choice.what == own_active ? What::waits
                                       : What::is_skipped;
  // A condition is no list.
  for (const Reader& reader : model.graph->readers(choice.node))
    if (reader.position == 0 && model.rules[reader.node] == Rule::only_if) return What::is_false;
  const Type* type = model.graph->term(choice.node).type;
  return type != nullptr && type->shape == Shape::boolean ? What::is_false : What::is_empty;
}

}  // namespace

void Checker::ask_success() {
  using Claim = Policy::Claim;
  for (std::size_t i = 0; i < policies_.size(); ++i) {
    const Policy& policy = policies_[i];
    Answer& answer = report_.answers[i];
    if (policy.claim() > Claim::ships_what_passed || policy.claim() == Claim::data_passes_through ||
        !answer.problem.what.empty())
      continue;
    const std::vector<NodeId> subjects = subjects_of(policy);
    answer.subjects = subjects.size();
    if (subjects.empty()) continue;
    if (policy.claim() == Claim::ships_what_passed) {
      ask_about_shipped(i, subjects);
      continue;
    }
    const std::vector<NodeId> others = marks_.of(policy.other());
    if (policy.claim() == Claim::needs_success_of || others.empty())
      questions_.push_back({i, subjects, others});
    else
      for (const NodeId other : others)
        questions_.push_back({i, subjects, {other}});
  }
  for (std::size_t at = 0; at < questions_.size(); at += 64)
    answer(std::span(questions_).subspan(at, std::min<std::size_t>(64, questions_.size() - at)));
}

/// The nodes whose value these have: through all that only lets it pass.
std::vector<NodeId> Checker::same_thing(std::vector<NodeId> nodes, const Selector* safe) {
  const Graph& graph = facts_.graph();
  const std::vector<NodeId> passing = safe == nullptr ? std::vector<NodeId>() : marks_.of(*safe);
  std::vector<NodeId> ends;
  for (std::size_t at = 0; at < nodes.size(); ++at) {
    const NodeId node = nodes[at];
    const auto in = graph.inputs(node);
    switch (graph.kind(node)) {
      case Kind::gate:
      case Kind::approve:
      case Kind::map_error:
        nodes.push_back(in[0]);
        break;
      case Kind::only_if:
        nodes.push_back(in[1]);
        break;
      case Kind::or_else:
        nodes.insert(nodes.end(), in.begin(), in.end());
        break;
      default:
        if (facts_.trust(node) != Trust::as_given) {
          nodes.push_back(in[0]);
          break;
        }
        if (std::find(passing.begin(), passing.end(), node) == passing.end()) {
          ends.push_back(node);
          break;
        }
        for (const NodeId input : edges().shipped(facts_, node))
          nodes.push_back(input);
    }
  }
  make_set(ends);
  return ends;
}

void Checker::ask_about_shipped(std::size_t number, const std::vector<NodeId>& subjects) {
  const Policy& policy = policies_[number];
  const Selector* safe = policy.safe() ? &*policy.safe() : nullptr;
  std::map<NodeId, std::vector<NodeId>> given;  // what was given to which of the others
  for (const NodeId other : marks_.of(policy.other()))
    for (const NodeId thing : same_thing(edges().shipped(facts_, other), safe))
      given[thing].push_back(other);
  for (const NodeId subject : subjects) {
    for (const NodeId thing : same_thing(edges().shipped(facts_, subject), safe)) {
      const auto found = given.find(thing);
      if (found != given.end()) {
        questions_.push_back({number, {subject}, found->second});
        continue;
      }
      add(number, {.subject = subject,
                   .verdict = Verdict::violated,
                   .path = {{subject, {}}, {thing, "is given to it"}},
                   .text = fmt::format("what it is given was given to none of the {}",
                                       policy.other().text())});
    }
  }
}

void Checker::answer(std::span<const Asked> questions) {
  QuestionBatch batch;
  batch.is_asked.resize(model_.size);
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const std::uint64_t bit = std::uint64_t{1} << i;
    for (const NodeId node : questions[i].others) {
      batch.asked[node] |= bit;
      batch.is_asked[node] = true;
    }
    const Policy& policy = policies_[questions[i].policy];
    if (policy.may_be_skipped()) batch.no_skips |= bit;
    if (policy.may_be_none()) batch.no_empties |= bit;
  }
  sweep(model_, batch);
  for (std::size_t i = 0; i < questions.size(); ++i)
    answer_one(questions[i], batch, static_cast<unsigned>(i));
}

void Checker::answer_one(const Asked& asked, const QuestionBatch& batch, unsigned question) {
  const Policy& policy = policies_[asked.policy];
  std::optional<Cases> cases;
  std::size_t left = asked.subjects.size();
  std::size_t shown = 0;
  for (const NodeId subject : asked.subjects) {
    --left;
    const std::uint64_t may = may_run(model_, batch, subject);
    if ((may >> question & 1) == 0) {
      if (shown < most_findings)
        add(asked.policy,
            {.subject = subject, .path = forcing_path(model_, batch, subject, question)});
      ++shown;
      continue;
    }
    if (report_.answers[asked.policy].more > 0) {  // enough has been shown
      report_.answers[asked.policy].more += left + 1;
      return;
    }
    if (!cases)
      cases.emplace(model_, Question{asked.others, policy.may_be_skipped(), policy.may_be_none()});
    std::vector<Choice> scenario;
    Finding finding{.subject = subject};
    switch (cases->solve(subject, scenario)) {
      case Cases::Found::impossible:
        finding.text = "in each case of what its conditions share";
        break;
      case Cases::Found::gave_up:
        finding.verdict = Verdict::undecided;
        finding.text = "too many cases to tell apart";
        break;
      case Cases::Found::possible:
        finding.verdict = Verdict::violated;
        for (const NodeId node : cases->missed())
          finding.after.push_back(
              {node,
               (model_.own[node] & own_failed) != 0 || model_.own[node] == own_ok
                   ? Deviation::What::fails
                   : Deviation::What::waits,
               true});
        for (const Choice& choice : scenario)
          finding.after.push_back({choice.node, what_of(model_, choice), false});
        if (asked.others.empty())
          finding.text = fmt::format("the pipeline has no {}", policy.other().text());
        else if (facts_.graph().kind(subject) == Kind::dynamic)
          finding.text = "what this hole will build is not known, and its contract allows it";
    }
    add(asked.policy, std::move(finding));
  }
}

}  // namespace oche::detail
