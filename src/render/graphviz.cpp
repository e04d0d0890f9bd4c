// graphviz.cpp - a graph of the cgraph library, made from a picture.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include "render/graphviz.hpp"

#include "render/attributes.hpp"
#include "render/shapes.hpp"
#include "render/words.hpp"

#include <fmt/core.h>

// cgraph takes `char*` where it only reads; it copies every text it is given. A text that was once
// handed over as HTML stays HTML for the whole graph, so no plain label may begin with `<`: such a
// title is written as HTML, too.

namespace oche::detail {
namespace {

std::string html(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\n':
        result += "<br/>";
        break;
      default:
        result += c;
    }
  }
  return result;
}

class Builder {
 public:
  Builder(const Picture& picture, const DrawOptions& options, Purpose purpose)
      : picture_(picture),
        options_(options),
        purpose_(purpose),
        title_("pipeline"),
        graph_(agopen(title_.data(), Agdirected, nullptr)) {}

  Drawn run() {
    set_up();
    frames_.assign(1, graph_.get());
    for (std::size_t i = 1; i < picture_.frames.size(); ++i)
      add_frame(picture_.frames[i]);
    for (const Box& box : picture_.boxes)
      add_box(box);
    for (const Arrow& arrow : picture_.arrows)
      add_arrow(arrow);
    Drawn result{std::move(graph_),
                 std::move(nodes_),
                 std::move(edges_),
                 std::move(frames_),
                 {style_, colour_, fill_, margin_, just_, size_, label_, tip_},
                 {},
                 {}};
    for (std::size_t i = 0; i < attribute_count; ++i)
      if (symbols_[i] != nullptr)
        (attributes[i].kind == AGNODE ? result.node_attributes : result.edge_attributes)
            .push_back(symbols_[i]);
    return result;
  }

 private:
  using Value = std::string_view;

  char* text(Value value) {
    buffer_.assign(value);
    return buffer_.data();
  }
  Agsym_t* declare(int kind, Value name, Value value = {}) {
    name_.assign(name);
    return agattr(graph_.get(), kind, name_.data(), text(value));
  }
  void set(void* object, Agsym_t* attribute, Value value) {
    agxset(object, attribute, text(value));
  }
  void set_html(void* object, Agsym_t* attribute, Value value) {
    char* const held = agstrdup_html(graph_.get(), text(value));
    agxset(object, attribute, held);
    agstrfree(graph_.get(), held);
  }

  void set_up() {
    declare(AGRAPH, "rankdir", options_.direction == Direction::right ? "LR" : "TB");
    declare(AGRAPH, "fontname", font);
    size_ = declare(AGRAPH, "fontsize", picture_.title.empty() ? "12" : "16");
    declare(AGRAPH, "fontcolor", small_colour);
    declare(AGRAPH, "nodesep", "0.22");
    declare(AGRAPH, "ranksep", "0.45");
    declare(AGRAPH, "pad", "0.25");
    style_ = declare(AGRAPH, "style");
    colour_ = declare(AGRAPH, "color");
    fill_ = declare(AGRAPH, "fillcolor");
    margin_ = declare(AGRAPH, "margin");
    label_ = declare(AGRAPH, "label");
    tip_ = declare(AGRAPH, "tooltip");
    declare(AGRAPH, "labelloc", "t");
    just_ = declare(AGRAPH, "labeljust");
    if (!picture_.title.empty()) set_text(graph_.get(), label_, visible(picture_.title));
    // A declared attribute costs every node some searches, even where it has the default.
    if (purpose_ == Purpose::layout)
      for (std::size_t i = 0; i < attribute_count; ++i)
        (void)symbol(static_cast<At>(i));
  }

  Agsym_t* symbol(At at) {
    Agsym_t*& known = symbols_[static_cast<std::size_t>(at)];
    const Attribute& attribute = attributes[static_cast<std::size_t>(at)];
    if (known == nullptr) known = declare(attribute.kind, attribute.name, attribute.value);
    return known;
  }
  void set(void* object, At at, Value value) { set(object, symbol(at), value); }
  void set_if(void* object, At at, Value value) {
    if (!value.empty()) set(object, at, value);
  }

  void add_frame(const Frame& frame) {
    const std::string name = "cluster_" + escaped(visible(frame.id));
    Agraph_t* const made = agsubg(frames_[frame.parent], text(name), 1);
    frames_.push_back(made);
    const FrameShape& shape = shape_of(frame.kind);
    set(made, style_, shape.style);
    set(made, fill_, shape.fill);
    set(made, colour_, shape.outline);
    set(made, margin_, "10");
    set(made, just_, "l");
    set(made, size_, "12");
    set_text(made, label_, text_of(frame, picture_.has_states));
    if (options_.tooltips) set(made, tip_, escaped(visible(frame.id)));
  }

  void set_text(void* object, Agsym_t* attribute, const std::string& value) {
    if (value.starts_with('<'))
      set_html(object, attribute, html(value));
    else
      set(object, attribute, escaped(value));
  }

  void add_box(const Box& box) {
    const std::string name = escaped(visible(box.id));
    Agnode_t* const node = agnode(graph_.get(), text(name), 1);
    nodes_.push_back(node);
    if (box.frame != 0 && purpose_ == Purpose::layout) agsubnode(frames_[box.frame], node, 1);
    set_shape(node, box);
    if (box.state) set_state(node, box);
    if (box.critical) set(node, At::node_pen, "3");
    set_label(node, box);
    if (options_.tooltips) set(node, At::node_tip, tip(box, name));
    set_if(node, At::node_link, escaped(link_of(options_.link, box.id, box.lines)));
  }

  /// `\\N` stands for the node's name: boxes of one line then share one text.
  static std::string tip(const Box& box, const std::string& name) {
    std::string text = escaped(tip_of(box));
    if (name.find('\\') == name.npos && text.starts_with(name)) text.replace(0, name.size(), "\\N");
    return text;
  }

  void set_shape(Agnode_t* node, const Box& box) {
    const BoxShape& shape = shape_of(box.kind, options_.direction);
    set_if(node, At::node_shape, shape.shape);
    set_if(node, At::node_style, shape.style);
    set_if(node, At::node_fill, shape.fill);
    set_if(node, At::node_colour, shape.outline);
    set_if(node, At::node_periphery, shape.periphery);
    set_if(node, At::node_margin, shape.margin);
    if (shape.width.empty()) return;
    set(node, At::node_width, shape.width);
    set(node, At::node_height, shape.height);
    set(node, At::node_fixed, box.title.empty() || box.kind == BoxKind::gate ? "true" : "false");
  }

  void set_state(Agnode_t* node, const Box& box) {
    const BoxState& state = *box.state;
    const StateLook& look = look_of(state.state);
    if (box.kind == BoxKind::join) return;
    if (state.state == State::ok && state.stale)
      set(node, At::node_fill, fmt::format("{}:{}", look.fill, look_of(State::running).fill));
    else
      set(node, At::node_fill, look.fill);
    set(node, At::node_colour, line_colour);
    if (look.style == "dashed") {
      const BoxShape& shape = shape_of(box.kind, options_.direction);
      const bool is_round = shape.style.empty() || shape.style.starts_with("rounded");
      set(node, At::node_style, is_round ? "rounded,dashed,filled" : "dashed,filled");
    }
    if (state.state == State::not_wanted) {
      set(node, At::node_colour, pale_colour);
      set(node, At::node_font_colour, pale_colour);
    }
    if (state.state == State::awaiting_approval) set(node, At::node_font_colour, "#ffffff");
  }

  void set_label(Agnode_t* node, const Box& box) {
    const BoxText words = text_of(box);
    if (box.kind == BoxKind::gate) {
      set(node, At::node_label, "");
      return;
    }
    if (words.small.empty()) {
      if (words.title != box.id || words.title.find('\\') != words.title.npos)
        set_text(node, symbol(At::node_label), words.title);
      return;
    }
    // What is small takes the box's own colour where that was chosen for its background.
    const bool is_plain = !box.state || (box.state->state != State::awaiting_approval &&
                                         box.state->state != State::not_wanted);
    std::string label = html(words.title);
    for (const std::string& line : words.small)
      label += is_plain ? fmt::format("<br/><font point-size=\"9\" color=\"{}\">{}</font>",
                                      box.state ? "#32383f" : small_colour, html(line))
                        : fmt::format("<br/><font point-size=\"9\">{}</font>", html(line));
    set_html(node, symbol(At::node_label), label);
  }

  void add_arrow(const Arrow& arrow) {
    Agedge_t* const edge = agedge(graph_.get(), nodes_[arrow.from], nodes_[arrow.to], nullptr, 1);
    edges_.push_back(edge);
    if (arrow.kind == Edge::control) set(edge, At::edge_style, "dashed");
    if (arrow.kind == Edge::context) {
      set(edge, At::edge_style, "dotted");
      set(edge, At::edge_colour, pale_colour);
    }
    if (picture_.boxes[arrow.from].critical && picture_.boxes[arrow.to].critical)
      set(edge, At::edge_colour, text_colour);
    if (picture_.boxes[arrow.to].kind == BoxKind::join) set(edge, At::edge_head, "none");
    if (!arrow.label.empty()) set_text(edge, symbol(At::edge_label), visible(arrow.label));
  }

  const Picture& picture_;
  const DrawOptions& options_;
  Purpose purpose_;
  std::string title_;
  DotGraph graph_;
  std::string buffer_, name_;
  std::vector<Agraph_t*> frames_;
  std::vector<Agnode_t*> nodes_;
  std::vector<Agedge_t*> edges_;
  Agsym_t *style_ = nullptr, *colour_ = nullptr, *fill_ = nullptr, *margin_ = nullptr,
          *label_ = nullptr, *tip_ = nullptr, *just_ = nullptr, *size_ = nullptr;
  Agsym_t* symbols_[attribute_count] = {};
};

}  // namespace

Drawn drawn(const Picture& picture, const DrawOptions& options, Purpose purpose) {
  return Builder(picture, options, purpose).run();
}

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\\')
      result += "\\\\";
    else if (c == '\n')
      result += "\\n";
    else
      result += c;
  }
  return result;
}

}  // namespace oche::detail
