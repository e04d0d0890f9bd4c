// picture.hpp - what is drawn of a graph: boxes, arrows and frames, as plain data.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/outcome.hpp>
#include <oche/graph/snapshot.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace oche {

/// What a box stands for; each kind has a shape of its own.
enum class BoxKind : std::uint8_t {
  step,      ///< a function on a worker thread
  command,   ///< a program
  input,     ///< what comes from outside
  constant,  ///< a known value
  function,  ///< a pure function that has a name
  gate,      ///< lets a value through after its controls
  choice,    ///< `only_if`
  join,      ///< many before many
  approval,  ///< waits for a person
  fold,      ///< remembers
  hole,      ///< `dynamic`
  section,   ///< a closed section: what is in it is counted
  list,      ///< a closed template: what is done for each item
};
inline constexpr std::size_t box_kind_count = 13;
[[nodiscard]] std::string_view name_of(BoxKind kind);

/// How many of what is counted are in each State.
using StateCounts = std::array<std::uint32_t, state_count>;

/// A line of the user's program.
struct SourceLine {
  std::string file;
  std::uint32_t line = 0;
  friend bool operator==(const SourceLine&, const SourceLine&) = default;
};

/// What a snapshot says of a box.
struct BoxState {
  State state = State::not_wanted;
  bool stale = false;
  bool reused = false;
  bool retried = false;
  std::string text;  ///< what went wrong, or why it waits
  friend bool operator==(const BoxState&, const BoxState&) = default;
};

struct Box {
  std::string id;  ///< its path; unique in the picture
  BoxKind kind = BoxKind::step;
  std::string title;
  std::string detail;                  ///< in small: the words of a command, and the like
  std::uint32_t frame = 0;             ///< where it stands, in `Picture::frames`
  std::uint32_t steps = 0;             ///< closed sections and lists: steps and commands in it
  bool each = false;                   ///< stands for one for each item of a list
  std::vector<SourceLine> lines = {};  ///< where it was written
  std::optional<BoxState> state = {};  ///< if there is a snapshot
  StateCounts counts = {};             ///< of what is in it, or of the items it stands for
  std::uint64_t meaning = 0;           ///< Graph::meaning; 0 if it stands for no single node
  bool critical = false;               ///< on the longest path
  friend bool operator==(const Box&, const Box&) = default;
};

struct Arrow {
  std::uint32_t from = 0;  ///< in `Picture::boxes`
  std::uint32_t to = 0;
  Edge kind = Edge::data;
  std::string label = {};
  friend bool operator==(const Arrow&, const Arrow&) = default;
};

enum class FrameKind : std::uint8_t {
  section,
  each,   ///< a template, drawn once for all items
  items,  ///< a list whose items are drawn
  item,   ///< one of them
};

/// A group that is open. [0] is the whole picture.
struct Frame {
  std::string id;
  std::string title;
  std::uint32_t parent = 0;
  FrameKind kind = FrameKind::section;
  std::optional<std::uint32_t> items = {};  ///< of a list, if they are known
  StateCounts counts = {};                  ///< of the steps and commands in it
  std::vector<SourceLine> lines = {};
  friend bool operator==(const Frame&, const Frame&) = default;
};

/// What is drawn. Every format is made from one, and from nothing else.
///
/// Boxes stand in an order in which arrows lead forward, but where closed groups depend on each
/// other both ways.
struct Picture {
  std::string title;
  bool has_states = false;
  std::vector<Box> boxes;
  std::vector<Arrow> arrows;  ///< by `to`, then `from`; none twice
  std::vector<Frame> frames = std::vector<Frame>(1);
  std::vector<std::string> notes;  ///< what was left out, for the reader
  friend bool operator==(const Picture&, const Picture&) = default;
};

enum class Open : std::uint8_t {
  automatic,  ///< groups are opened from the outside in, as long as there is room
  all,
  none,
};

/// How much is drawn.
struct PictureOptions {
  std::string title = {};
  Open open = Open::automatic;
  /// Paths of groups that are open, with those around them, whatever else is said. With a snapshot
  /// an
  /// opened template (`platforms/*`) shows each of its items.
  std::set<std::string> expanded = {};
  std::set<std::string> collapsed = {};          ///< paths of groups that are closed
  std::uint32_t most_depth = ~std::uint32_t{0};  ///< of groups in groups
  std::size_t most_boxes = 300;                  ///< for `automatic`; a picture of more is no help
  bool show_implied = false;                     ///< arrows that follow from others
  bool show_lines = true;                        ///< where things were written
};

/// The picture of a graph, and of its states if there is a snapshot of them.
///
/// Values that are only handed on (functions without a name, tuples, lists) become arrows. Where
/// many
/// are needed by many, a join is drawn. Control and context arrows that follow from others are left
/// out, and so are data arrows unless they lead to a gate.
/// Cost: linear in the graph; leaving out arrows is bounded, and skipped above 20,000 boxes.
[[nodiscard]] Picture picture(const Graph& graph, const PictureOptions& options = {},
                              const Snapshot* snapshot = nullptr);

enum class Direction : std::uint8_t { right, down };

/// How it is drawn.
struct DrawOptions {
  Direction direction = Direction::right;
  /// Boxes link there: `{file}`, `{line}` and `{path}` are replaced, percent-encoded. Empty: none.
  std::string link = {};
  bool tooltips = true;  ///< paths and source lines
};

}  // namespace oche
