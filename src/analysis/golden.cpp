// golden.cpp - writes a pipeline down without anything that moves by itself.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/golden.hpp>

#include "base/text.hpp"
#include "graph/names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <tuple>
#include <utility>

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
        add_paragraph(node);
      }
    }
    std::sort(paragraphs_.begin(), paragraphs_.end());
    std::string text = fmt::format("pipeline: {}\n", references_[graph_.root()]);
    text.reserve(text.size() + text_.size() + paragraphs_.size() * 16);
    std::string_view last;
    for (const Paragraph& one : paragraphs_) {
      if (one.name == last) continue;  // shared parts have one name, and say the same
      last = one.name;
      text.append(1, '\n').append(last).append(1, '\n');
      text.append(text_, one.start, one.size);
    }
    return text;
  }

 private:
  struct Paragraph {
    std::uint64_t first;    ///< the first bytes of the name, to compare most names at once
    std::string_view name;  ///< in `references_`
    std::size_t start;      ///< in `text_`
    std::size_t size;
    friend bool operator<(const Paragraph& a, const Paragraph& b) {
      return std::tie(a.first, a.name, a.start) < std::tie(b.first, b.name, b.start);
    }
  };

  /// Of a node whose reference is known.
  void add_paragraph(NodeId node) {
    const std::string_view name = references_[node];
    std::uint64_t first = 0;
    for (std::size_t i = 0; i < 8; ++i)
      first = first << 8 | (i < name.size() ? static_cast<unsigned char>(name[i]) : 0u);
    const std::size_t start = text_.size();
    write_paragraph(node);
    paragraphs_.push_back({first, name, start, text_.size() - start});
  }

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
    const bool is_long = text.size() > longest_reference;
    references_[node] = is_long ? fmt::format("{}{}", name, short_digest(text)) : std::move(text);
    if (is_long) add_paragraph(node);
  }

  template <class... Parts>
  void say(fmt::format_string<Parts...> format, Parts&&... parts) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Parts>(parts)...);
  }

  void write_paragraph(NodeId node) {
    const Kind kind = graph_.kind(node);
    say("  {}", name_of(kind));
    if (facts_.is_work(node)) say(" {}", facts_.operation(node));
    if (facts_.publishes(node)) text_ += ", publishes";
    text_ += '\n';
    if (const std::string_view label = graph_.label(node); !label.empty())
      say("  label: {}\n", one_line(label));
    for (const Argument& one : facts_.arguments(node)) {
      const std::string_view role = one.role == detail::Role::latest    ? " (latest)"
                                    : one.role == detail::Role::context ? " (context)"
                                                                        : "";
      say("  {}{}: {}\n", one.name, role,
          one.input == no_node ? one_line(one.text) : references_[one.input]);
    }
    for (const Argument& one : facts_.options(node))
      say("  .{}: {}\n", one.name, one_line(one.text));
    add_contract(node);
  }

  void add_contract(NodeId node) {
    const detail::Contract* contract = facts_.contract(node);
    if (contract == nullptr) return;
    for (const std::string& one : contract->may_run)
      say("  may run: {}\n", one);
    for (const std::string& one : contract->never)
      say("  never: {}\n", one);
    if (contract->at_most) say("  at most: {}\n", *contract->at_most);
  }

  const Facts& facts_;
  const Graph& graph_;
  std::vector<std::string> references_;
  std::string text_;  ///< the paragraphs, in the order of the graph
  std::vector<Paragraph> paragraphs_;
};

}  // namespace

std::string golden(const Facts& facts) { return GoldenWriter(facts).write(); }

}  // namespace oche
