// text.cpp - a picture for a terminal.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include <oche/render/text.hpp>

#include "base/text.hpp"
#include "render/tree.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace oche {
namespace detail {
namespace {

constexpr std::size_t deepest = 24;  ///< levels that are indented further
constexpr std::size_t widest_title = 40;
constexpr std::size_t most_names = 5;

struct Style {
  std::string_view on;
  [[nodiscard]] std::string of(std::string_view text, TextStyle how) const {
    if (how == TextStyle::plain || on.empty() || text.empty()) return std::string(text);
    return fmt::format("\x1b[{}m{}\x1b[0m", on, text);
  }
};
constexpr Style dim = {"2"};
constexpr Style strong = {"1"};
constexpr Style plain = {""};

std::string_view mark_of(BoxKind kind) {
  static constexpr std::array<std::string_view, box_kind_count> marks = {
      "●", "●", "◆", "◇", "ƒ", "◎", "◊", "┿", "☐", "↻", "◌", "▣", "≡"};
  return marks[static_cast<std::size_t>(kind)];
}

Style style_of(BoxKind kind) {
  switch (kind) {
    case BoxKind::input:
      return {"36"};
    case BoxKind::gate:
    case BoxKind::choice:
    case BoxKind::join:
      return {"33"};
    case BoxKind::approval:
      return {"34"};
    case BoxKind::hole:
      return {"35"};
    default:
      return {"32"};
  }
}

Style style_of(State state) {
  switch (state) {
    case State::ok:
      return {"32"};
    case State::ready:
    case State::running:
      return {"33"};
    case State::awaiting_approval:
      return {"34"};
    case State::failed:
    case State::timed_out:
    case State::cancelled:
      return {"31"};
    case State::errored:
      return {"35"};
    default:
      return {"2"};
  }
}

/// One line, without control characters.
std::string one_line(std::string_view text) {
  std::string valid;
  append_utf8(valid, text);
  for (char& c : valid)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  return valid;
}

struct Line {
  std::string prefix;
  std::string_view mark;
  Style style;
  std::string title;
  std::string rest;   ///< what stands in the second column
  std::string state;  ///< behind it, in the style of the mark
  bool is_strong = false;
};

class Writer {
 public:
  Writer(const Picture& picture, const TextOptions& options)
      : picture_(picture),
        options_(options),
        forest_(forest_of(picture)),
        starts_(picture.boxes.size() + 1, 0) {
    for (const Arrow& arrow : picture.arrows)
      ++starts_[arrow.to + 1];
    for (std::size_t i = 1; i < starts_.size(); ++i)
      starts_[i] += starts_[i - 1];
  }

  std::string run() {
    walk();
    std::string out;
    if (!picture_.title.empty())
      out += strong.of(one_line(picture_.title), options_.style) + "\n\n";
    for (const Line& line : lines_)
      write(out, line);
    if (options_.marks_explained) out += legend();
    for (const std::string& note : picture_.notes)
      out += dim.of("note: " + one_line(note), options_.style) + "\n";
    return out;
  }

 private:
  struct Open {
    std::uint32_t branch;
    std::uint32_t depth;
    bool is_last;
    std::size_t prefix;  ///< length of what stands before its branch mark
  };

  void walk() {
    std::vector<Open> stack;
    push(stack, forest_.roots, 0, 0);
    std::string prefix;
    while (!stack.empty()) {
      const Open at = stack.back();
      stack.pop_back();
      prefix.resize(at.prefix);
      const bool is_deep = at.depth > deepest;
      std::string before = prefix;
      if (at.depth > 0) before += is_deep ? "⋯ " : bend(at);
      add(at.branch, std::move(before));
      if (at.depth > 0 && !is_deep) prefix += at.is_last ? "  " : "│ ";
      push(stack, forest_.branches[at.branch].children, at.depth + 1, prefix.size());
    }
  }

  void push(std::vector<Open>& stack, const std::vector<std::uint32_t>& branches,
            std::uint32_t depth, std::size_t prefix) const {
    for (std::size_t i = branches.size(); i-- > 0;)
      stack.push_back({branches[i], depth, i + 1 == branches.size(), prefix});
  }

  std::string bend(const Open& at) const {
    const std::uint32_t under = forest_.branches[at.branch].under;
    const bool is_data = under == ~0u || picture_.arrows[under].kind == Edge::data;
    return fmt::format("{}{}", at.is_last ? "└" : "├", is_data ? "─" : "╌");
  }

  void add(std::uint32_t branch, std::string prefix) {
    Line line = forest_.is_frame(branch) ? frame_line(forest_.frame(branch)) : box_line(branch);
    line.prefix = std::move(prefix);
    line.title = shortened(one_line(line.title), widest_title);
    const std::size_t width = display_width(line.prefix) + 2 + display_width(line.title);
    if (!line.rest.empty() || !line.state.empty()) column_ = std::max(column_, width);
    lines_.push_back(std::move(line));
  }

  Line frame_line(std::uint32_t frame) const {
    const Frame& at = picture_.frames[frame];
    Line line;
    line.is_strong = true;
    line.title = at.title.empty() ? "each" : at.title;
    line.mark = at.kind == FrameKind::each || at.kind == FrameKind::items ? "≡" : "▣";
    line.style = {"36"};
    if (at.kind == FrameKind::each)
      line.rest = at.items ? fmt::format("for each of {}", *at.items) : "for each";
    if (at.kind == FrameKind::items) line.rest = fmt::format("{} items", at.items.value_or(0));
    if (picture_.has_states) line.state = counts_text(at.counts);
    return line;
  }

  Line box_line(std::uint32_t box) const {
    const Box& at = picture_.boxes[box];
    Line line;
    line.title = at.title;
    if (line.title.empty() && at.kind != BoxKind::join) line.title = name_of(at.kind);
    line.mark = mark_of(at.kind);
    line.style = style_of(at.kind);
    line.rest = one_line(at.detail);
    if (at.kind == BoxKind::section || at.kind == BoxKind::list) {
      line.is_strong = true;
      append(line.rest, fmt::format("{} step{}", at.steps, at.steps == 1 ? "" : "s"), ", ");
    }
    append(line.rest, relations(box), line.rest.empty() ? "" : "  ");
    if (at.state) set_state(line, at);
    return line;
  }

  static void append(std::string& to, std::string_view text, std::string_view between) {
    if (text.empty()) return;
    if (!to.empty()) to += between;
    to += text;
  }

  void set_state(Line& line, const Box& box) const {
    const StateLook& look = look_of(box.state->state);
    line.mark = look.mark;
    line.style = style_of(box.state->state);
    const bool is_group = box.kind == BoxKind::section || box.kind == BoxKind::list;
    if (is_group || box.each) {
      line.state = counts_text(box.counts);
      if (!line.state.empty()) return;
    }
    if (box.kind == BoxKind::gate || box.kind == BoxKind::join || box.kind == BoxKind::choice)
      return;
    line.state = look.word;
    if (box.state->retried) line.state += " after a retry";
    if (box.state->reused) line.state += ", reused";
    if (box.state->stale) line.state += ", stale";
    if (!box.state->text.empty()) line.state += fmt::format(": {}", one_line(box.state->text));
  }

  static std::string counts_text(const StateCounts& counts) {
    std::string text;
    for (std::size_t i = 0; i < state_count; ++i) {
      if (counts[i] == 0) continue;
      const StateLook& look = look_of(static_cast<State>(i));
      append(text, fmt::format("{} {} {}", look.mark, counts[i], look.word), "  ");
    }
    return text;
  }

  /// What the box needs beside the one it stands under.
  std::string relations(std::uint32_t box) const {
    const std::uint32_t under = forest_.branches[box].under;
    std::string data, control;
    std::size_t data_count = 0, control_count = 0;
    for (std::size_t i = starts_[box]; i < starts_[box + 1]; ++i) {
      const Arrow& arrow = picture_.arrows[i];
      const bool is_data = arrow.kind == Edge::data;
      if (i == under && arrow.label.empty() && is_data) continue;
      // A box with a single source needs no more words than its place.
      if (i == under && arrow.label.empty() && starts_[box + 1] - starts_[box] == 1 &&
          picture_.boxes[box].kind != BoxKind::gate)
        continue;
      std::size_t& count = is_data ? data_count : control_count;
      if (count++ >= most_names) continue;
      append(is_data ? data : control, name(arrow), ", ");
    }
    std::string text;
    if (data_count > 0) text = "with " + data + more(data_count);
    if (control_count > 0) append(text, "after " + control + more(control_count), "  ");
    return text;
  }

  static std::string more(std::size_t count) {
    return count <= most_names ? std::string() : fmt::format(" and {} more", count - most_names);
  }

  std::string name(const Arrow& arrow) const {
    const Box& from = picture_.boxes[arrow.from];
    const Box& to = picture_.boxes[arrow.to];
    std::string text = shortened(one_line(from.title), widest_title);
    if (text.empty())
      text = from.kind == BoxKind::join ? "all of them" : std::string(name_of(from.kind));
    if (from.frame != to.frame) text = shortened(one_line(seen_from(from.id, to.id)), widest_title);
    return arrow.label.empty() ? text : fmt::format("{} ({})", text, arrow.label);
  }

  /// A path without the groups that it has in common with `here`.
  static std::string_view seen_from(std::string_view path, std::string_view here) {
    std::size_t common = 0;
    for (std::size_t i = 0; i < path.size() && i < here.size() && path[i] == here[i]; ++i)
      if (path[i] == '/') common = i + 1;
    return path.substr(common);
  }

  void write(std::string& out, const Line& line) const {
    const std::size_t left = display_width(line.prefix) + 2 + display_width(line.title);
    const std::size_t gap = left < column_ ? column_ - left : 0;
    std::string rest = line.rest;
    std::string state = line.state;
    if (options_.width > 0) {
      const std::size_t used = column_ + 2;
      const std::size_t room = options_.width > used + 8 ? options_.width - used : 8;
      state = shortened(std::move(state), room);
      const std::size_t taken = state.empty() ? 0 : display_width(state) + 2;
      rest = taken + 8 > room ? std::string() : shortened(std::move(rest), room - taken);
    }
    const TextStyle how = options_.style;
    out += dim.of(line.prefix, how);
    out += line.style.of(line.mark, how);
    if (!line.title.empty()) out += ' ' + (line.is_strong ? strong : plain).of(line.title, how);
    if (!rest.empty() || !state.empty()) out.append(gap + (line.title.empty() ? 3 : 2), ' ');
    if (!state.empty()) out += line.style.of(state, how);
    if (!rest.empty()) out += (state.empty() ? "" : "  ") + dim.of(rest, how);
    out += '\n';
  }

  std::string legend() const {
    std::array<bool, box_kind_count> seen = {};
    for (const Box& box : picture_.boxes)
      seen[static_cast<std::size_t>(box.kind)] = true;
    static constexpr std::pair<BoxKind, std::string_view> words[] = {
        {BoxKind::input, "input"},
        {BoxKind::step, "step"},
        {BoxKind::function, "function"},
        {BoxKind::gate, "gate: what follows waits for all of its controls"},
        {BoxKind::choice, "condition"},
        {BoxKind::join, "all of several"},
        {BoxKind::approval, "approval"},
        {BoxKind::fold, "memory"},
        {BoxKind::hole, "hole: known later"}};
    seen[static_cast<std::size_t>(BoxKind::step)] |=
        seen[static_cast<std::size_t>(BoxKind::command)];
    if (picture_.has_states) seen = {};  // then the marks are those of the states, with words
    std::string text;
    for (const auto& [kind, word] : words)
      if (seen[static_cast<std::size_t>(kind)])
        append(text, fmt::format("{} {}", mark_of(kind), word), "  ");
    return text.empty() ? text : "\n" + dim.of(text, options_.style) + "\n";
  }

  const Picture& picture_;
  const TextOptions& options_;
  Forest forest_;
  std::vector<std::size_t> starts_;  ///< by box: its first arrow
  std::vector<Line> lines_;
  std::size_t column_ = 0;
};

}  // namespace
}  // namespace detail

std::string to_text(const Picture& picture, const TextOptions& options) {
  return detail::Writer(picture, options).run();
}

std::string to_text(const Graph& graph, const TextOptions& options) {
  return to_text(picture(graph), options);
}

}  // namespace oche
