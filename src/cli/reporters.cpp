// reporters.cpp - what a run is doing: as lines, live, as JSON, or only what is wrong.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "base/dump_json.hpp"
#include "base/readable_time.hpp"
#include "cli/progress.hpp"
#include "cli/terminal.hpp"
#include <oche/graph/snapshot.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace oche::cli {

namespace {

class QuietReporter final : public Reporter {
 public:
  void show(const Event& event) override {
    const bool is_bad = event.what == Event::What::warning || !event.text.empty();
    if (!is_bad) return;
    const std::string line = line_of(event, style_of(stderr) == TextStyle::coloured);
    std::fwrite(line.data(), 1, line.size(), stderr);
  }
};

class JsonReporter final : public Reporter {
 public:
  void show(const Event& event) override {
    if (event.what == Event::What::settled) return;  // the summary says so, and more
    nlohmann::ordered_json line;
    line["event"] = name_of(event.what);
    line["path"] = event.path;
    line["state"] = look_of(event.state).word;
    if (event.duration.count() > 0) {
      line["seconds"] = detail::in_seconds(event.duration);
    }
    if (!event.text.empty()) line["text"] = event.text;
    if (!event.log.empty()) line["log"] = event.log;
    print(detail::json_line(line) + "\n");
  }
};

class LineReporter : public Reporter {
 public:
  explicit LineReporter(bool coloured) : coloured_(coloured) {}
  void show(const Event& event) override {
    if (const std::string line = line_of(event, coloured_); !line.empty()) print(line);
  }

 protected:
  const bool coloured_;
};

/// Below the lines, some that move: what runs and since when, and a bar for the whole.
class LiveReporter final : public LineReporter {
 public:
  LiveReporter(bool coloured, const Graph& graph, UsualDurations usual, unsigned slots)
      : LineReporter(coloured),
        usual_(std::move(usual)),
        plan_(graph, {.durations = {usual_.begin(), usual_.end()}}),
        slots_(slots) {}

  void show(const Event& event) override {
    plan_.take(event);
    if (event.what == Event::What::started) running_[event.path] = event.at;
    if (event.what == Event::What::finished) running_.erase(event.path);
    if (line_of(event, coloured_).empty()) return;
    erase();
    LineReporter::show(event);
  }

  void tick(const Snapshot& snapshot, std::chrono::nanoseconds) override {
    erase();
    if (running_.empty()) return;
    const unsigned width = width_of(stdout);
    std::string text;
    for (const auto& [path, since] : running_) {
      std::string line = fmt::format("… {} {}", path, detail::duration_text(snapshot.at - since));
      if (const auto usual = usual_.find(path); usual != usual_.end())
        line += fmt::format(" of about {}", detail::duration_text(usual->second));
      if (line.size() > width) line.resize(width);
      text += line + "\n";
      if (++drawn_ == most_lines) break;
    }
    const Duration spent = plan_.spent(snapshot.at);
    const Share share{spent, spent + plan_.work(snapshot.at)};
    text += fmt::format("{} {}\n", bar_of(share, bar_width), left_of(plan_, slots_, snapshot.at));
    ++drawn_;
    print(text);
  }

  void finish() override { erase(); }
  [[nodiscard]] bool is_live() const override { return true; }

 private:
  static constexpr unsigned most_lines = 8;
  static constexpr unsigned bar_width = 30;

  /// The cursor goes back to where the moving lines begin, and they are cleared.
  void erase() {
    if (drawn_ > 0) print(fmt::format("\x1b[{}A\x1b[J", drawn_));
    drawn_ = 0;
  }

  const UsualDurations usual_;
  LivePlan plan_;
  const unsigned slots_;
  std::map<std::string, Time> running_;
  unsigned drawn_ = 0;
};

}  // namespace

std::unique_ptr<Reporter> make_line_reporter(const Graph& graph, UsualDurations usual,
                                             unsigned slots) {
  const bool coloured = style_of(stdout) == TextStyle::coloured;
  if (is_terminal(stdout))
    return std::make_unique<LiveReporter>(coloured, graph, std::move(usual), slots);
  return std::make_unique<LineReporter>(coloured);
}

std::unique_ptr<Reporter> make_json_reporter() { return std::make_unique<JsonReporter>(); }
std::unique_ptr<Reporter> make_quiet_reporter() { return std::make_unique<QuietReporter>(); }

}  // namespace oche::cli
