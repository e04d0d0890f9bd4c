// svg.cpp - a picture, laid out by Graphviz.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include <oche/render/svg.hpp>

#include "render/graphviz.hpp"

#include <fmt/core.h>
#include <gvc.h>

namespace oche {
namespace {

constexpr std::size_t most_boxes = 3000;

[[noreturn]] void refuse(std::string what, const std::string& said, std::string hint) {
  Failure failure;
  failure.what = std::move(what);
  failure.kind = FailureClass::errored;
  if (!said.empty()) failure.facts.push_back({"graphviz", said});
  failure.hint = std::move(hint);
  throw Error(std::move(failure));
}

/// Made once and never freed: Graphviz' pango plug-in compares the next font with one whose name
/// the
/// freed context owned (2.42). Requires: the mutex is held.
GVC_t& context() {
  static GVC_t* const only = gvContext();
  return *only;
}

/// A layout that lives as long as it is drawn from.
class Layout {
 public:
  Layout(GVC_t& owner, Agraph_t& graph) : context_(owner), graph_(graph) {
    char engine[] = "dot";
    is_done_ = gvLayout(&context_, &graph_, engine) == 0;
  }
  Layout(const Layout&) = delete;
  Layout& operator=(const Layout&) = delete;
  ~Layout() {
    if (is_done_) gvFreeLayout(&context_, &graph_);
  }
  [[nodiscard]] bool is_done() const { return is_done_; }
  [[nodiscard]] std::string svg() const {
    char format[] = "svg";
    char* data = nullptr;
    unsigned int size = 0;
    if (gvRenderData(&context_, &graph_, format, &data, &size) != 0 || data == nullptr) return {};
    std::string result(data, size);
    gvFreeRenderData(data);
    return result;
  }

 private:
  GVC_t& context_;
  Agraph_t& graph_;
  bool is_done_ = false;
};

}  // namespace

std::string to_svg(const Picture& picture, const DrawOptions& options) {
  if (picture.boxes.size() > most_boxes)
    refuse(fmt::format("a picture of {} boxes is too large to be laid out", picture.boxes.size()),
           {}, "close groups, or draw a part; --format dot has no limit");
  const std::lock_guard lock(detail::graphviz_mutex());
  const detail::Complaints complaints;
  const detail::Drawn drawn = detail::drawn(picture, options, detail::Purpose::layout);
  const Layout layout(context(), *drawn.graph);
  if (!layout.is_done())
    refuse("graphviz could not lay out the picture", complaints.text(),
           "is Graphviz' `dot` layout installed? --format dot needs none");
  std::string svg = layout.svg();
  if (svg.empty())
    refuse("graphviz could not write SVG", complaints.text(),
           "is Graphviz' core plug-in installed? --format dot needs none");
  return svg;
}

std::string to_svg(const Graph& graph, const DrawOptions& options) {
  return to_svg(picture(graph), options);
}

}  // namespace oche
