// import_matching.cpp - what patterns name of a folder.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "base/pattern.hpp"
#include "base/text.hpp"
#include "engine/caught.hpp"
#include "engine/trees/import.hpp"

namespace oche::detail {

namespace {

/// One pattern on its way down through the folders.
struct Track {
  std::size_t pattern;
  Pattern::Places places;
  bool matched;  // this path, or a folder above it
};
using Tracks = std::vector<Track>;

class Matching {
 public:
  Matching(Batch& batch, std::span<const std::string> texts)
      : batch_(batch), patterns_(texts.begin(), texts.end()), used_(texts.size()) {}

  [[nodiscard]] Tracks start() const {
    Tracks tracks;
    for (std::size_t i = 0; i < patterns_.size(); ++i) {
      auto places = patterns_[i].start();
      const bool matched = patterns_[i].is_match(places);
      tracks.push_back({i, std::move(places), matched});
    }
    return tracks;
  }

  std::optional<ObjectId> import(const FolderReader& folder, const Tracks& tracks, int depth) {
    check_depth(depth);
    std::vector<TreeEntry> kept;
    for (FolderEntry& entry : folder.entries()) {
      const Tracks inner = after(tracks, entry.name);
      if (inner.empty()) continue;
      if (entry.kind == EntryKind::folder) {
        const auto id = import(folder.folder(entry.name), inner, depth + 1);
        if (id) kept.push_back({std::move(entry.name), EntryKind::folder, *id});
      } else if (use(inner)) {
        kept.push_back(import_entry(batch_, folder, std::move(entry)));
      }
    }
    if (kept.empty()) return std::nullopt;
    return batch_.add_tree(kept);
  }

  [[nodiscard]] const Pattern* unused() const {
    for (std::size_t i = 0; i < used_.size(); ++i) {
      if (!used_[i]) return &patterns_[i];
    }
    return nullptr;
  }

 private:
  [[nodiscard]] Tracks after(const Tracks& tracks, std::string_view name) const {
    Tracks next;
    for (const Track& track : tracks) {
      const Pattern& pattern = patterns_[track.pattern];
      auto places = pattern.after(track.places, name);
      const bool matched = track.matched || pattern.is_match(places);
      if (matched || !places.empty()) next.push_back({track.pattern, std::move(places), matched});
    }
    return next;
  }

  bool use(const Tracks& tracks) {
    bool any = false;
    for (const Track& track : tracks) {
      if (!track.matched) continue;
      used_[track.pattern] = true;
      any = true;
    }
    return any;
  }

  Batch& batch_;
  std::vector<Pattern> patterns_;
  std::vector<bool> used_;
};

// Paths of files, for "did you mean"; a sample where there are very many.
void collect(const FolderReader& folder, const std::string& prefix, std::vector<std::string>& out,
             int depth) {
  constexpr std::size_t enough = 2000;
  for (const FolderEntry& entry : folder.entries()) {
    if (out.size() >= enough) return;
    const std::string path = prefix + entry.name;
    if (entry.kind != EntryKind::folder) {
      out.push_back(path);
    } else if (depth < 8) {
      collect(folder.folder(entry.name), path + "/", out, depth + 1);
    }
  }
}

[[noreturn]] void complain(const FolderReader& folder, const Pattern& pattern) {
  std::vector<std::string> there;
  collect(folder, "", there, 0);
  std::vector<Fact> facts{{"pattern", pattern.text()}};
  facts.push_back(there.empty() ? Fact{"there is", "nothing at all"}
                                : Fact{"nearest", listed(most_alike(pattern.text(), there))});
  throw said_no("nothing matches an output's pattern", std::move(facts),
                "patterns are relative to the working folder, and an empty folder is nothing");
}

}  // namespace

ObjectId import_matching(Batch& batch, const FolderReader& folder,
                         std::span<const std::string> patterns) {
  Matching matching(batch, patterns);
  const auto id = matching.import(folder, matching.start(), 0);
  if (const Pattern* const unused = matching.unused(); unused != nullptr) {
    complain(folder, *unused);
  }
  return id.value_or(empty_tree);
}

}  // namespace oche::detail
