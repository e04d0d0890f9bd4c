// diff_match.cpp - which step of the one version is which of the other.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/diff_match.hpp"

#include <algorithm>
#include <array>

namespace oche::detail {
namespace {

std::string_view last_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }

/// Calls `visit` with what stands between the marks of a text that was cut.
template <class F>
void each_cut(std::string_view text, F visit) {
  for (std::size_t at = text.find('\x06'); at != text.npos; at = text.find('\x06', at)) {
    const std::size_t end = text.find('\x07', at);
    if (end == text.npos) return;
    visit(text.substr(at + 1, end - at - 1));
    at = end;
  }
}

/// By content, and by paths.
std::array<std::string_view, 2> digests_of(std::string_view cut) {
  const std::size_t middle = std::min(cut.find('~'), cut.size());
  return {cut.substr(0, middle), cut.substr(middle)};  // with ~: never taken for the other
}

/// References nest less deeply; a file could hold anything.
constexpr unsigned deepest_set = 64;

/// From `at` to the end of an element of a set, or of all: with the sets in it in order.
std::string with_sets_in_order(std::string_view text, std::size_t& at, unsigned depth) {
  std::string made;
  for (; at < text.size(); ++at) {
    if (depth > 0 && (text[at] == '\x04' || text[at] == '\x05')) break;
    made += text[at];
    if (text[at] != '\x03' || depth >= deepest_set) continue;
    std::vector<std::string> set;
    do
      set.push_back(with_sets_in_order(text, ++at, depth + 1));
    while (at < text.size() && text[at] == '\x04');
    std::sort(set.begin(), set.end());
    for (std::size_t i = 0; i < set.size(); ++i)
      made += (i == 0 ? "" : "\x04") + set[i];
    if (at < text.size()) made += '\x05';
  }
  return made;
}

}  // namespace

void Matching::match(std::size_t before, std::size_t now) {
  of_before[before] = now;
  of_now[now] = before;
}

template <class Key>
void Matching::match_by(const Outline& before, const Outline& now, Key key, bool must_be_alone) {
  std::map<std::string, std::pair<std::vector<std::size_t>, std::vector<std::size_t>>> left;
  for (std::size_t i = 0; i < before.nodes.size(); ++i)
    if (of_before[i] == no_match) left[key(before.nodes[i])].first.push_back(i);
  for (std::size_t i = 0; i < now.nodes.size(); ++i)
    if (of_now[i] == no_match) left[key(now.nodes[i])].second.push_back(i);
  for (const auto& [text, both] : left) {
    const auto& [olds, news] = both;
    if (must_be_alone && (olds.size() != 1 || news.size() != 1)) continue;
    for (std::size_t i = 0; i < olds.size() && i < news.size(); ++i)
      match(olds[i], news[i]);
  }
}

Matching::Matching(const Outline& before, const Outline& now)
    : of_before(before.nodes.size(), no_match), of_now(now.nodes.size(), no_match) {
  const auto kind_and = [](const OutlineNode& node, std::string_view text) {
    return node.kind + "\n" + node.operation + "\n" + std::string(text);
  };
  match_by(before, now, [&](const OutlineNode& node) { return kind_and(node, node.path); }, true);
  match_by(
      before, now, [&](const OutlineNode& node) { return kind_and(node, node.content); }, false);
  match_by(before, now, [](const OutlineNode& node) { return node.kind + "\n" + node.path; }, true);
  match_by(
      before, now, [&](const OutlineNode& node) { return kind_and(node, last_of(node.path)); },
      true);
  for (std::size_t i = 0; i < of_before.size(); ++i)
    if (of_before[i] != no_match && now.nodes[of_before[i]].path != before.nodes[i].path)
      new_path.emplace(before.nodes[i].path, now.nodes[of_before[i]].path);
  for (const OutlineNode& node : now.nodes) {
    for (const auto& [name, text] : node.arguments)
      learn_cut(text);
    for (const std::string& text : node.held_by)
      learn_cut(text);
  }
}

void Matching::learn_cut(std::string_view text) {
  each_cut(text, [&](std::string_view cut) {
    for (const std::string_view digest : digests_of(cut))
      cut_now_.emplace(digest, cut);
  });
}

/// What was cut there, too, and is the same but for paths, or but for what stands at them.
std::string Matching::with_cuts_of_now(std::string_view text) const {
  std::string made;
  std::string_view left = text;
  each_cut(text, [&](std::string_view cut) {
    made += left.substr(0, static_cast<std::size_t>(cut.data() - left.data()));
    left.remove_prefix(static_cast<std::size_t>(cut.data() - left.data()) + cut.size());
    const auto [content, named] = digests_of(cut);
    auto found = cut_now_.find(named);
    if (found == cut_now_.end()) found = cut_now_.find(content);
    made += found == cut_now_.end() ? cut : std::string_view(found->second);
  });
  return made += left;
}

std::string Matching::renamed(std::string_view text) const {
  std::string made;
  while (!text.empty()) {
    const std::size_t begin = text.find('\x01');
    const std::size_t end = begin == text.npos ? begin : text.find('\x02', begin);
    if (end == text.npos) break;
    const std::string_view path = text.substr(begin + 1, end - begin - 1);
    const auto found = new_path.find(path);
    made += text.substr(0, begin + 1);
    made += found == new_path.end() ? path : std::string_view(found->second);
    made += '\x02';
    text.remove_prefix(end + 1);
  }
  made = with_cuts_of_now(made += text);
  std::size_t at = 0;
  return with_sets_in_order(made, at, 0);
}

}  // namespace oche::detail
