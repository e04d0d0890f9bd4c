// failure.cpp - the one text of an error.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include <oche/base/error.hpp>

#include <algorithm>

namespace oche {
namespace {

// Escape sequences of terminals: bold red, dim, bold, and back.
struct Paint {
  explicit Paint(TextStyle style) : on(style == TextStyle::coloured) {}
  void operator()(std::string& out, const char* code, std::string_view text) const {
    if (on) out += code;
    out += text;
    if (on) out += "\x1b[0m";
  }
  bool on;
};

void add_fact(std::string& out, const Paint& paint, const Fact& fact, std::size_t width) {
  out += "  ";
  paint(out, "\x1b[2m", fact.name);
  out.append(width - detail::display_width(fact.name) + 3, ' ');
  // Further lines of a value stand under its first.
  detail::append_indented(out, fact.value, width + 5);
  out += '\n';
}

}  // namespace

std::string_view to_string(FailureClass kind) {
  switch (kind) {
    case FailureClass::failed:
      return "failed";
    case FailureClass::errored:
      return "errored";
    case FailureClass::timed_out:
      return "timed out";
    case FailureClass::cancelled:
      return "cancelled";
  }
  return "failed";
}

std::string render(const Failure& failure, TextStyle style) {
  const Paint paint(style);
  std::string out;
  paint(out, "\x1b[1;31m", "error:");
  out += ' ';
  detail::append_indented(out, failure.what, 7);
  out += '\n';
  std::vector<Fact> facts;
  if (!failure.where.empty()) facts.push_back({"where", failure.where});
  facts.insert(facts.end(), failure.facts.begin(), failure.facts.end());
  std::size_t width = 0;
  for (const Fact& fact : facts)
    width = std::max(width, detail::display_width(fact.name));
  for (const Fact& fact : facts)
    add_fact(out, paint, fact, width);
  if (!failure.hint.empty()) {
    paint(out, "\x1b[1m", "hint:");
    out += ' ';
    detail::append_indented(out, failure.hint, 6);
    out += '\n';
  }
  return out;
}

Error::Error(Failure failure)
    : std::runtime_error(failure.what),
      failure_(std::make_shared<const Failure>(std::move(failure))) {}

}  // namespace oche
