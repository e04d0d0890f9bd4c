// facts.cpp - one sweep over a graph that notes what each node does to the world.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/facts.hpp>

#include "analysis/sizes.hpp"
#include "graph/ahead.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <span>
#include <utility>

namespace oche {

Facts::Facts(Graph graph)
    : graph_(std::move(graph)),
      flags_(graph_.size()),
      levels_(graph_.size(), Level::harmless),
      bounds_(detail::template_bounds(graph_)) {
  NamedList last;
  const detail::Ahead ask_ahead(graph_.arrays(), 32, 160);
  for (NodeId node = 0; node < graph_.size(); ++node) {
    ask_ahead(node);
    const Kind kind = graph_.kind(node);
    // An expand has its list's term, and so its type; but what it hands on are items.
    if (kind == Kind::expand || graph_.term(node).type->shape != Shape::unit) add(node, giving);
    if (kind == Kind::step) take_step(node, last);
    if (kind == Kind::command) take_command(node);
    if (kind == Kind::map) take_trust(node);
    if (kind == Kind::dynamic) {
      holes_.push_back(node);
      take_label(node, graph_.label(node));
    }
  }
  number_secrets();
}

void Facts::take_step(NodeId node, NamedList& last) {
  const detail::StepPayload& payload = *step(node);
  add(node, work);
  take_name(node, payload.name, last);
  take_label(node, payload.options.label);
  if (payload.options.is_reading) add(node, reading);
  for (const detail::Role role : std::span(payload.kind->roles, payload.kind->count)) {
    if (role == detail::Role::latest) add(node, publishing);
    if (role == detail::Role::context) add(node, contextual);
  }
  levels_[node] = payload.options.level;
  for (const SecretNames::Entry& entry : payload.options.secrets) {
    if (readers_of_secrets_.empty() || readers_of_secrets_.back() != node)
      readers_of_secrets_.push_back(node);
    secrets_.push_back(secret(std::string(entry.vault), std::string(entry.name)));
  }
  if (secret_starts_.size() <= readers_of_secrets_.size())
    secret_starts_.push_back(static_cast<std::uint32_t>(secrets_.size()));
}

void Facts::take_command(NodeId node) {
  const detail::CommandSpec& spec = *command(node);
  add(node, work | programs);
  if (spec.network != Network::none) add(node, networked);
  levels_[node] = spec.level;
  take_label(node, spec.label);
  if (spec.secrets.empty()) return;
  readers_of_secrets_.push_back(node);
  for (const auto& [variable, name] : spec.secrets)
    secrets_.push_back(name);
  secret_starts_.push_back(static_cast<std::uint32_t>(secrets_.size()));
}

/// Steps of one name are mostly written one after the other: the last list is the likely one.
void Facts::take_name(NodeId node, std::string_view name, NamedList& last) {
  const auto& [known, list] = last;
  if (list == nullptr || name.data() != known.data() || name.size() != known.size())
    last = {name, &steps_named_[name]};
  list->push_back(node);
}

void Facts::take_label(NodeId node, std::string_view label) {
  if (!label.empty()) labelled_.push_back(node);
}

/// `distrust` and `vouch` hand a value on, as a function would.
void Facts::take_trust(NodeId node) {
  const detail::Operation* operation = graph_.term(node).operation;
  if (operation == nullptr || operation->trust == Trust::as_given) return;
  add(node, operation->trust == Trust::distrusted ? distrusting : vouching);
}

/// Until here `secrets_` has one entry for each use; afterwards each secret once.
void Facts::number_secrets() {
  std::map<std::pair<std::string, std::string>, SecretId> numbers;
  for (const SecretName& one : secrets_)
    numbers.try_emplace({one.vault, one.name}, 0);
  SecretId next = 0;
  for (auto& [name, number] : numbers)
    number = next++;
  for (const SecretName& one : secrets_)
    secret_ids_.push_back(numbers.at({one.vault, one.name}));
  secrets_.clear();
  for (const auto& [name, number] : numbers)
    secrets_.push_back(secret(name.first, name.second));
}

std::span<const NodeId> Facts::steps_named(std::string_view name) const {
  const auto found = steps_named_.find(name);
  return found == steps_named_.end() ? std::span<const NodeId>() : found->second;
}

std::vector<std::string_view> Facts::step_names() const {
  std::vector<std::string_view> all;
  for (const auto& [name, nodes] : steps_named_)
    all.push_back(name);
  return all;
}

std::string_view Facts::own_label(NodeId node) const {
  if (const detail::StepPayload* one = step(node)) return one->options.label;
  if (const detail::CommandSpec* one = command(node)) return one->label;
  return graph_.kind(node) == Kind::dynamic ? graph_.label(node) : std::string_view();
}

std::string_view Facts::operation(NodeId node) const {
  if (const detail::StepPayload* one = step(node)) return one->name;
  if (const detail::CommandSpec* one = command(node)) return one->operation;
  return name_of(graph_.kind(node));
}

const detail::StepPayload* Facts::step(NodeId node) const {
  if (graph_.kind(node) != Kind::step) return nullptr;
  return static_cast<const detail::StepPayload*>(graph_.term(node).payload);
}

const detail::CommandSpec* Facts::command(NodeId node) const {
  if (graph_.kind(node) != Kind::command) return nullptr;
  return &static_cast<const detail::CommandPayload*>(graph_.term(node).payload)->spec;
}

Reach Facts::network(NodeId node) const {
  if (!has(node, work)) return Reach::none;
  if (!has(node, programs)) return Reach::unknown;
  return has(node, networked) ? Reach::host : Reach::none;
}

std::span<const SecretId> Facts::secrets(NodeId node) const {
  const auto found = std::lower_bound(readers_of_secrets_.begin(), readers_of_secrets_.end(), node);
  if (found == readers_of_secrets_.end() || *found != node) return {};
  const auto at = static_cast<std::size_t>(found - readers_of_secrets_.begin());
  return {secret_ids_.data() + secret_starts_[at], secret_starts_[at + 1] - secret_starts_[at]};
}

std::string_view Facts::pool(NodeId node) const {
  const detail::StepPayload* one = step(node);
  return one == nullptr ? std::string_view() : one->options.pool;
}

Needs Facts::needs(NodeId node) const {
  if (const detail::StepPayload* one = step(node)) return one->options.needs;
  if (const detail::CommandSpec* one = command(node)) return one->needs;
  return {.cpus = 0, .memory = 0};
}

Duration Facts::timeout(NodeId node) const {
  if (const detail::StepPayload* one = step(node)) return one->options.timeout;
  if (const detail::CommandSpec* one = command(node)) return one->timeout;
  return {};
}

Retry Facts::retry(NodeId node) const {
  if (const detail::StepPayload* one = step(node)) return one->options.retry;
  if (const detail::CommandSpec* one = command(node)) return one->retry;
  return {};
}

std::optional<Duration> Facts::valid_for(NodeId node) const {
  const detail::StepPayload* one = step(node);
  return one == nullptr ? std::nullopt : one->options.valid_for;
}

SizeBounds Facts::times(NodeId node) const {
  SizeBounds times = {1, 1};
  for (TemplateId one = graph_.template_of(node); one != 0; one = graph_.templates()[one].parent)
    times = detail::multiplied(times, bounds_[one]);
  return times;
}

const detail::Contract* Facts::contract(NodeId node) const {
  if (graph_.kind(node) != Kind::dynamic) return nullptr;
  return &static_cast<const detail::DynamicPayload*>(graph_.term(node).payload)->contract;
}

std::string Facts::place(NodeId node) const { return place_of(graph_.where(node)); }

std::string place_of(std::source_location where) {
  return fmt::format("{}:{}", where.file_name(), where.line());
}

}  // namespace oche
