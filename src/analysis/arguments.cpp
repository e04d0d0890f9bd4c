// arguments.cpp - what an operation is given and which options it has, as names and texts.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/facts.hpp>
#include <oche/base/record.hpp>
#include <oche/base/value.hpp>

#include <fmt/core.h>

#include <utility>

namespace oche {
namespace {

constexpr std::string_view level_names[] = {"harmless", "mostly_harmless", "average",
                                            "above_average", "dangerous"};

/// The text of a known value: its JSON, since that tells the text `1` from the number.
std::string text_of_constant(const Graph& graph, NodeId node) {
  if (graph.kind(node) != Kind::constant) return {};
  const auto& value = *static_cast<const detail::Value*>(graph.term(node).payload);
  if (!value) return "unit";
  std::string text;
  if (value.type().is_record)
    detail::write_json(value.type(), value.data(), text);
  else
    text = "(opaque)";
  return text;
}

/// In the largest unit that leaves a whole number.
std::string text_of_duration(Duration duration) {
  struct Unit {
    Duration length;
    std::string_view name;
  };
  constexpr Unit units[] = {{24h, "d"}, {1h, "h"},   {1min, "min"},
                            {1s, "s"},  {1ms, "ms"}, {1us, "us"}};
  for (const Unit& unit : units)
    if (duration % unit.length == Duration{})
      return fmt::format("{}{}", duration / unit.length, unit.name);
  return fmt::format("{}ns", duration.count());
}

class ArgumentList {
 public:
  ArgumentList(const Graph& graph, NodeId node) : graph_(graph), node_(node) {}

  void add_text(std::string name, std::string text) {
    list_.push_back({std::move(name), detail::Role::keyed, no_node, std::move(text)});
  }
  void add_input(std::string name, std::size_t position, detail::Role role = detail::Role::keyed) {
    const NodeId input = graph_.inputs(node_)[position];
    list_.push_back({std::move(name), role, input, text_of_constant(graph_, input)});
  }
  void add_word(std::string name, const detail::WordSpec& word) {
    if (word.input != 0)
      add_input(std::move(name), word.input);
    else
      add_text(std::move(name), word.text);
  }
  template <class T>
  void add_if(bool differs, std::string name, const T& value) {
    if (differs) add_text(std::move(name), fmt::format("{}", value));
  }
  void add_duration(std::string name, Duration duration) {
    add_text(std::move(name), text_of_duration(duration));
  }
  void add_retry(const Retry& retry) {
    const Retry plain;
    add_if(retry.attempts != plain.attempts, "retry.attempts", retry.attempts);
    if (!(retry.on == plain.on)) {
      std::string classes;
      for (const FailureClass one : {FailureClass::failed, FailureClass::errored,
                                     FailureClass::timed_out, FailureClass::cancelled})
        if (retry.on.has(one))
          classes +=
              fmt::format("{}{}", classes.empty() ? "" : ",", value_names<FailureClass>[int(one)]);
      add_text("retry.on", classes.empty() ? "nothing" : classes);
    }
    if (retry.backoff != plain.backoff) add_duration("retry.backoff", retry.backoff);
  }
  void add_common(Level level, Duration timeout, const Retry& retry, const Needs& needs) {
    if (level != Level::average) add_text("level", std::string(level_names[int(level)]));
    if (timeout != Duration{}) add_duration("timeout", timeout);
    add_retry(retry);
    add_if(needs.cpus != Needs{}.cpus, "needs.cpus", needs.cpus);
    add_if(needs.memory != Needs{}.memory, "needs.memory", needs.memory);
  }
  [[nodiscard]] std::vector<Argument> take() { return std::move(list_); }

 private:
  const Graph& graph_;
  NodeId node_;
  std::vector<Argument> list_;
};

void add_command(ArgumentList& list, const detail::CommandSpec& spec, std::size_t inputs) {
  if (inputs > 0) list.add_input("tree", 0);
  for (std::size_t i = 0; i < spec.argv.size(); ++i)
    list.add_word(fmt::format("argv[{}]", i), spec.argv[i]);
  for (const auto& [name, word] : spec.env)
    list.add_word("env " + name, word);
  if (spec.image) list.add_word("image", *spec.image);
  for (const std::string& pattern : spec.outputs)
    list.add_text("output", pattern);
  for (const auto& [name, value] : spec.settings)
    list.add_text(name, value);
  for (const detail::ServiceSpec& service : spec.services)
    list.add_word("service " + service.name, service.image);
  for (const auto& [name, from] : spec.secrets)
    list.add_text("secret " + name, fmt::format("{}/{}", from.vault, from.name));
  if (spec.network != Network::none) list.add_text("network", "host");
}

}  // namespace

std::vector<Argument> Facts::arguments(NodeId node) const {
  ArgumentList list(graph_, node);
  const std::size_t inputs = graph_.inputs(node).size();
  if (const detail::CommandSpec* spec = command(node)) {
    add_command(list, *spec, inputs);
    return list.take();
  }
  const detail::StepPayload* payload = step(node);
  const bool controls_follow = graph_.kind(node) == Kind::gate;
  for (std::size_t i = 0; i < inputs; ++i) {
    const bool has_role = payload != nullptr && i < payload->kind->count;
    const auto role = has_role ? payload->kind->roles[i] : detail::Role::keyed;
    list.add_input(controls_follow && i > 0 ? fmt::format("on {}", i) : fmt::format("{}", i + 1), i,
                   role);
  }
  if (graph_.kind(node) == Kind::constant) list.add_text("value", text_of_constant(graph_, node));
  return list.take();
}

std::vector<Argument> Facts::options(NodeId node) const {
  ArgumentList list(graph_, node);
  if (const detail::CommandSpec* spec = command(node))
    list.add_common(spec->level, spec->timeout, spec->retry, spec->needs);
  const detail::StepPayload* payload = step(node);
  if (payload == nullptr) return list.take();
  const StepOptions& own = payload->options;
  const StepOptions plain;
  list.add_if(own.version != plain.version, "version", own.version);
  list.add_common(own.level, own.timeout, own.retry, own.needs);
  if (own.valid_for) list.add_duration("valid_for", *own.valid_for);
  list.add_if(!own.pool.empty(), "pool", own.pool);
  list.add_if(own.priority != 0, "priority", own.priority);
  list.add_if(!own.cancel_when_unwanted, "cancel_when_unwanted", false);
  list.add_if(own.keep_old_while_running, "keep_old_while_running", true);
  for (const SecretNames::Entry& entry : own.secrets)
    list.add_text("secret", fmt::format("{}/{}", entry.vault, entry.name));
  list.add_if(own.is_reading, "is_reading", true);
  return list.take();
}

}  // namespace oche
