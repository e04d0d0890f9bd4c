// diff_match.cpp - which step of the one version is which of the other.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/diff_match.hpp"

namespace oche::detail {
namespace {

std::string_view last_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }

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
  return made += text;
}

}  // namespace oche::detail
