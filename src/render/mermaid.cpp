// mermaid.cpp - a picture in Mermaid's language.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include <oche/render/mermaid.hpp>

#include "render/nested.hpp"
#include "render/words.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace oche {
namespace detail {
namespace {

/// Text between double quotes. Mermaid knows entities without the ampersand, and would take
/// backquotes and what looks like a Markdown list for formatting.
std::string quoted(std::string_view text) {
  std::string result;
  bool at_start = true;
  for (const char c : visible(text)) {
    const bool is_marker = at_start && (c == '-' || c == '+' || c == '*' || (c >= '0' && c <= '9'));
    if (c == '\n') {
      result += "<br/>";
    } else if (is_marker ||
               std::string_view("\"#<>&`*_~\\;{}[]()|").find(c) != std::string_view::npos) {
      result += fmt::format("#{};", static_cast<int>(static_cast<unsigned char>(c)));
    } else {
      result += c;
    }
    at_start = c == '\n';
  }
  return result;
}

struct Brackets {
  std::string_view open, close;
};

Brackets brackets_of(BoxKind kind) {
  switch (kind) {
    case BoxKind::input:
      return {"[/", "/]"};
    case BoxKind::constant:
      return {"[", "]"};
    case BoxKind::gate:
    case BoxKind::join:
      return {"((", "))"};
    case BoxKind::choice:
      return {"{{", "}}"};
    case BoxKind::approval:
      return {"{", "}"};
    case BoxKind::fold:
      return {"[(", ")]"};
    case BoxKind::section:
    case BoxKind::list:
      return {"[[", "]]"};
    default:
      return {"(", ")"};
  }
}

std::string class_name(State state) {
  std::string name(look_of(state).word);
  std::replace(name.begin(), name.end(), ' ', '_');
  return "is_" + name;
}

class MermaidWriter {
 public:
  MermaidWriter(const Picture& picture, const DrawOptions& options)
      : picture_(picture), options_(options) {}

  std::string run() {
    if (!picture_.title.empty())
      out_ += fmt::format("---\ntitle: \"{}\"\n---\n", yaml(picture_.title));
    out_ += options_.direction == Direction::right ? "flowchart LR\n" : "flowchart TB\n";
    write_frames();
    for (const Arrow& arrow : picture_.arrows)
      write_arrow(arrow);
    write_links();
    write_looks();
    return std::move(out_);
  }

 private:
  /// A double-quoted YAML text.
  static std::string yaml(std::string_view text) {
    std::string result;
    for (const char c : visible(text)) {
      if (c == '"' || c == '\\') result += '\\';
      result += c == '\n' ? ' ' : c;
    }
    return result;
  }

  void write_frames() {
    walk_frames(
        picture_,
        [this](std::uint32_t frame, std::size_t depth) {
          indent(depth);
          out_ += fmt::format("subgraph g{}[\"{}\"]\n", frame,
                              quoted(text_of(picture_.frames[frame], picture_.has_states)));
        },
        [this](std::uint32_t box, std::size_t depth) { write_box(box, depth); },
        [this](std::size_t depth) {
          indent(depth);
          out_ += "end\n";
        });
  }

  void indent(std::size_t depth) { out_.append(std::min<std::size_t>(depth, 20) * 2, ' '); }

  void write_box(std::uint32_t box, std::size_t depth) {
    const Box& at = picture_.boxes[box];
    const BoxText words = text_of(at);
    std::string label = quoted(words.title);
    for (const std::string& line : words.small)
      label += fmt::format("<br/><small>{}</small>", quoted(line));
    if (label.empty()) label = " ";
    const Brackets brackets = brackets_of(at.kind);
    indent(depth);
    out_ += fmt::format("n{}{}\"{}\"{}", box, brackets.open, label, brackets.close);
    if (at.state && at.kind != BoxKind::join)
      out_ += ":::" + class_name(at.state->state);
    else if (at.kind == BoxKind::hole)
      out_ += ":::hole";
    out_ += '\n';
  }

  void write_arrow(const Arrow& arrow) {
    const std::string_view line = arrow.kind == Edge::data      ? "-->"
                                  : arrow.kind == Edge::control ? "-.->"
                                                                : "-.-";
    out_ += fmt::format("  n{} {}", arrow.from, line);
    if (!arrow.label.empty()) out_ += fmt::format("|\"{}\"|", quoted(arrow.label));
    out_ += fmt::format(" n{}\n", arrow.to);
  }

  void write_links() {
    for (std::uint32_t i = 0; i < picture_.boxes.size(); ++i) {
      const std::string link =
          link_of(options_.link, picture_.boxes[i].id, picture_.boxes[i].lines);
      if (!link.empty()) out_ += fmt::format("  click n{} href \"{}\"\n", i, quoted_link(link));
    }
  }

  static std::string quoted_link(std::string_view link) {
    std::string result;
    for (const char c : visible(link))
      result += c == '"' ? "%22" : std::string(1, c);
    return result;
  }

  void write_looks() {
    bool has_hole = false;
    for (const Box& box : picture_.boxes)
      has_hole = has_hole || box.kind == BoxKind::hole;
    if (has_hole) out_ += "  classDef hole stroke-dasharray: 5 3\n";
    if (!picture_.has_states) return;
    for (std::size_t i = 0; i < state_count; ++i) {
      const auto state = static_cast<State>(i);
      const StateLook& look = look_of(state);
      out_ += fmt::format("  classDef {} fill:{},color:{}", class_name(state), look.fill,
                          state == State::awaiting_approval ? "#ffffff"
                          : state == State::not_wanted      ? "#8c959f"
                                                            : "#1f2328");
      out_ += look.style == "dashed" ? ",stroke-dasharray: 5 3\n" : "\n";
    }
  }

  const Picture& picture_;
  const DrawOptions& options_;
  std::string out_;
};

}  // namespace
}  // namespace detail

std::string to_mermaid(const Picture& picture, const DrawOptions& options) {
  return detail::MermaidWriter(picture, options).run();
}

std::string to_mermaid(const Graph& graph, const DrawOptions& options) {
  return to_mermaid(picture(graph), options);
}

}  // namespace oche
