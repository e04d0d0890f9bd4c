// golden.cpp - writes a pipeline down without anything that moves by itself.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/golden.hpp>

#include "base/text.hpp"
#include "graph/names.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>

// Goal: a text in which a change of the pipeline changes what it concerns and little else.
//
// Nodes with a path of their own are paragraphs. Others (functions, tuples, unnamed gates) are
// written where they are read, as `map(fetch)`, since their paths hold digests of all that stands
// before them. What would be written too long gets a paragraph too, named by its own text's digest:
// so every text is bounded, and shared parts are written once.

namespace oche {
namespace {

constexpr std::size_t longest_reference = 120;
constexpr std::size_t longest_value = 400;

std::string short_digest(std::string_view text) {
  return fmt::format("#{:08x}", detail::lasting_hash(text) & 0xffffffffu);
}

/// On one line, whatever it holds.
std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n')
      line += "\\n";
    else if (byte < 0x20 || byte == 0x7f)
      line += fmt::format("\\x{:02x}", byte);
    else
      line += c;
  }
  if (line.size() <= longest_value) return line;
  const std::string digest = short_digest(line);
  const std::size_t whole = line.size();
  std::size_t end = 100;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xc0) == 0x80)
    --end;
  return fmt::format("{}… {} bytes {}", line.substr(0, end), whole, digest);
}

class GoldenWriter {
 public:
  explicit GoldenWriter(const Facts& facts)
      : facts_(facts), graph_(facts.graph()), references_(graph_.size()) {}

  std::string write() {
    for (NodeId node = 0; node < graph_.size(); ++node) {
      if (!graph_.is_visible(node)) {
        refer_to(node);
      } else {
        references_[node] = graph_.path(node);
        paragraphs_.emplace(graph_.path(node), paragraph(node));
      }
    }
    std::string text = fmt::format("pipeline: {}\n", references_[graph_.root()]);
    for (const auto& [name, paragraph] : paragraphs_)
      text += fmt::format("\n{}\n{}", name, paragraph);
    return text;
  }

 private:
  /// How a node without a name is written where it is read.
  void refer_to(NodeId node) {
    const Kind kind = graph_.kind(node);
    if (kind == Kind::item) {
      const Template& own = graph_.templates()[graph_.template_of(node)];
      references_[node] = fmt::format("item of {}", graph_.groups()[own.group].path);
      return;
    }
    if (kind == Kind::constant) {
      references_[node] = one_line(facts_.arguments(node).back().text);
      return;
    }
    std::string inputs;
    for (const NodeId input : graph_.inputs(node))
      inputs += (inputs.empty() ? "" : ", ") + references_[input];
    const std::string_view name = kind == Kind::expand ? "each of" : name_of(kind);
    std::string text = fmt::format("{}({})", name, inputs);
    if (text.size() > longest_reference) {
      std::string title = fmt::format("{}{}", name, short_digest(text));
      paragraphs_.emplace(title, paragraph(node));
      text = std::move(title);
    }
    references_[node] = std::move(text);
  }

  std::string paragraph(NodeId node) {
    const Kind kind = graph_.kind(node);
    std::string text = fmt::format("  {}", name_of(kind));
    if (facts_.is_work(node)) text += fmt::format(" {}", facts_.operation(node));
    if (facts_.publishes(node)) text += ", publishes";
    text += '\n';
    if (const std::string_view label = graph_.label(node); !label.empty())
      text += fmt::format("  label: {}\n", one_line(label));
    for (const Argument& one : facts_.arguments(node)) {
      const std::string_view role = one.role == detail::Role::latest    ? " (latest)"
                                    : one.role == detail::Role::context ? " (context)"
                                                                        : "";
      text += fmt::format("  {}{}: {}\n", one.name, role,
                          one.input == no_node ? one_line(one.text) : references_[one.input]);
    }
    for (const Argument& one : facts_.options(node))
      text += fmt::format("  .{}: {}\n", one.name, one_line(one.text));
    add_contract(text, node);
    return text;
  }

  void add_contract(std::string& text, NodeId node) const {
    const detail::Contract* contract = facts_.contract(node);
    if (contract == nullptr) return;
    for (const std::string& one : contract->may_run)
      text += fmt::format("  may run: {}\n", one);
    for (const std::string& one : contract->never)
      text += fmt::format("  never: {}\n", one);
    if (contract->at_most) text += fmt::format("  at most: {}\n", *contract->at_most);
  }

  const Facts& facts_;
  const Graph& graph_;
  std::vector<std::string> references_;
  std::map<std::string, std::string, std::less<>> paragraphs_;
};

}  // namespace

std::string golden(const Facts& facts) { return GoldenWriter(facts).write(); }

}  // namespace oche
