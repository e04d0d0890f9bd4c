// why_text.cpp - an answer of `why` for people, and for programs.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "base/dump_json.hpp"
#include <oche/base/record.hpp>
#include <oche/engine/why.hpp>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <string>

namespace oche {

namespace {

using Json = nlohmann::ordered_json;

Json json_of(const KeyComparison& one) {
  Json object{{"path", one.path}, {"key", one.key}, {"when", print(one.when)}};
  object["changes"] = Json::array();
  for (const KeyChange& change : one.changes) {
    Json entry{{"part", change.part}};
    entry["before"] = change.before;
    entry["now"] = change.now;
    object["changes"].push_back(std::move(entry));
  }
  return object;
}

std::string text_of(const KeyComparison& one, const std::string& path) {
  std::string text = fmt::format("  compared with the key of {}{}\n", print(one.when),
                                 one.path == path ? "" : ", of " + one.path);
  if (one.changes.empty()) return text + "    the same\n";
  for (const KeyChange& change : one.changes) {
    if (change.before.empty())
      text += fmt::format("    {}: new, {}\n", change.part, change.now);
    else if (change.now.empty())
      text += fmt::format("    {}: gone, was {}\n", change.part, change.before);
    else
      text += fmt::format("    {}:\n      was {}\n      is  {}\n", change.part, change.before,
                          change.now);
  }
  return text;
}

}  // namespace

std::string to_text(const Why& why) {
  const PlannedStep& step = why.step;
  std::string text = fmt::format("{}: {}\n  because {}\n  written {}\n", step.path,
                                 to_string(why.fate), step.reason, step.where);
  if (why.nearest) text += text_of(*why.nearest, step.path);
  if (!why.causes.empty()) text += "  from\n";
  for (const Cause& one : why.causes)
    text +=
        fmt::format("  {:{}}{} ({}): {}\n", "", 2 * (one.depth + 1), one.path, one.where, one.text);
  if (why.has_more) text += "    and more\n";
  if (why.last)
    text += fmt::format("  ran last {}, {}: {}\n", print(why.last->when), why.last->state,
                        why.last->reason);
  return text;
}

std::string to_json(const Why& why) {
  Json all{{"path", why.step.path},
           {"fate", to_string(why.fate)},
           {"reason", why.step.reason},
           {"where", why.step.where}};
  if (!why.step.key.empty()) all["key"] = why.step.key;
  if (why.nearest) all["nearest"] = json_of(*why.nearest);
  all["causes"] = Json::array();
  for (const Cause& one : why.causes)
    all["causes"].push_back(
        {{"depth", one.depth}, {"path", one.path}, {"where", one.where}, {"text", one.text}});
  if (why.has_more) all["more"] = true;
  if (why.last) {
    Json last{
        {"when", print(why.last->when)}, {"state", why.last->state}, {"reason", why.last->reason}};
    if (why.last->before) last["before"] = json_of(*why.last->before);
    all["last"] = std::move(last);
  }
  return detail::json_page(all);
}

}  // namespace oche
