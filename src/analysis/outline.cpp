// outline.cpp - what a pipeline does, as plain data to keep.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/outline.hpp>

#include "analysis/outline_content.hpp"
#include "analysis/outline_needs.hpp"
#include "base/make_set.hpp"
#include <oche/analysis/secrets.hpp>

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace oche {
namespace {

using detail::Contents;

class Outliner {
 public:
  explicit Outliner(const Facts& facts)
      : facts_(facts),
        graph_(facts.graph()),
        contents_(facts),
        conditions_(detail::asked_if(graph_)),
        seen_(facts.size()) {}

  Outline make(const CheckReport& report) {
    find_secrets();
    const auto needs = detail::needs_of_dangerous(facts_);
    for (NodeId node = 0; node < facts_.size(); ++node) {
      if (Contents::is_listed(graph_, node)) {
        add(node);
        if (const auto found = needs.find(node); found != needs.end())
          for (const NodeId one : found->second)
            outline_.nodes.back().needs.emplace_back(marked(graph_.path(one)));
        auto& list = outline_.nodes.back().needs;
        std::sort(list.begin(), list.end());
      }
      add_function(node);
      add_order(node);
    }
    add_pipeline();
    for (const Answer& answer : report.answers)
      outline_.policies.push_back(
          {.text = answer.policy,
           .holds = answer.verdict == Verdict::holds || answer.verdict == Verdict::nothing,
           .is_known = answer.verdict != Verdict::not_known});
    for (const auto& [name, where] : functions_)
      outline_.functions.push_back({name, where});
    return std::move(outline_);
  }

 private:
  static std::string marked(std::string_view path) { return fmt::format("\x01{}\x02", path); }

  void find_secrets() {
    for (const SecretSights& secret : who_sees(facts_))
      for (const Sight& sight : secret.sights)
        seen_[sight.node].push_back(fmt::format("{}/{}", secret.name.vault, secret.name.name));
  }

  void add(NodeId node) {
    OutlineNode made{.path = std::string(graph_.path(node)),
                     .kind = std::string(name_of(graph_.kind(node))),
                     .operation = std::string(facts_.operation(node)),
                     .where = facts_.place(node),
                     .content = contents_.content(node),
                     .key = {},
                     .own_key = {}};
    made.place = node;
    made.is_work = facts_.is_work(node);
    made.is_reading = facts_.is_reading(node);
    made.is_dangerous = detail::is_dangerous(facts_, node);
    if (made.is_work) {
      made.key = contents_.key(node);
      made.own_key = contents_.own_key(node);
    }
    for (const Argument& one : facts_.arguments(node))
      made.arguments.emplace_back(one.role == detail::Role::latest    ? one.name + " (latest)"
                                  : one.role == detail::Role::context ? one.name + " (context)"
                                                                      : one.name,
                                  one.input == no_node ? one.text : contents_.reference(one.input));
    for (const Argument& one : facts_.options(node))
      made.options.emplace_back(one.name, one.text);
    if (const detail::Contract* contract = facts_.contract(node)) {
      for (const std::string& one : contract->may_run)
        made.options.emplace_back("may run", one);
      for (const std::string& one : contract->never)
        made.options.emplace_back("never", one);
      if (contract->at_most)
        made.options.emplace_back("at most", std::to_string(*contract->at_most));
    }
    for (const NodeId control : detail::held_by(graph_, node))
      made.held_by.push_back(contents_.reference(control));
    for (const NodeId condition : conditions_[node])
      made.held_by.push_back(contents_.reference(condition));
    detail::make_set(made.held_by);
    made.secrets = seen_[node];
    outline_.nodes.push_back(std::move(made));
  }

  /// Whose success the whole waits for, and how.
  void add_pipeline() {
    const NodeId root = graph_.root();
    OutlineNode made{.path = {},
                     .kind = "pipeline",
                     .operation = {},
                     .where = facts_.place(root),
                     .content = contents_.content(root),
                     .key = {},
                     .own_key = {}};
    made.place = root;
    if (graph_.kind(root) == Kind::all)
      for (const NodeId input : graph_.inputs(root))
        made.held_by.push_back(contents_.reference(input));
    else
      made.arguments.emplace_back("gives", contents_.reference(root));
    detail::make_set(made.held_by);
    outline_.nodes.push_back(std::move(made));
  }

  void add_function(NodeId node) {
    if (facts_.trust(node) != Trust::as_given) return;  // its body is ours
    switch (graph_.kind(node)) {
      case Kind::step:
        functions_.emplace(fmt::format("step {}", facts_.operation(node)), facts_.place(node));
        break;
      case Kind::map:
      case Kind::map_error:
      case Kind::fold:
      case Kind::dynamic:
        functions_.emplace(std::string(name_of(graph_.kind(node))), facts_.place(node));
        break;
      default:
        break;
    }
  }

  void add_order(NodeId node) {
    const auto inputs = graph_.inputs(node);
    outline_.order.emplace_back(inputs.begin(), inputs.end());
    if (graph_.kind(node) == Kind::item && graph_.template_of(node) != 0)
      outline_.order.back().push_back(graph_.templates()[graph_.template_of(node)].expand);
  }

  const Facts& facts_;
  const Graph& graph_;
  Contents contents_;
  std::vector<std::vector<NodeId>> conditions_;
  std::vector<std::vector<std::string>> seen_;  ///< secrets, by node
  std::set<std::pair<std::string, std::string>> functions_;
  Outline outline_;
};

}  // namespace

Outline outline_of(const Facts& facts, const CheckReport& report) {
  return Outliner(facts).make(report);
}

std::string shown(std::string_view text) {
  std::string plain;
  bool is_in_digests = false, is_left_out = false;
  for (const char byte : text) {
    if (byte == '\x06' || byte == '\x07') is_in_digests = byte == '\x06';
    is_left_out = is_in_digests && (is_left_out || byte == '~');  // one is enough for people
    if (byte == '\x04')
      plain += ", ";
    else if (!is_left_out && (byte < '\x01' || byte > '\x07'))
      plain += byte;
  }
  return plain;
}

}  // namespace oche
