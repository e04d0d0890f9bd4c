// words.cpp - what the drawn formats write on a box, its tip and its link.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include "render/words.hpp"

#include "base/text.hpp"

#include <fmt/core.h>

namespace oche::detail {
namespace {

constexpr std::size_t longest_title = 120;
constexpr std::size_t widest_small = 60;

std::string_view file_name(std::string_view path) {
  const std::size_t slash = path.find_last_of('/');
  return slash == path.npos ? path : path.substr(slash + 1);
}

std::string state_line(const BoxState& state) {
  const StateLook& look = look_of(state.state);
  std::string text = fmt::format("{} {}", look.mark, look.word);
  if (state.retried) text += " after a retry";
  if (state.stale) text += ", stale";
  if (!state.text.empty() && state.state != State::blocked) text += ": " + state.text;
  return text;
}

std::string percent_encoded(std::string_view text) {
  static constexpr std::string_view unescaped =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~/";
  std::string result;
  for (const char c : text) {
    if (unescaped.find(c) != unescaped.npos)
      result += c;
    else
      result += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return result;
}

}  // namespace

std::string visible(std::string_view text) {
  std::string valid;
  append_utf8(valid, text);
  std::string result;
  for (const char c : valid) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte >= 0x20 && byte != 0x7f) || c == '\n') {
      result += c;
    } else {
      result += "\xe2\x90";  // U+2400 and what follows: pictures of control characters
      result += static_cast<char>(byte == 0x7f ? 0xa1 : 0x80 + byte);
    }
  }
  return result;
}

BoxText text_of(const Box& box) {
  BoxText text;
  const bool is_small = box.kind == BoxKind::gate || box.kind == BoxKind::join;
  const bool is_group = box.kind == BoxKind::section || box.kind == BoxKind::list;
  text.title = shortened(visible(box.title), longest_title);
  if (text.title.empty() && !is_small) text.title = name_of(box.kind);
  if (is_small) return text;
  if (!box.detail.empty()) text.small.push_back(shortened(visible(box.detail), widest_small));
  if (is_group)
    text.small.push_back(fmt::format("{} step{}", box.steps, box.steps == 1 ? "" : "s"));
  if (box.critical) text.small.emplace_back("on the longest path");
  if (!box.state) return text;
  const std::string counts = is_group || box.each ? counts_in_marks(box.counts) : std::string();
  if (!counts.empty())
    text.small.push_back(counts);
  else if (box.kind != BoxKind::choice)
    text.small.push_back(shortened(visible(state_line(*box.state)), widest_small));
  return text;
}

std::string text_of(const Frame& frame, bool has_states) {
  std::string text = shortened(visible(frame.title.empty() ? "each" : frame.title), longest_title);
  if (frame.kind == FrameKind::each)
    text = frame.items ? fmt::format("{} × {}", text, *frame.items)
                       : fmt::format("for each of {}", text);
  if (frame.kind == FrameKind::items) text = fmt::format("{} × {}", text, frame.items.value_or(0));
  const std::string counts = has_states ? counts_in_marks(frame.counts) : std::string();
  return counts.empty() ? text : fmt::format("{}   {}", text, counts);
}

std::string counts_in_marks(const StateCounts& counts) {
  std::string text;
  for (std::size_t i = 0; i < state_count; ++i) {
    if (counts[i] == 0) continue;
    if (!text.empty()) text += "  ";
    text += fmt::format("{} {}", look_of(static_cast<State>(i)).mark, counts[i]);
  }
  return text;
}

std::string tip_of(const Box& box) {
  std::string text = visible(box.id);
  if (!box.title.empty() && box.title.size() > longest_title) text += "\n" + visible(box.title);
  for (const SourceLine& line : box.lines)
    text += fmt::format("\n{}:{}", visible(file_name(line.file)), line.line);
  if (box.state) text += "\n" + visible(state_line(*box.state));
  return text;
}

std::string link_of(std::string_view pattern, std::string_view path,
                    const std::vector<SourceLine>& lines) {
  if (pattern.empty()) return {};
  const bool needs_line =
      pattern.find("{file}") != pattern.npos || pattern.find("{line}") != pattern.npos;
  if (needs_line && lines.empty()) return {};
  std::string result;
  while (!pattern.empty()) {
    if (pattern.starts_with("{file}")) {
      result += percent_encoded(lines.front().file);
      pattern.remove_prefix(6);
    } else if (pattern.starts_with("{line}")) {
      result += std::to_string(lines.front().line);
      pattern.remove_prefix(6);
    } else if (pattern.starts_with("{path}")) {
      result += percent_encoded(path);
      pattern.remove_prefix(6);
    } else {
      result += pattern.front();
      pattern.remove_prefix(1);
    }
  }
  return result;
}

}  // namespace oche::detail
