// graphviz.hpp - a graph of the cgraph library that closes itself, made from a picture.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/render/picture.hpp>

#include <cgraph.h>

#include <memory>
#include <mutex>
#include <string>

namespace oche::detail {

/// Graphviz keeps its state in variables of its own (cgraph's strings and errors, gvc's plug-ins),
/// so one thread of the process at a time may use it, whatever engine or host it belongs to.
[[nodiscard]] std::mutex& graphviz_mutex();

struct CloseGraph {
  void operator()(Agraph_t* graph) const { agclose(graph); }
};
using DotGraph = std::unique_ptr<Agraph_t, CloseGraph>;

/// Requires: the mutex is held, also while the result lives.
[[nodiscard]] DotGraph dot_graph_of(const Picture& picture, const DrawOptions& options);
[[nodiscard]] std::string written(Agraph_t& graph);

/// Collects what Graphviz complains about, instead of writing it to the terminal.
class Complaints {
 public:
  Complaints();
  Complaints(const Complaints&) = delete;
  Complaints& operator=(const Complaints&) = delete;
  ~Complaints();
  [[nodiscard]] const std::string& text() const;

 private:
  agusererrf before_;
};

/// Text as an attribute that Graphviz interprets: backslashes doubled, line ends as `\n`.
[[nodiscard]] std::string escaped(std::string_view text);

}  // namespace oche::detail
