// sizes.cpp - bounds on the sizes of lists, in one sweep from the inputs on.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/sizes.hpp"

#include <algorithm>
#include <limits>

namespace oche::detail {
namespace {

constexpr std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();

bool is_container(const Type* type) {
  return type != nullptr && (type->shape == Shape::list || type->shape == Shape::set ||
                             type->shape == Shape::table || type->shape == Shape::optional);
}

std::uint64_t size_of(const Value& value) {
  std::uint64_t count = 0;
  value.type().each(
      value.data(), [](void* into, const void*) { ++*static_cast<std::uint64_t*>(into); }, &count);
  return count;
}

/// What a value of this type can have in it when nothing else is known.
SizeBounds bounds_of(const Type& type) {
  if (type.shape == Shape::optional) return {0, 1};
  if (type.shape == Shape::list && type.count != 0) return {type.count, type.count};  // an array
  return {};
}

SizeBounds either(SizeBounds a, SizeBounds b) {
  SizeBounds both{std::min(a.least, b.least), {}};
  if (a.most && b.most) both.most = std::max(*a.most, *b.most);
  return both;
}

std::uint64_t times_at_most(std::uint64_t a, std::uint64_t b) {
  return a != 0 && b > largest / a ? largest : a * b;
}

SizeBounds of_node(const Graph& graph, NodeId node, const std::vector<SizeBounds>& sizes) {
  const Node& term = graph.term(node);
  const auto inputs = graph.inputs(node);
  switch (graph.kind(node)) {
    case Kind::constant: {
      const auto& value = *static_cast<const Value*>(term.payload);
      if (!value || !is_container(&value.type()) || value.type().each == nullptr) break;
      const std::uint64_t count = size_of(value);
      return {count, count};
    }
    case Kind::collect:
      return {inputs.size(), inputs.size()};
    case Kind::gate:
    case Kind::approve:
    case Kind::map_error:
    case Kind::list_map:  // its input 0 is the expand, which has the list's size
    case Kind::option_map:
    case Kind::expand:
      return sizes[inputs[0]];
    case Kind::only_if:
      return sizes[inputs[1]];
    case Kind::or_else:
      return either(sizes[inputs[0]], sizes[inputs[1]]);
    default:
      break;
  }
  return is_container(term.type) ? bounds_of(*term.type) : SizeBounds{};
}

}  // namespace

SizeBounds multiplied(SizeBounds a, SizeBounds b) {
  SizeBounds product{times_at_most(a.least, b.least), {}};
  if (a.most == 0u || b.most == 0u)
    product.most = 0;
  else if (a.most && b.most)
    product.most = times_at_most(*a.most, *b.most);
  return product;
}

std::vector<SizeBounds> template_bounds(const Graph& graph) {
  std::vector<SizeBounds> bounds(graph.templates().size(), SizeBounds{1, 1});
  if (bounds.size() <= 1) return bounds;
  std::vector<SizeBounds> sizes(graph.size());
  for (NodeId node = 0; node < graph.size(); ++node)
    sizes[node] = of_node(graph, node, sizes);
  for (TemplateId one = 1; one < bounds.size(); ++one) {
    bounds[one] = sizes[graph.templates()[one].expand];
    if (graph.kind(graph.templates()[one].collect) == Kind::option_map)
      bounds[one].most = std::min<std::uint64_t>(1, bounds[one].most.value_or(1));
  }
  return bounds;
}

}  // namespace oche::detail
