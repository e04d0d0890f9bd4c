// provenance_rules.cpp - links against a layout, by the rules of in-toto's specification.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/path_pattern.hpp"
#include <oche/engine/provenance.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace oche {

namespace {

using What = ArtifactRule::What;

bool fits(std::string_view pattern, std::string_view name) {
  if (!pattern.ends_with('*')) return pattern == name;
  pattern.remove_suffix(1);
  return name.starts_with(pattern);
}

const Artifact* artifact(const std::vector<Artifact>& list, std::string_view name) {
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const Artifact& one) { return one.name == name; });
  return found == list.end() ? nullptr : &*found;
}

class Checker {
 public:
  Checker(const Layout& layout, std::span<const StepLink> links) : layout_(layout) {
    for (const StepLink& link : links)
      links_.emplace(link.path, &link);
  }

  std::vector<Departure> run() {
    std::set<std::string_view> expected;
    for (const LayoutStep& step : layout_.steps) {
      expected.insert(step.path);
      look_at(step);
    }
    for (const auto& [path, link] : links_)
      if (!expected.contains(path) && !is_inner(path))
        found_.push_back({Departure::What::unplanned, std::string(path),
                          fmt::format("ran as attempt {}, and was not expected", link->attempt)});
    return std::move(found_);
  }

 private:
  bool is_inner(std::string_view path) const {
    return std::any_of(layout_.inner.begin(), layout_.inner.end(),
                       [&](const std::string& one) { return detail::fits_path(one, path); });
  }

  void look_at(const LayoutStep& step) {
    const auto found = links_.find(step.path);
    const bool need_not_run =
        std::find(layout_.may.begin(), layout_.may.end(), step.path) != layout_.may.end();
    if (found == links_.end()) {
      if (!need_not_run)
        found_.push_back({Departure::What::missing, step.path, "was to run, and did not"});
      return;
    }
    const StepLink& link = *found->second;
    if (link.attempt <= layout_.after) {
      // What was there before and did not have to run is nothing of this run's.
      if (need_not_run) return;
      const bool is_other = artifact(link.materials, key_of(step)) == nullptr;
      // Only these two are stored: anything else is from an attempt that counts no more.
      const bool is_result = link.state == "ok" || link.state == "failed";
      if (is_other || !is_result) {
        found_.push_back({Departure::What::missing, step.path, "was to run, and did not"});
        return;
      }
    }
    if (link.state != "ok")
      found_.push_back({Departure::What::failed, step.path, "ended as " + link.state});
    if (const auto wrong = broken(step.materials, link.materials, link))
      found_.push_back({Departure::What::material, step.path, *wrong});
    if (const auto wrong = broken(step.products, link.products, link))
      found_.push_back({Departure::What::product, step.path, *wrong});
  }

  /// The material that says which key a step was to have; empty if none does.
  static std::string_view key_of(const LayoutStep& step) {
    for (const ArtifactRule& rule : step.materials)
      if (rule.what == What::require && rule.pattern.starts_with("key/")) return rule.pattern;
    return {};
  }

  /// The first rule that is not kept. Each rule takes what it speaks of out of the queue, so that
  /// `DISALLOW *` at the end finds what none has.
  std::optional<std::string> broken(const std::vector<ArtifactRule>& rules,
                                    const std::vector<Artifact>& artifacts,
                                    const StepLink& link) const {
    std::vector<const Artifact*> queue;
    for (const Artifact& one : artifacts)
      queue.push_back(&one);
    for (const ArtifactRule& rule : rules) {
      switch (rule.what) {
        case What::require:
          if (artifact(artifacts, rule.pattern) == nullptr) return absent(rule.pattern, link);
          break;
        case What::match:
          std::erase_if(queue, [&](const Artifact* one) { return is_match(rule, *one); });
          break;
        case What::allow:
          std::erase_if(queue, [&](const Artifact* one) { return fits(rule.pattern, one->name); });
          break;
        case What::create:
          std::erase_if(queue, [&](const Artifact* one) {
            return fits(rule.pattern, one->name) && artifact(link.materials, one->name) == nullptr;
          });
          break;
        case What::disallow:
          for (const Artifact* one : queue)
            if (fits(rule.pattern, one->name)) return other(rules, *one);
      }
    }
    return std::nullopt;
  }

  bool is_match(const ArtifactRule& rule, const Artifact& one) const {
    const std::string before = rule.in.empty() ? std::string() : rule.in + "/";
    if (!one.name.starts_with(before)) return false;
    const std::string_view name = std::string_view(one.name).substr(before.size());
    const auto from = links_.find(rule.from);
    if (!fits(rule.pattern, name) || from == links_.end()) return false;
    const Artifact* const product = artifact(from->second->products, name);
    return product != nullptr && product->algorithm == one.algorithm &&
           product->digest == one.digest;
  }

  static std::string absent(const std::string& name, const StepLink& link) {
    if (name.starts_with("key/"))
      return fmt::format("ran with the key {}, and not with {}", link.key.substr(0, 12),
                         name.substr(4, 12));
    if (name.starts_with("after/")) {
      const std::string path = name.substr(6, name.rfind('/') - 6);
      return fmt::format("began before {} had succeeded", path);
    }
    return fmt::format("its {} is not recorded", name.substr(0, name.rfind('/')));
  }

  /// Of what a rule was to take and did not.
  static std::string other(const std::vector<ArtifactRule>& rules, const Artifact& one) {
    for (const ArtifactRule& rule : rules) {
      if (rule.what != What::match || one.name != rule.in + "/" + rule.pattern) continue;
      if (rule.in.starts_with("after/"))
        return fmt::format("waited for {}, which has another result now", rule.from);
      return fmt::format("its {} is {}, and not what {} made", rule.in, one.digest.substr(0, 12),
                         rule.from);
    }
    return fmt::format("{} ({}) is nothing that was expected", one.name, one.digest.substr(0, 12));
  }

  const Layout& layout_;
  std::map<std::string_view, const StepLink*> links_;
  std::vector<Departure> found_;
};

}  // namespace

std::string_view to_string(Departure::What what) {
  constexpr std::string_view words[] = {"missing", "unplanned", "failed", "material", "product"};
  return words[static_cast<std::size_t>(what)];
}

std::vector<Departure> departures(const Layout& layout, std::span<const StepLink> links) {
  return Checker(layout, links).run();
}

std::string to_text(std::span<const Departure> departures) {
  std::string text;
  for (const Departure& one : departures)
    text += fmt::format("{}: {} {}\n", to_string(one.what), one.path, one.text);
  return text.empty() ? "what ran is what was expected\n" : text;
}

}  // namespace oche
