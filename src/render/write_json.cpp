// write_json.cpp - a picture as JSON.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include "base/dump_json.hpp"
#include "render/json_names.hpp"
#include <oche/render/json.hpp>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace oche {
namespace detail {
namespace {

using Json = nlohmann::ordered_json;

Json lines_of(const std::vector<SourceLine>& lines) {
  Json list = Json::array();
  for (const SourceLine& line : lines)
    list.push_back({{"file", line.file}, {"line", line.line}});
  return list;
}

Json counts_of(const StateCounts& counts) {
  Json object = Json::object();
  for (std::size_t i = 0; i < state_count; ++i)
    if (counts[i] != 0) object[std::string(state_names[i])] = counts[i];
  return object;
}

Json state_of(const BoxState& state) {
  Json object = {{"state", state_names[static_cast<std::size_t>(state.state)]}};
  if (state.stale) object["stale"] = true;
  if (state.reused) object["reused"] = true;
  if (state.retried) object["retried"] = true;
  if (!state.text.empty()) object["text"] = state.text;
  return object;
}

Json json_of(const Picture& picture, const Frame& frame) {
  Json object = {{"id", frame.id}, {"title", frame.title}};
  if (frame.parent != 0) object["parent"] = picture.frames[frame.parent].id;
  object["kind"] = frame_names[static_cast<std::size_t>(frame.kind)];
  if (frame.items) object["items"] = *frame.items;
  if (Json counts = counts_of(frame.counts); !counts.empty()) object["counts"] = std::move(counts);
  if (!frame.lines.empty()) object["lines"] = lines_of(frame.lines);
  return object;
}

Json json_of(const Picture& picture, const Box& box) {
  Json object = {{"id", box.id}, {"kind", name_of(box.kind)}, {"title", box.title}};
  if (!box.detail.empty()) object["detail"] = box.detail;
  if (box.frame != 0) object["group"] = picture.frames[box.frame].id;
  if (box.steps != 0) object["steps"] = box.steps;
  if (box.each) object["each"] = true;
  if (box.critical) object["critical"] = true;
  if (box.state) object["state"] = state_of(*box.state);
  if (Json counts = counts_of(box.counts); !counts.empty()) object["counts"] = std::move(counts);
  if (box.meaning != 0) object["meaning"] = fmt::format("{:016x}", box.meaning);
  if (!box.lines.empty()) object["lines"] = lines_of(box.lines);
  return object;
}

Json json_of(const Picture& picture, const Arrow& arrow) {
  Json object = {{"from", picture.boxes[arrow.from].id},
                 {"to", picture.boxes[arrow.to].id},
                 {"kind", edge_names[static_cast<std::size_t>(arrow.kind)]}};
  if (!arrow.label.empty()) object["label"] = arrow.label;
  return object;
}

/// A file's name may be no UTF-8; everything else is.
std::string dumped(const Json& json) { return detail::json_line(json); }

/// One entry a line, so that two versions can be compared line by line.
template <class List, class Make>
void write_list(std::string& out, std::string_view name, const List& list, std::size_t skip,
                Make make) {
  out += fmt::format(",\n\"{}\": [", name);
  for (std::size_t i = skip; i < list.size(); ++i) {
    out += i == skip ? "\n  " : ",\n  ";
    out += dumped(make(list[i]));
  }
  out += list.size() > skip ? "\n]" : "]";
}

}  // namespace
}  // namespace detail

std::string to_json(const Picture& picture) { return to_json(picture, {}); }

std::string to_json(const Picture& picture, std::string_view outline) {
  const auto make = [&](const auto& part) { return detail::json_of(picture, part); };
  std::string out = "{\"format\": \"oche-picture\", \"version\": 2,\n\"title\": ";
  out += detail::dumped(picture.title);
  out += fmt::format(",\n\"states\": {},\n\"counts\": {}", picture.has_states,
                     detail::dumped(detail::counts_of(picture.frames.front().counts)));
  detail::write_list(out, "groups", picture.frames, 1, make);
  detail::write_list(out, "nodes", picture.boxes, 0, make);
  detail::write_list(out, "edges", picture.arrows, 0, make);
  detail::write_list(out, "notes", picture.notes, 0,
                     [](const std::string& note) { return detail::Json(note); });
  if (!outline.empty()) {
    out += ",\n\"outline\": ";
    out += outline;
  }
  return out + "\n}\n";
}

std::string to_json(const Graph& graph) {
  return to_json(picture(graph, {.open = Open::all, .show_implied = true}));
}

}  // namespace oche
