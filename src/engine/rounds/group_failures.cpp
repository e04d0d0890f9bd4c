// group_failures.cpp - several labelled failures as one: equal ones are told once.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/group_failures.hpp"

#include "engine/rounds/cells.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <string>

namespace oche::detail::rounds {

bool GroupedFailures::is_full() const { return added_ == most_causes; }

void GroupedFailures::add(std::string_view label, const Failure& failure) {
  ++count_;
  if (is_full()) return;
  ++added_;
  const auto same = std::find_if(groups_.begin(), groups_.end(), [&](const Group& group) {
    return group.failure->kind == failure.kind && group.failure->what == failure.what;
  });
  if (same == groups_.end()) {
    groups_.push_back({std::string(label), &failure});
  } else {
    same->labels += ", ";
    same->labels += label;
  }
}

Failure GroupedFailures::failure() const {
  const Failure& first = *groups_.front().failure;
  Failure made;
  made.kind = first.kind;
  made.where = first.where;
  for (const Group& group : groups_) {
    if (!made.what.empty()) made.what += "; ";
    made.what +=
        fmt::format("{} {}: {}", group.labels, to_string(group.failure->kind), group.failure->what);
  }
  if (count_ > added_) made.what += fmt::format("; and {} more", count_ - added_);
  if (groups_.size() == 1) {
    made.facts = first.facts;
    made.hint = first.hint;
  }
  return made;
}

}  // namespace oche::detail::rounds
