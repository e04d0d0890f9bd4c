// read_json.cpp - a picture from the JSON that was written of one.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include "render/json_names.hpp"
#include <oche/render/json.hpp>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <unordered_map>

namespace oche {
namespace detail {
namespace {

using Json = nlohmann::json;

/// A value and where it stands, for errors.
class At {
 public:
  At(const Json& json, std::string pointer) : json_(json), pointer_(std::move(pointer)) {}

  [[noreturn]] void fail(std::string_view what) const {
    throw Error(fmt::format("at {}: {}", pointer_.empty() ? "/" : pointer_, what));
  }
  [[nodiscard]] bool has(const char* name) const { return object().contains(name); }
  [[nodiscard]] At operator[](const char* name) const {
    const auto found = object().find(name);
    if (found == object().end()) fail(fmt::format("expected a member '{}'", name));
    return {*found, fmt::format("{}/{}", pointer_, name)};
  }
  [[nodiscard]] std::string text() const {
    if (!json_.is_string()) fail(fmt::format("expected text, got {}", json_.type_name()));
    return json_.get<std::string>();
  }
  [[nodiscard]] bool flag() const {
    if (!json_.is_boolean()) fail(fmt::format("expected true or false, got {}", json_.type_name()));
    return json_.get<bool>();
  }
  [[nodiscard]] std::uint32_t number() const {
    if (!json_.is_number_unsigned() || json_.get<std::uint64_t>() > 0xffffffffu)
      fail("expected a whole number from 0 to 4294967295");
    return json_.get<std::uint32_t>();
  }
  /// The place of the text among `names`.
  template <class Name, std::size_t N>
  [[nodiscard]] std::size_t one_of(const Name (&names)[N]) const {
    const std::string word = text();
    const auto found = std::find(std::begin(names), std::end(names), word);
    if (found == std::end(names)) fail(fmt::format("'{}' is not known here", word));
    return static_cast<std::size_t>(found - std::begin(names));
  }
  template <class Each>
  void each(Each use) const {
    if (!json_.is_array()) fail(fmt::format("expected a list, got {}", json_.type_name()));
    for (std::size_t i = 0; i < json_.size(); ++i)
      use(At(json_[i], fmt::format("{}/{}", pointer_, i)));
  }
  /// Refuses members that nobody knows: a newer version's, or a mistake.
  void only(std::initializer_list<std::string_view> names) const {
    for (const auto& [name, value] : object().items())
      if (std::find(names.begin(), names.end(), name) == names.end())
        fail(fmt::format("unknown member '{}'", name));
  }
  [[nodiscard]] const Json& object() const {
    if (!json_.is_object()) fail(fmt::format("expected an object, got {}", json_.type_name()));
    return json_;
  }

 private:
  const Json& json_;
  std::string pointer_;
};

std::vector<SourceLine> lines_at(const At& at) {
  std::vector<SourceLine> lines;
  at.each([&](const At& line) {
    line.only({"file", "line"});
    lines.push_back({line["file"].text(), line["line"].number()});
  });
  return lines;
}

StateCounts counts_at(const At& at) {
  StateCounts counts = {};
  at.only({"not_wanted", "ok", "ready", "running", "awaiting_approval", "failed", "errored",
           "timed_out", "cancelled", "skipped", "blocked"});
  for (std::size_t i = 0; i < state_count; ++i) {
    const std::string name(state_names[i]);
    if (at.has(name.c_str())) counts[i] = at[name.c_str()].number();
  }
  return counts;
}

BoxState state_at(const At& at) {
  at.only({"state", "stale", "reused", "retried", "text"});
  BoxState state;
  state.state = static_cast<State>(at["state"].one_of(state_names));
  if (at.has("stale")) state.stale = at["stale"].flag();
  if (at.has("reused")) state.reused = at["reused"].flag();
  if (at.has("retried")) state.retried = at["retried"].flag();
  if (at.has("text")) state.text = at["text"].text();
  return state;
}

class Reader {
 public:
  explicit Reader(const At& root) : root_(root) {}

  Picture run() {
    // The outline is no part of the picture.
    root_.only({"format", "version", "title", "states", "counts", "groups", "nodes", "edges",
                "notes", "outline"});
    if (root_["format"].text() != "oche-picture") root_["format"].fail("expected 'oche-picture'");
    const std::uint32_t version = root_["version"].number();
    if (version != 1 && version != 2)
      root_["version"].fail("this version of oche reads versions 1 and 2");
    picture_.title = root_["title"].text();
    picture_.has_states = root_["states"].flag();
    picture_.frames.front().counts = counts_at(root_["counts"]);
    root_["groups"].each([this](const At& at) { add_frame(at); });
    root_["nodes"].each([this](const At& at) { add_box(at); });
    root_["edges"].each([this](const At& at) { add_arrow(at); });
    root_["notes"].each([this](const At& at) { picture_.notes.push_back(at.text()); });
    return std::move(picture_);
  }

 private:
  using Index = std::unordered_map<std::string, std::uint32_t>;

  static std::uint32_t find(const Index& index, const At& at, std::string_view what) {
    const auto found = index.find(at.text());
    if (found == index.end()) at.fail(fmt::format("no {} '{}' before", what, at.text()));
    return found->second;
  }

  static void enter(Index& index, const At& at, std::size_t place) {
    if (!index.emplace(at.text(), static_cast<std::uint32_t>(place)).second)
      at.fail(fmt::format("'{}' is there twice", at.text()));
  }

  void add_frame(const At& at) {
    at.only({"id", "title", "parent", "kind", "items", "counts", "lines"});
    Frame frame;
    frame.id = at["id"].text();
    enter(frames_, at["id"], picture_.frames.size());
    frame.title = at["title"].text();
    if (at.has("parent")) frame.parent = find(frames_, at["parent"], "group");
    frame.kind = static_cast<FrameKind>(at["kind"].one_of(frame_names));
    if (at.has("items")) frame.items = at["items"].number();
    if (at.has("counts")) frame.counts = counts_at(at["counts"]);
    if (at.has("lines")) frame.lines = lines_at(at["lines"]);
    picture_.frames.push_back(std::move(frame));
  }

  void add_box(const At& at) {
    at.only({"id", "kind", "title", "detail", "group", "steps", "each", "critical", "state",
             "counts", "meaning", "lines"});
    Box box;
    box.id = at["id"].text();
    enter(boxes_, at["id"], picture_.boxes.size());
    box.kind = kind_at(at["kind"]);
    box.title = at["title"].text();
    if (at.has("detail")) box.detail = at["detail"].text();
    if (at.has("group")) box.frame = find(frames_, at["group"], "group");
    if (at.has("steps")) box.steps = at["steps"].number();
    if (at.has("each")) box.each = at["each"].flag();
    if (at.has("critical")) box.critical = at["critical"].flag();
    if (at.has("state")) box.state = state_at(at["state"]);
    if (at.has("counts")) box.counts = counts_at(at["counts"]);
    if (at.has("meaning")) box.meaning = meaning_at(at["meaning"]);
    if (at.has("lines")) box.lines = lines_at(at["lines"]);
    picture_.boxes.push_back(std::move(box));
  }

  static BoxKind kind_at(const At& at) {
    std::string_view names[box_kind_count];
    for (std::size_t i = 0; i < box_kind_count; ++i)
      names[i] = name_of(static_cast<BoxKind>(i));
    return static_cast<BoxKind>(at.one_of(names));
  }

  static std::uint64_t meaning_at(const At& at) {
    const std::string digits = at.text();
    std::uint64_t value = 0;
    const char* const end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, value, 16);
    if (digits.size() != 16 || error != std::errc() || stop != end)
      at.fail("expected 16 hexadecimal digits");
    return value;
  }

  void add_arrow(const At& at) {
    at.only({"from", "to", "kind", "label"});
    Arrow arrow;
    arrow.from = find(boxes_, at["from"], "node");
    arrow.to = find(boxes_, at["to"], "node");
    arrow.kind = static_cast<Edge>(at["kind"].one_of(edge_names));
    if (at.has("label")) arrow.label = at["label"].text();
    picture_.arrows.push_back(std::move(arrow));
  }

  const At& root_;
  Picture picture_;
  Index frames_, boxes_;
};

Failure no_json(std::string_view text, const Json::parse_error& error) {
  // `byte` counts from 1, and is one further where the text ends too early.
  const std::size_t at = std::min(error.byte == 0 ? 0 : error.byte - 1, text.size());
  const std::string_view before = text.substr(0, at);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t start = before.find_last_of('\n');
  const std::size_t column = start == before.npos ? at + 1 : at - start;
  const std::string_view said = error.what();
  const std::size_t colon = said.rfind(": ");
  return Failure{fmt::format("at {}:{}: {}", line, column,
                             colon == said.npos ? said : said.substr(colon + 2))};
}

}  // namespace
}  // namespace detail

Result<Picture> picture_from_json(std::string_view text) {
  try {
    const detail::Json json = detail::Json::parse(text);
    const detail::At root(json, "");
    return detail::Reader(root).run();
  } catch (const detail::Json::parse_error& error) {
    return detail::no_json(text, error);
  } catch (const Error& error) {
    return error.failure();
  }
}

}  // namespace oche
