// graphviz.hpp - a graph of the cgraph library that closes itself, made from a picture.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/render/picture.hpp>

#include <cgraph.h>

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace oche::detail {

/// Graphviz keeps its state in variables of its own (cgraph's strings and errors, gvc's plug-ins),
/// so one thread of the process at a time may use it, whatever engine or host it belongs to.
[[nodiscard]] std::mutex& graphviz_mutex();

struct CloseGraph {
  void operator()(Agraph_t* graph) const { agclose(graph); }
};
using DotGraph = std::unique_ptr<Agraph_t, CloseGraph>;

/// What a graph is made for.
enum class Purpose : bool {
  writing,  ///< only what differs from the defaults, and clusters do not list their nodes
  layout,   ///< complete, so that gvc can work on it
};

/// A picture as cgraph holds it.
struct Drawn {
  DotGraph graph;
  std::vector<Agnode_t*> nodes;     ///< by box
  std::vector<Agedge_t*> edges;     ///< by arrow
  std::vector<Agraph_t*> clusters;  ///< by frame; [0] is the graph
  std::vector<Agsym_t*> cluster_attributes;
  std::vector<Agsym_t*> node_attributes;  ///< those that some node has of its own
  std::vector<Agsym_t*> edge_attributes;  ///< likewise
};
/// Requires: the mutex is held, also while the result lives.
[[nodiscard]] Drawn drawn(const Picture& picture, const DrawOptions& options, Purpose purpose);

/// The graph in DOT, a node or an edge a line, quoted by cgraph.
///
/// Not by `agwrite`: it asks every cluster for every node, which for 100,000 nodes in 1,000
/// sections
/// are as many searches as a hundred million.
[[nodiscard]] std::string written(const Picture& picture, const Drawn& drawn);

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
