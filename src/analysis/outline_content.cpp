// outline_content.cpp - digests of what nodes do, and texts of what they are given.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/outline_content.hpp"

#include "base/make_set.hpp"
#include <oche/base/digest.hpp>
#include <oche/base/value.hpp>

#include <fmt/format.h>

#include <utility>

namespace oche::detail {
namespace {

constexpr std::size_t longest_text = 120;

/// Texts one after the other never meet: each is preceded by its length.
class Parts {
 public:
  Parts& add(std::string_view text) {
    bytes_ += fmt::format("{}:", text.size());
    bytes_ += text;
    return *this;
  }
  Parts& add(const std::vector<std::string>& texts) {
    add(std::to_string(texts.size()));
    for (const std::string& text : texts)
      add(text);
    return *this;
  }
  /// 128 bits are enough for what nobody forges.
  [[nodiscard]] std::string digest() const { return sha256(bytes_).short_hex(32); }

 private:
  std::string bytes_;
};

/// Whoever exchanges or doubles the inputs from there on has changed nothing.
std::size_t first_of_set(Kind kind, std::size_t inputs) {
  return kind == Kind::all ? 0 : kind == Kind::gate ? 1 : inputs;
}

/// Wherever its nodes are, a text is as long.
std::size_t length_of(std::string_view text) {
  constexpr std::size_t of_path = 12;
  std::size_t length = 0;
  bool is_in_path = false;
  for (const char byte : text) {
    if (byte == '\x01') length += of_path;
    is_in_path = byte == '\x01' || (is_in_path && byte != '\x02');
    if (!is_in_path) ++length;
  }
  return length;
}

std::string digest_of_constant(const Node& node) {
  const auto& value = *static_cast<const Value*>(node.payload);
  if (!value) return "unit";
  return value.type().is_record ? value.digest().hex() : "opaque";
}

}  // namespace

bool Contents::is_listed(const Graph& graph, NodeId node) {
  switch (graph.kind(node)) {
    case Kind::step:
    case Kind::command:
    case Kind::input:
    case Kind::approve:
    case Kind::fold:
    case Kind::dynamic:
      return true;
    default:
      return false;
  }
}

Contents::Contents(const Facts& facts) : facts_(facts), graph_(facts.graph()) {
  const NodeId size = facts.size();
  for (auto* list : {&content_, &named_, &key_, &own_key_, &reference_, &values_})
    list->resize(size);
  for (NodeId node = 0; node < size; ++node) {
    content_[node] = content_of(node);
    named_[node] = named_of(node);
    key_[node] = key_of(node, key_);
    own_key_[node] = key_of(node, values_);
    values_[node] = facts.is_work(node) ? "work" : own_key_[node];
    reference_[node] = reference_of(node);
  }
}

/// Of the inputs in order; those that are a set sorted, behind the others.
std::vector<std::string> Contents::of_inputs(NodeId node,
                                             const std::vector<std::string>& from) const {
  std::vector<std::string> ordered, set;
  const Kind kind = graph_.kind(node);
  const auto inputs = graph_.inputs(node);
  const std::size_t first = first_of_set(kind, inputs.size());
  for (std::size_t i = 0; i < inputs.size(); ++i)
    (i >= first ? set : ordered).push_back(from[inputs[i]]);
  make_set(set);
  ordered.insert(ordered.end(), set.begin(), set.end());
  if (kind == Kind::item && graph_.template_of(node) != 0)
    ordered.push_back(from[graph_.templates()[graph_.template_of(node)].expand]);
  return ordered;
}

/// What a node is, beside its inputs. A label counts where it is more than a name.
std::string Contents::own_part(NodeId node) const {
  const Kind kind = graph_.kind(node);
  Parts parts;
  parts.add(name_of(kind));
  const bool is_named = kind == Kind::input || kind == Kind::approve || kind == Kind::fold ||
                        kind == Kind::dynamic || kind == Kind::only_if || kind == Kind::failed ||
                        kind == Kind::pending;
  if (is_named) parts.add(graph_.label(node));
  if (kind == Kind::constant) parts.add(digest_of_constant(graph_.term(node)));
  if (facts_.is_work(node)) parts.add(facts_.operation(node));
  for (const Argument& one : facts_.arguments(node)) {
    if (kind == Kind::constant || kind == Kind::gate || kind == Kind::all) break;
    parts.add(one.name).add(std::to_string(static_cast<int>(one.role)));
    if (one.input == no_node) parts.add(one.text);
  }
  for (const Argument& one : facts_.options(node))
    parts.add(one.name).add(one.text);
  if (const Contract* contract = facts_.contract(node)) {
    parts.add(contract->may_run).add(contract->never);
    if (contract->at_most) parts.add(std::to_string(*contract->at_most));
  }
  return parts.digest();
}

std::string Contents::content_of(NodeId node) const {
  return Parts().add(own_part(node)).add(of_inputs(node, content_)).digest();
}

std::string Contents::named_of(NodeId node) const {
  if (is_listed(graph_, node)) return Parts().add("path").add(graph_.path(node)).digest();
  return Parts().add(own_part(node)).add(of_inputs(node, named_)).digest();
}

std::string Contents::work_key(NodeId node, const std::vector<std::string>& keys) const {
  Parts parts;
  parts.add(name_of(graph_.kind(node))).add(facts_.operation(node));
  if (const StepPayload* step = facts_.step(node)) parts.add(std::to_string(step->options.version));
  for (const Argument& one : facts_.arguments(node)) {
    if (one.role == Role::context || one.name.starts_with("service ")) continue;
    parts.add(one.name).add(one.input == no_node ? one.text : keys[one.input]);
  }
  return parts.digest();
}

std::string Contents::key_of(NodeId node, const std::vector<std::string>& keys) const {
  const auto inputs = graph_.inputs(node);
  const Kind kind = graph_.kind(node);
  switch (kind) {
    case Kind::step:
    case Kind::command:
      return work_key(node, keys);
    case Kind::constant:
      return Parts().add("constant").add(digest_of_constant(graph_.term(node))).digest();
    case Kind::gate:
    case Kind::approve:
    case Kind::map_error:
      return keys[inputs[0]];
    case Kind::only_if:
      return keys[inputs[1]];
    case Kind::all:
    case Kind::advisory:
    case Kind::list_iter:
      return "unit";
    case Kind::input:
    case Kind::fold:
    case Kind::dynamic:
    case Kind::failed:
    case Kind::pending:
      return Parts().add(name_of(kind)).add(graph_.label(node)).add(of_inputs(node, keys)).digest();
    default:
      return Parts().add(name_of(kind)).add(of_inputs(node, keys)).digest();
  }
}

/// A set is in marks, too: where paths change, so does its order.
std::string Contents::inputs_text(NodeId node) const {
  const std::size_t first = first_of_set(graph_.kind(node), graph_.inputs(node).size());
  const std::vector<std::string> all = of_inputs(node, reference_);
  std::string text;
  for (std::size_t i = 0; i < all.size(); ++i) {
    text += i == 0 ? "" : i > first ? "\x04" : ", ";
    text += i == first ? "\x03" : "";
    text += all[i];
  }
  return first < all.size() ? text + "\x05" : text;
}

std::string Contents::reference_of(NodeId node) const {
  const Kind kind = graph_.kind(node);
  if (is_listed(graph_, node)) return fmt::format("\x01{}\x02", graph_.path(node));
  std::string text;
  if (kind == Kind::constant) {
    text = facts_.arguments(node).back().text;
  } else if (kind == Kind::item) {
    text =
        fmt::format("item of {}", reference_[graph_.templates()[graph_.template_of(node)].expand]);
  } else {
    text =
        fmt::format("{}({})", kind == Kind::expand ? "each of" : name_of(kind), inputs_text(node));
  }
  if (length_of(text) <= longest_text) return text;
  // Cut, it must still differ where the whole does; and neither where only a path does, nor where
  // only what stands at one does. So either digest being equal is enough.
  return fmt::format("{}~\x06{}~{}\x07", kind == Kind::constant ? "value" : name_of(kind),
                     content_[node].substr(0, 12), named_[node].substr(0, 12));
}

}  // namespace oche::detail
