// outline_json.cpp - an outline as JSON, and back.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "base/dump_json.hpp"
#include <oche/analysis/outline.hpp>
#include <oche/base/error.hpp>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <utility>

namespace oche {
namespace {

using OutlineJson = nlohmann::ordered_json;
using Pairs = std::vector<std::pair<std::string, std::string>>;

constexpr unsigned outline_version = 1;

OutlineJson json_of_pairs(const Pairs& pairs) {
  OutlineJson list = OutlineJson::array();
  for (const auto& [name, text] : pairs)
    list.push_back(OutlineJson::array({name, text}));
  return list;
}

OutlineJson json_of(const OutlineNode& node) {
  OutlineJson one{{"path", node.path}, {"kind", node.kind}};
  if (!node.operation.empty() && node.operation != node.kind) one["operation"] = node.operation;
  one["where"] = node.where;
  one["content"] = node.content;
  if (!node.key.empty()) one["key"] = node.key;
  if (!node.own_key.empty()) one["own_key"] = node.own_key;
  if (!node.arguments.empty()) one["arguments"] = json_of_pairs(node.arguments);
  if (!node.options.empty()) one["options"] = json_of_pairs(node.options);
  if (!node.held_by.empty()) one["held_by"] = node.held_by;
  if (!node.needs.empty()) one["needs"] = node.needs;
  if (!node.secrets.empty()) one["secrets"] = node.secrets;
  if (node.is_work) one["work"] = true;
  if (node.is_reading) one["reading"] = true;
  if (node.is_dangerous) one["dangerous"] = true;
  one["place"] = node.place;
  return one;
}

Pairs pairs_at(const OutlineJson& json, const char* name) {
  Pairs pairs;
  if (json.contains(name))
    for (const OutlineJson& pair : json.at(name))
      pairs.emplace_back(pair.at(0).get<std::string>(), pair.at(1).get<std::string>());
  return pairs;
}

template <class T>
T value_at(const OutlineJson& json, const char* name) {
  return json.contains(name) ? json.at(name).get<T>() : T();
}

OutlineNode node_at(const OutlineJson& json) {
  using Texts = std::vector<std::string>;
  OutlineNode node{.path = json.at("path").get<std::string>(),
                   .kind = json.at("kind").get<std::string>(),
                   .operation = value_at<std::string>(json, "operation"),
                   .where = json.at("where").get<std::string>(),
                   .content = json.at("content").get<std::string>(),
                   .key = value_at<std::string>(json, "key"),
                   .own_key = value_at<std::string>(json, "own_key"),
                   .arguments = pairs_at(json, "arguments"),
                   .options = pairs_at(json, "options"),
                   .held_by = value_at<Texts>(json, "held_by"),
                   .needs = value_at<Texts>(json, "needs"),
                   .secrets = value_at<Texts>(json, "secrets"),
                   .is_work = value_at<bool>(json, "work"),
                   .is_reading = value_at<bool>(json, "reading"),
                   .is_dangerous = value_at<bool>(json, "dangerous"),
                   .place = json.at("place").get<std::uint32_t>()};
  if (node.operation.empty() && node.kind != "pipeline") node.operation = node.kind;
  return node;
}

Failure no_outline(std::string what) {
  return {.what = std::move(what),
          .hint = "save one with `graph --format json` of a version of today"};
}

/// Inputs stand before their readers, and every place is one of the order.
void refuse_strays(const Outline& outline) {
  for (std::size_t i = 0; i < outline.order.size(); ++i)
    for (const std::uint32_t input : outline.order[i])
      if (input >= i) throw Error(no_outline("the outline's order is none"));
  for (const OutlineNode& node : outline.nodes)
    if (node.place >= outline.order.size()) throw Error(no_outline("the outline's order is none"));
  if (outline.nodes.empty() || outline.nodes.back().kind != "pipeline")
    throw Error(no_outline("the outline has no end"));
}

Outline outline_at(const OutlineJson& json) {
  const auto version = json.at("version").get<unsigned>();
  if (version != outline_version)
    throw Error(
        no_outline(fmt::format("the outline is of version {}, and this version of oche "
                               "reads version {}",
                               version, outline_version)));
  Outline outline;
  for (const OutlineJson& node : json.at("nodes"))
    outline.nodes.push_back(node_at(node));
  for (const OutlineJson& one : json.at("policies"))
    outline.policies.push_back({.text = one.at("policy").get<std::string>(),
                                .holds = one.at("holds").get<bool>(),
                                .is_known = !one.contains("known") || one.at("known").get<bool>()});
  for (const OutlineJson& one : json.at("functions"))
    outline.functions.push_back(
        {one.at("name").get<std::string>(), one.at("where").get<std::string>()});
  outline.order = json.at("order").get<std::vector<std::vector<std::uint32_t>>>();
  refuse_strays(outline);
  return outline;
}

template <class List, class Make>
std::string lines_of(const List& list, Make make) {
  std::string text = "[";
  for (std::size_t i = 0; i < list.size(); ++i)
    text += (i == 0 ? "\n  " : ",\n  ") + detail::json_line(make(list[i]));
  return text + (list.empty() ? "]" : "\n]");
}

}  // namespace

std::string to_json(const Outline& outline) {
  std::string text = fmt::format("{{\"version\": {},\n\"nodes\": ", outline_version);
  text += lines_of(outline.nodes, [](const OutlineNode& node) { return json_of(node); });
  text += ",\n\"policies\": ";
  text += lines_of(outline.policies, [](const OutlinePolicy& one) {
    OutlineJson policy{{"policy", one.text}, {"holds", one.holds}};
    if (!one.is_known) policy["known"] = false;
    return policy;
  });
  text += ",\n\"functions\": ";
  text += lines_of(outline.functions, [](const OutlineFunction& one) {
    return OutlineJson{{"name", one.name}, {"where", one.where}};
  });
  return text + ",\n\"order\": " + detail::json_line(OutlineJson(outline.order)) + "\n}";
}

Result<Outline> outline_from_json(std::string_view text) {
  try {
    const OutlineJson json = OutlineJson::parse(text);
    if (!json.is_object()) return no_outline("this is no outline of a pipeline");
    if (json.contains("outline")) return outline_at(json.at("outline"));
    if (!json.contains("order")) return no_outline("there is no outline of a pipeline in it");
    return outline_at(json);
  } catch (const nlohmann::json::exception& error) {
    return no_outline(fmt::format("this is no outline of a pipeline: {}", error.what()));
  } catch (const Error& error) {
    return error.failure();
  }
}

}  // namespace oche
