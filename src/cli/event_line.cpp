// event_line.cpp - one event as a line for people.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "base/readable_time.hpp"
#include "cli/progress.hpp"
#include "cli/terminal.hpp"
#include "engine/process/log_reader.hpp"
#include <oche/graph/snapshot.hpp>

#include <fmt/color.h>
#include <fmt/format.h>

namespace oche::cli {

namespace {

constexpr std::size_t shown_log_lines = 20;

fmt::text_style style_for(State state, bool coloured) {
  if (!coloured) return {};
  switch (state) {
    case State::ok:
      return fg(fmt::terminal_color::green);
    case State::failed:
      return fg(fmt::terminal_color::red);
    case State::errored:
      return fg(fmt::terminal_color::magenta);
    case State::timed_out:
      return fg(fmt::terminal_color::red);
    case State::awaiting_approval:
      return fg(fmt::terminal_color::blue);
    default:
      return fg(fmt::terminal_color::yellow);
  }
}

/// `✗ tests  failed  1.2 s`
std::string headline(const Event& event, bool coloured, std::string_view word) {
  const StateLook& look = look_of(event.state);
  std::string line = fmt::format(
      "{} {}", fmt::format(style_for(event.state, coloured), "{} {}", look.mark, event.path), word);
  if (event.duration.count() > 0)
    line += fmt::format(" ({})", detail::duration_text(event.duration));
  return line + "\n";
}

std::string log_end(const Event& event) {
  std::string text;
  const auto lines = detail::last_lines(event.log, shown_log_lines);
  for (const std::string& line : lines)
    text += "    | " + line + "\n";
  if (!event.log.empty()) text += "    log: " + event.log + "\n";
  return text;
}

}  // namespace

std::string line_of(const Event& event, bool coloured) {
  switch (event.what) {
    case Event::What::finished:
      if (event.state == State::ok) return headline(event, coloured, "done");
      if (event.text.empty()) return headline(event, coloured, look_of(event.state).word);
      return headline(event, coloured, event.text) + log_end(event);
    case Event::What::reused:
      if (event.text.empty()) return headline(event, coloured, "reused");
      return headline(event, coloured, "reused: " + event.text) + log_end(event);
    case Event::What::waiting:
      return headline(event, coloured, "waits for a person: approve it");
    case Event::What::warning:
      return fmt::format("! {}: {}\n", event.path, event.text);
    case Event::What::gap:
      return "! some events were missed\n";
    default:
      return {};
  }
}

std::string left_of(const LivePlan& plan, unsigned slots, Time now) {
  const Progress progress = plan.progress();
  std::string text = fmt::format("{} running, {} to come", progress.running, progress.to_come);
  // Of more guesses than knowledge nobody should hear.
  if (progress.unknown * 2 > progress.running + progress.to_come) return text;
  const Duration left = plan.finish(slots, now);
  text +=
      left < 1s ? ", about to end" : fmt::format(", about {} left", detail::duration_text(left));
  return text;
}

std::string bar_of(const Share& share, unsigned width) {
  const double part = share.all.count() > 0 ? static_cast<double>(share.done.count()) /
                                                  static_cast<double>(share.all.count())
                                            : 1.0;
  const auto full = static_cast<unsigned>(part * width);
  std::string bar = "[";
  for (unsigned i = 0; i < width; ++i)
    bar += i < full ? "━" : " ";
  return bar + fmt::format("] {:3.0f} %", part * 100);
}

}  // namespace oche::cli
