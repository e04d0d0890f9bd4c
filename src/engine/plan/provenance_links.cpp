// provenance_links.cpp - what a state folder says of each step, as digests.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/jobs/key.hpp"
#include "engine/store/store_reader.hpp"
#include <oche/engine/provenance.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace oche {

namespace {

using detail::Attempt;
using detail::AttemptState;
using detail::HistoryEntry;
using detail::StoreReader;

/// A gate looks no farther back: what is older is beyond anybody's memory.
constexpr std::size_t most_history = 1000;

std::string_view ended_as(AttemptState state) {
  constexpr std::string_view words[] = {"running",   "ok",        "failed", "errored",
                                        "timed out", "cancelled", "lost"};
  return words[static_cast<std::size_t>(state)];
}

class LinkReader {
 public:
  LinkReader(const Layout& layout, StoreReader& reader) : layout_(layout), reader_(reader) {}

  Result<std::vector<StepLink>> run() {
    std::map<std::string, StepLink> links;
    for (const LayoutStep& step : layout_.steps)
      if (auto link = link_of(step)) links.emplace(step.path, std::move(*link));
    for (const Attempt& attempt : later()) {
      if (links.contains(attempt.path)) continue;
      links.emplace(attempt.path, told(attempt.path, attempt));
    }
    if (failure_) return std::move(*failure_);
    std::vector<StepLink> found;
    for (auto& [path, link] : links)
      found.push_back(std::move(link));
    return found;
  }

 private:
  /// What is wrong with the store is said once, at the end.
  template <class T>
  T value(Result<T> result) {
    if (result) return std::move(result).value();
    if (!failure_) failure_ = result.failure();
    return {};
  }

  std::vector<Attempt> later() {
    const std::vector<Attempt> newest = value(reader_.recent_attempts(1));
    if (newest.empty() || newest.front().id <= layout_.after) return {};
    // Numbers are never used twice, so there are no more than that.
    const auto most = static_cast<std::size_t>(newest.front().id - layout_.after);
    std::vector<Attempt> all = value(reader_.recent_attempts(most));
    std::erase_if(all, [&](const Attempt& one) { return one.id <= layout_.after; });
    return all;
  }

  /// The newest attempt that this path was given: its own, or another path's with the same key,
  /// which is taken to have begun when it was given.
  std::optional<Attempt> attempt_at(const std::string& path) {
    std::optional<Attempt> newest;
    for (Attempt& own : value(reader_.attempts_of(path, 1)))
      newest = std::move(own);
    for (const HistoryEntry& entry : value(reader_.history(path, 1))) {
      if (newest && entry.attempt <= newest->id) continue;
      newest = value(reader_.attempt(entry.attempt));
      if (newest) newest->started = entry.when;
    }
    return newest;
  }

  std::optional<StepLink> link_of(const LayoutStep& step) {
    const std::optional<Attempt> attempt = attempt_at(step.path);
    if (!attempt) return std::nullopt;
    StepLink link = told(step.path, *attempt);
    for (const ArtifactRule& rule : step.materials)
      if (rule.what == ArtifactRule::What::match && rule.in == "after/" + rule.from)
        add_gate(rule, *attempt, link);
    return link;
  }

  StepLink told(const std::string& path, const Attempt& attempt) {
    StepLink link{.path = path,
                  .materials = {},
                  .products = {},
                  .key = attempt.key.hex(),
                  .state = std::string(ended_as(attempt.state)),
                  .attempt = attempt.id,
                  .started = attempt.started,
                  .isolation = attempt.isolation};
    link.materials.push_back({"key/" + link.key, "sha256", link.key});
    if (const auto text = value(reader_.key_parts(attempt.key)))
      for (const detail::KeyPart& part :
           detail::parts_of(*text).value_or(std::vector<detail::KeyPart>()))
        link.materials.push_back(material_of(part));
    if (attempt.state == AttemptState::ok) link.products = products_of(attempt.key);
    return link;
  }

  /// Words, environments and settings stand in parts as they are: of those, only the digest.
  static Artifact material_of(const detail::KeyPart& part) {
    if (part.name.starts_with("argument ")) return {part.name + "/value", "sha256", part.text};
    if (part.name == "tree") return {"input/tree", "gitTree", part.text};
    return {"part/" + part.name, "sha256", sha256(part.text).hex()};
  }

  std::vector<Artifact> products_of(const Digest& key) {
    const auto result = value(reader_.find(key));
    if (!result || !result->ok) return {};
    std::vector<Artifact> products{{"value", "sha256", result->value_digest.hex()}};
    if (result->trees.size() == 1) products.push_back({"tree", "gitTree", result->trees.front()});
    return products;
  }

  /// The newest success of what it had to wait for, from before it began. What is reused now was
  /// not held back now: then the newest of all counts.
  void add_gate(const ArtifactRule& rule, const Attempt& attempt, StepLink& link) {
    const bool is_older = attempt.id <= layout_.after;
    for (const HistoryEntry& entry : history_of(rule.from)) {
      if (entry.state != AttemptState::ok) continue;
      if (!is_older && entry.when > attempt.started) continue;
      for (const Artifact& product : products_of(entry.key))
        if (product.name == "value")
          link.materials.push_back({rule.in + "/value", product.algorithm, product.digest});
      return;
    }
  }

  const std::vector<HistoryEntry>& history_of(const std::string& path) {
    const auto [found, is_new] = histories_.try_emplace(path);
    if (is_new) found->second = value(reader_.history(path, most_history));
    return found->second;
  }

  const Layout& layout_;
  StoreReader& reader_;
  std::map<std::string, std::vector<HistoryEntry>> histories_;
  std::optional<Failure> failure_;
};

}  // namespace

Result<std::vector<StepLink>> links_of(const Layout& layout, const std::string& state) {
  auto reader = detail::StoreReader::open(state);
  if (!reader) return reader.failure();
  return LinkReader(layout, *reader.value()).run();
}

}  // namespace oche
