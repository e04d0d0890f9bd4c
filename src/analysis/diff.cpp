// diff.cpp - what has changed between two versions of a pipeline, the most dangerous first.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/diff.hpp>

#include "analysis/diff_finish.hpp"
#include "analysis/diff_match.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace oche {
namespace {

using What = PipelineChange::What;
using TextPairs = std::vector<std::pair<std::string, std::string>>;
using Texts = std::vector<std::string>;

std::string described(const OutlineNode& node) {
  return node.operation == node.kind || node.operation.empty()
             ? node.kind
             : fmt::format("{} {}", node.kind, node.operation);
}

/// Those of `a` that are not in `b`; both are sorted.
Texts without(const Texts& a, const Texts& b) {
  Texts left;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(left));
  return left;
}

const std::string* find(const TextPairs& pairs, const std::string& name, std::size_t number) {
  for (const auto& [own, text] : pairs)
    if (own == name && number-- == 0) return &text;
  return nullptr;
}

/// `argv[1]: a → b; .timeout: new, 5min`. A name may be there several times.
void add_changes(std::string& text, const TextPairs& before, const TextPairs& now,
                 std::string_view dot) {
  const auto add = [&](const std::string& one) { text += (text.empty() ? "" : "; ") + one; };
  const auto number_of = [](const TextPairs& pairs, std::size_t at) {
    std::size_t number = 0;
    for (std::size_t i = 0; i < at; ++i)
      number += pairs[i].first == pairs[at].first ? 1u : 0u;
    return number;
  };
  for (std::size_t i = 0; i < now.size(); ++i) {
    const auto& [name, is] = now[i];
    const std::string* const was = find(before, name, number_of(now, i));
    if (was == nullptr)
      add(fmt::format("{}{}: new, {}", dot, name, shown(is)));
    else if (*was != is)
      add(fmt::format("{}{}: {} → {}", dot, name, shown(*was), shown(is)));
  }
  for (std::size_t i = 0; i < before.size(); ++i) {
    const auto& [name, was] = before[i];
    if (find(now, name, number_of(before, i)) == nullptr)
      add(fmt::format("{}{}: gone, was {}", dot, name, shown(was)));
  }
}

class Differ {
 public:
  Differ(const Outline& before, const Outline& now)
      : before_(before), now_(now), matching_(before, now) {}

  Difference run(const DiffOptions& options) {
    compare_policies();
    for (std::size_t i = 0; i < now_.nodes.size(); ++i) {
      if (matching_.of_now[i] == detail::no_match)
        add_new(now_.nodes[i]);
      else
        compare(before_.nodes[matching_.of_now[i]], now_.nodes[i]);
    }
    for (std::size_t i = 0; i < before_.nodes.size(); ++i)
      if (matching_.of_before[i] == detail::no_match)
        say(What::removed, before_.nodes[i], "was a " + described(before_.nodes[i]));
    auto& changes = difference_.changes;
    std::sort(changes.begin(), changes.end(), [](const auto& a, const auto& b) {
      return std::tie(a.what, a.path, a.text) < std::tie(b.what, b.path, b.text);
    });
    difference_.unseen = now_.functions;
    add_finish(options);
    return std::move(difference_);
  }

 private:
  void say(What what, const OutlineNode& node, std::string text, std::string before = {}) {
    difference_.changes.push_back({what, node.path.empty() ? "(the whole)" : node.path,
                                   std::move(before), node.where, std::move(text)});
  }

  [[nodiscard]] Texts renamed(const Texts& texts) const {
    Texts made;
    for (const std::string& text : texts)
      made.push_back(matching_.renamed(text));
    std::sort(made.begin(), made.end());
    return made;
  }
  [[nodiscard]] TextPairs renamed(const TextPairs& pairs) const {
    TextPairs made;
    for (const auto& [name, text] : pairs)
      made.emplace_back(name, matching_.renamed(text));
    return made;
  }

  void compare_policies() {
    const auto find_in = [](const Outline& outline, const std::string& text) {
      return std::find_if(outline.policies.begin(), outline.policies.end(),
                          [&](const OutlinePolicy& one) { return one.text == text; });
    };
    for (const OutlinePolicy& old : before_.policies) {
      if (find_in(now_, old.text) != now_.policies.end()) continue;
      if (!old.is_known)
        say_policy(What::guarantee_open, "nobody asks any more, and it was not known: " + old.text);
      else if (old.holds)
        say_policy(What::guarantee_lost, "nobody asks for it any more: " + old.text);
    }
    for (const OutlinePolicy& one : now_.policies) {
      const auto old = find_in(before_, one.text);
      compare_policy(old == before_.policies.end() ? nullptr : &*old, one);
    }
  }
  /// `old`: nothing if it is new.
  void compare_policy(const OutlinePolicy* old, const OutlinePolicy& one) {
    const bool was_open = old != nullptr && !old->is_known;
    const bool held = old != nullptr && old->is_known && old->holds;
    if (!one.is_known) {
      if (was_open) return;
      const std::string_view was = old == nullptr ? "is new" : held ? "held" : "did not hold";
      say_policy(What::guarantee_open, fmt::format("{}, and is not known now: {}", was, one.text));
    } else if (one.holds) {
      if (!held) say_policy(What::guarantee_won, "holds now: " + one.text);
    } else if (old == nullptr) {
      say_policy(What::guarantee_lost, "is new, and does not hold: " + one.text);
    } else if (was_open) {
      say_policy(What::guarantee_lost, "was not known, and does not hold: " + one.text);
    } else if (held) {
      say_policy(What::guarantee_lost, "does not hold any more: " + one.text);
    }
  }
  void say_policy(What what, std::string text) {
    difference_.changes.push_back({what, "policies", {}, {}, std::move(text)});
  }

  void add_new(const OutlineNode& node) {
    say(node.is_dangerous ? What::danger_added : What::added, node, "is a new " + described(node));
    for (const std::string& secret : node.secrets)
      say(What::secret_seen, node, "sees " + secret);
    if (node.is_work && !node.is_reading)
      difference_.reruns.push_back({node.path, true, node.where});
  }

  void compare(const OutlineNode& old, const OutlineNode& node) {
    if (old.path != node.path) say(What::moved, node, "was " + old.path, old.path);
    const Texts needs = renamed(old.needs);
    if (old.is_dangerous && node.is_dangerous) {
      for (const std::string& one : without(needs, node.needs))
        say(What::guarantee_lost, node, "can run now without success of " + shown(one));
      for (const std::string& one : without(node.needs, needs))
        say(What::guarantee_won, node, "cannot run any more without success of " + shown(one));
    }
    for (const std::string& one : without(node.secrets, old.secrets))
      say(What::secret_seen, node, "sees " + one);
    for (const std::string& one : without(old.secrets, node.secrets))
      say(What::secret_hidden, node, "does not see " + one + " any more");
    const Texts held = renamed(old.held_by);
    for (const std::string& one : without(held, node.held_by))
      say(What::gate_removed, node, "is not held back by " + shown(one) + " any more");
    for (const std::string& one : without(node.held_by, held))
      say(What::gate_added, node, "is held back by " + shown(one));
    compare_what_it_does(old, node);
    compare_keys(old, node);
  }

  void compare_what_it_does(const OutlineNode& old, const OutlineNode& node) {
    std::string text;
    if (described(old) != described(node))
      text = fmt::format("is a {}, was a {}", described(node), described(old));
    add_changes(text, renamed(old.arguments), node.arguments, "");
    add_changes(text, old.options, node.options, ".");
    if (text.empty()) return;
    const bool is_dangerous = old.is_dangerous || node.is_dangerous;
    say(is_dangerous ? What::danger_changed : What::changed, node, std::move(text));
  }

  /// What only reads is no work: that it reads something else shows in what is behind it.
  void compare_keys(const OutlineNode& old, const OutlineNode& node) {
    if (!node.is_work || node.is_reading || old.key == node.key) return;
    difference_.reruns.push_back({node.path, old.own_key != node.own_key, node.where});
  }

  void add_finish(const DiffOptions& options) {
    difference_.slots = std::max(1u, options.slots);
    std::map<std::string, Duration> moved = options.durations;
    for (const auto& [old, path] : matching_.new_path) {
      // Whichever version has run, the other one takes as long.
      if (const auto found = moved.find(old); found != moved.end())
        moved.emplace(path, found->second);
      else if (const auto known = moved.find(path); known != moved.end())
        moved.emplace(old, known->second);
    }
    const std::optional<Duration> unknown = detail::usual_of(now_, before_, moved);
    difference_.has_times = unknown.has_value();
    if (!unknown) return;
    difference_.finish_before = detail::finish_of(before_, moved, *unknown, difference_.slots);
    difference_.finish_now = detail::finish_of(now_, moved, *unknown, difference_.slots);
  }

  const Outline& before_;
  const Outline& now_;
  detail::Matching matching_;
  Difference difference_;
};

}  // namespace

Difference diff(const Outline& before, const Outline& now, const DiffOptions& options) {
  return Differ(before, now).run(options);
}

}  // namespace oche
