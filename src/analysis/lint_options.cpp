// lint_options.cpp - options and arguments that do not go together.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/lint_sink.hpp"
#include "analysis/work_ahead.hpp"
#include <oche/schedule/pools.hpp>

#include <fmt/core.h>

#include <algorithm>

namespace oche::detail {
namespace {

/// A point in time, anywhere in a value; types are nested as deep as somebody wrote them.
bool holds_instant(const Type* type, int depth = 0) {
  if (type == nullptr || depth > 8) return false;
  if (type->shape == Shape::instant) return true;
  if (type->shape == Shape::choice || type->shape == Shape::duration) return false;
  if (holds_instant(type->element, depth + 1)) return true;
  if (type->members == nullptr) return false;
  return std::any_of(type->members, type->members + type->count,
                     [&](const Member& one) { return holds_instant(one.type, depth + 1); });
}

void lint_key(const Facts& facts, NodeId node, LintSink& sink) {
  const StepPayload* step = facts.step(node);
  if (step == nullptr) return;
  const auto inputs = facts.graph().inputs(node);
  for (std::uint32_t i = 0; i < inputs.size() && i < step->kind->count; ++i)
    if (step->kind->roles[i] == Role::keyed && holds_instant(step->kind->parameters[i]))
      sink.add("volatile-key", node,
               fmt::format("a time is part of its key, by argument {}: its result is hardly ever "
                           "found again",
                           i + 1),
               "take it as Context<…>, or cut it to the day or hour that matters", inputs[i]);
}

struct Downloader {
  std::string_view program;
  std::string_view word;  // one of its words; empty: any
};
constexpr Downloader downloaders[] = {
    {"curl", ""},          {"wget", ""},        {"ssh", ""},
    {"scp", ""},           {"git", "clone"},    {"git", "fetch"},
    {"git", "pull"},       {"git", "push"},     {"pip", "install"},
    {"pip3", "install"},   {"pip", "download"}, {"npm", "install"},
    {"npm", "ci"},         {"npm", "publish"},  {"apt-get", "install"},
    {"apt-get", "update"}, {"apt", "install"},  {"apk", "add"},
    {"dnf", "install"},    {"docker", "pull"},  {"docker", "push"},
    {"podman", "pull"},    {"podman", "push"},  {"cargo", "publish"},
    {"twine", "upload"},
};

std::string_view base_name(std::string_view program) {
  return program.substr(program.find_last_of('/') + 1);
}

void lint_network(const Facts& facts, NodeId node, LintSink& sink) {
  const CommandSpec* spec = facts.command(node);
  if (spec == nullptr || spec->network != Network::none || spec->argv.empty()) return;
  std::size_t first = 0;
  // `python3 -m pip install` is pip's.
  if (spec->argv.size() > 2 && base_name(spec->argv[0].text).starts_with("python") &&
      spec->argv[1].text == "-m")
    first = 2;
  const std::string_view program = base_name(spec->argv[first].text);
  const auto words = std::span(spec->argv).subspan(first + 1);
  for (const Downloader& one : downloaders) {
    if (one.program != program) continue;
    const bool has_word = std::any_of(words.begin(), words.end(), [&](const WordSpec& word) {
      return word.input == 0 && word.text == one.word;
    });
    if (!one.word.empty() && !has_word) continue;
    sink.add("undeclared-network", node,
             fmt::format("{}{}{} needs a network, and the command has none", one.program,
                         one.word.empty() ? "" : " ", one.word),
             "say .network = Network::host, or fetch what it needs in a step of its own");
    return;
  }
}

void lint_size(const Facts& facts, NodeId node, const LintOptions& options, LintSink& sink) {
  const Needs needs = facts.needs(node);
  for (const std::string_view name : scheduling::pool_names(facts.pool(node))) {
    const auto pool = options.pools.find(std::string(name));
    if (pool == options.pools.end()) continue;
    const Needs& has = pool->second;
    const bool too_many = needs.cpus > has.cpus;
    if (!too_many && needs.memory <= has.memory) continue;
    sink.add("too-big", node,
             too_many ? fmt::format("needs {} cpus, and its pool has {}", needs.cpus, has.cpus)
                      : fmt::format("needs {} bytes of memory, and its pool has {}", needs.memory,
                                    has.memory),
             "ask for less, or name another pool");
    return;
  }
}

}  // namespace

void lint_options(const Facts& facts, const LintOptions& options, LintSink& sink) {
  const Graph& graph = facts.graph();
  const WorkAhead ask_ahead(facts);
  for (NodeId node = 0; node < graph.size(); ++node) {
    ask_ahead(node);
    if (graph.kind(node) == Kind::dynamic) {
      const Shape shape = graph.term(graph.inputs(node)[0]).type->shape;
      if (shape == Shape::list || shape == Shape::set)
        sink.add("needless-hole", node, "is a hole over a list: nothing behind it can be analysed",
                 "use list_map or list_iter, if it does the same for each item");
    }
    if (!facts.is_work(node)) continue;
    lint_key(facts, node, sink);
    lint_network(facts, node, sink);
    if (!options.pools.empty()) lint_size(facts, node, options, sink);
    const auto valid = facts.valid_for(node);
    if (valid && facts.timeout(node) > *valid)
      sink.add("short-validity", node,
               "may take longer, by its timeout, than its result stays valid",
               "raise .valid_for, or lower .timeout");
  }
}

}  // namespace oche::detail
