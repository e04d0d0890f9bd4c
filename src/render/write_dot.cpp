// write_dot.cpp - a graph of cgraph's in DOT, a node or an edge a line.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include "render/attributes.hpp"
#include "render/graphviz.hpp"
#include "render/nested.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace oche::detail {
namespace {

class DotWriter {
 public:
  DotWriter(const Picture& picture, const Drawn& drawn)
      : picture_(picture), drawn_(drawn), root_(drawn.graph.get()) {}

  std::string run() {
    out_ = "digraph ";
    add_quoted(agnameof(root_));
    out_ += " {\n";
    add_graph_attributes();
    add_defaults(AGNODE, "node");
    add_defaults(AGEDGE, "edge");
    add_nodes();
    for (std::size_t i = 0; i < picture_.arrows.size(); ++i) {
      indent(1);
      add_quoted(agnameof(drawn_.nodes[picture_.arrows[i].from]));
      out_ += " -> ";
      add_quoted(agnameof(drawn_.nodes[picture_.arrows[i].to]));
      add_own(drawn_.edge_attributes, drawn_.edges[i]);
      out_ += ";\n";
    }
    out_ += "}\n";
    return std::move(out_);
  }

 private:
  /// Quoted where DOT needs it; `agcanonStr` knows which texts are HTML.
  void add_quoted(char* text) { out_ += agcanonStr(text); }
  void indent(std::size_t depth) { out_.append(2 * std::min<std::size_t>(depth, 20), ' '); }

  void add_graph_attributes() {
    std::string_view between = "  graph [";
    for (Agsym_t* at = agnxtattr(root_, AGRAPH, nullptr); at != nullptr;
         at = agnxtattr(root_, AGRAPH, at)) {
      if (*at->defval == '\0') continue;
      out_ += between;
      add_attribute(at, at->defval);
      between = ", ";
    }
    out_ += "];\n";
  }

  /// Of the table, since cgraph knows only those that some node or edge has changed.
  void add_defaults(int kind, std::string_view name) {
    out_ += fmt::format("  {} [", name);
    std::string_view between;
    for (const Attribute& at : attributes) {
      if (at.kind != kind || at.value.empty()) continue;
      out_ += fmt::format("{}{}=\"{}\"", between, at.name, at.value);
      between = ", ";
    }
    out_ += "];\n";
  }

  void add_attribute(Agsym_t* at, char* value) {
    add_quoted(at->name);
    out_ += '=';
    add_quoted(value);
  }

  /// The attributes that are not the default ones. cgraph has every text once, so addresses tell.
  void add_own(const std::vector<Agsym_t*>& list, void* object) {
    bool is_first = true;
    for (Agsym_t* at : list) {
      char* const value = agxget(object, at);
      if (value == at->defval) continue;
      out_ += is_first ? " [" : ", ";
      add_attribute(at, value);
      is_first = false;
    }
    if (!is_first) out_ += ']';
  }

  void add_nodes() {
    walk_frames(
        picture_,
        [this](std::uint32_t frame, std::size_t depth) {
          open_cluster(drawn_.clusters[frame], depth);
        },
        [this](std::uint32_t box, std::size_t depth) {
          indent(depth);
          add_quoted(agnameof(drawn_.nodes[box]));
          add_own(drawn_.node_attributes, drawn_.nodes[box]);
          out_ += ";\n";
        },
        [this](std::size_t depth) {
          indent(depth);
          out_ += "}\n";
        });
  }

  void open_cluster(Agraph_t* cluster, std::size_t depth) {
    indent(depth);
    out_ += "subgraph ";
    add_quoted(agnameof(cluster));
    out_ += " {\n";
    // Inner clusters would inherit what is not said, so everything is.
    for (Agsym_t* at : drawn_.cluster_attributes) {
      char* const value = agxget(cluster, at);
      if (*value == '\0') continue;
      indent(depth + 1);
      add_attribute(at, value);
      out_ += ";\n";
    }
  }

  const Picture& picture_;
  const Drawn& drawn_;
  Agraph_t* root_;
  std::string out_;
};

}  // namespace

std::string written(const Picture& picture, const Drawn& drawn) {
  return DotWriter(picture, drawn).run();
}

}  // namespace oche::detail
