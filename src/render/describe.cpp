// describe.cpp - what stands in the box of one node.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "render/draft.hpp"
#include <oche/term/step_payload.hpp>

#include <fmt/core.h>

namespace oche::detail {
namespace {

constexpr std::size_t longest_detail = 45;

std::string word_text(const Graph& graph, NodeId node, const WordSpec& word) {
  if (word.input != 0) return fmt::format("‹{}›", graph.title(graph.inputs(node)[word.input]));
  const bool is_plain =
      !word.text.empty() && word.text.find_first_of(" \t\n\r'\"\\") == std::string::npos;
  return is_plain ? word.text : fmt::format("'{}'", word.text);
}

std::string command_detail(const Graph& graph, NodeId node) {
  const CommandSpec& spec = static_cast<const CommandPayload*>(graph.term(node).payload)->spec;
  std::string words;
  for (const WordSpec& word : spec.argv) {
    if (words.size() > longest_detail) break;
    if (!words.empty()) words += ' ';
    words += word_text(graph, node, word);
  }
  words = shortened(std::move(words), longest_detail);
  return spec.operation == "exec" ? words : fmt::format("{}: {}", spec.operation, words);
}

std::string detail_of(const Graph& graph, NodeId node, BoxKind kind, std::string_view title) {
  if (kind == BoxKind::command) return command_detail(graph, node);
  if (kind == BoxKind::choice) return fmt::format("else skipped: {}", graph.label(node));
  if (kind == BoxKind::approval) return "approval";
  if (kind == BoxKind::hole) return "known later";
  if (kind == BoxKind::function && graph.kind(node) != Kind::map)
    return std::string(name_of(graph.kind(node)));
  if (kind == BoxKind::step) {
    const auto name = static_cast<const StepPayload*>(graph.term(node).payload)->name;
    return name == title ? std::string() : std::string(name);
  }
  return {};
}

std::string valid(std::string_view text) {
  std::string result;
  append_utf8(result, text);
  return result;
}

BoxState state_of_view(const NodeView& view) {
  return {view.state, view.stale, view.reused, view.retried, valid(view.text)};
}

}  // namespace

Box describe(const Graph& graph, const Sketch& sketch, const DraftBox& draft,
             const PictureOptions& options) {
  const Spot& spot = sketch.spots[draft.spot];
  const NodeId node = spot.node;
  Box box;
  box.kind = draft.kind;
  box.id = graph.path(node);
  if (spot.item != nothing)
    box.id = in_item(box.id, sketch.items[spot.item].star, sketch.items[spot.item].view->path);
  const bool is_named = graph.is_visible(node) || draft.kind == BoxKind::constant;
  if (is_named) box.title = valid(graph.title(node));
  if (draft.kind == BoxKind::choice) box.title = "only if";
  box.detail = valid(detail_of(graph, node, draft.kind, box.title));
  box.meaning = graph.meaning(node);
  if (options.show_lines)
    for (const std::source_location& where : graph.all_wheres(node))
      box.lines.push_back({where.file_name(), where.line()});
  box.each = graph.template_of(node) != 0 &&
             (spot.item == nothing ||
              graph.groups()[graph.templates()[graph.template_of(node)].group].path !=
                  sketch.items[spot.item].star);
  if (spot.view != nullptr) box.state = state_of_view(*spot.view);
  if (spot.counts != nullptr) {
    box.counts = *spot.counts;
    if (const State state = overall(box.counts); state != State::not_wanted || !box.state)
      box.state = BoxState{state, false, false, false, {}};
  }
  return box;
}

State overall(const StateCounts& counts) {
  static constexpr State order[] = {
      State::failed, State::errored,           State::timed_out, State::cancelled, State::running,
      State::ready,  State::awaiting_approval, State::blocked,   State::ok,        State::skipped};
  for (const State state : order)
    if (counts[static_cast<std::size_t>(state)] > 0) return state;
  return State::not_wanted;
}

}  // namespace oche::detail
