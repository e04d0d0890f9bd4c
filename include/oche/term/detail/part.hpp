// part.hpp - a part of a pipeline's shape, which the compiler builds instead of terms.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/detail/misuse.hpp>

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

namespace oche::detail::shape {

/// A node without what only a run needs.
struct Spot {
  Kind kind = Kind::input;
  std::string_view name = {};   ///< of a step; what is approved
  std::string_view label = {};  ///< of a step
  std::uint32_t first = 0;      ///< of its inputs
  std::uint32_t count = 0;
};

/// What is built while the compiler looks on; gone when it has its answer.
struct Builder {
  std::vector<Spot> spots = {};
  std::vector<std::uint32_t> inputs = {};
};

/// Stands for a Term where a function template is called for its shape.
///
/// Every combinator that takes terms takes parts (`shape_of.hpp` lists them), and so does a step
/// that is `constexpr`. Only where an argument is a part: what is made of plain values alone
/// is a Term.
class Part {
 public:
  constexpr Part(Builder& builder, std::uint32_t number) : builder_(&builder), number_(number) {}
  [[nodiscard]] constexpr Builder& builder() const { return *builder_; }
  [[nodiscard]] constexpr std::uint32_t number() const { return number_; }

 private:
  Builder* builder_;
  std::uint32_t number_;
};

template <class X>
concept APart = std::same_as<std::remove_cvref_t<X>, Part>;
template <class... X>
concept SomePart = (APart<X> || ...);

/// Inputs come first, as in a Graph.
constexpr Part add(Builder& to, Kind kind, std::initializer_list<std::uint32_t> inputs,
                   std::string_view name = {}, std::string_view label = {}) {
  const auto first = static_cast<std::uint32_t>(to.inputs.size());
  for (const std::uint32_t input : inputs)
    to.inputs.push_back(input);
  to.spots.push_back({kind, name, label, first, static_cast<std::uint32_t>(inputs.size())});
  return {to, static_cast<std::uint32_t>(to.spots.size() - 1)};
}

/// Adds an input to the last one that was added, if it is a part: plain values are not seen.
template <class X>
constexpr void give(Builder& to, const X& x) {
  if constexpr (APart<X>) {
    to.inputs.push_back(x.number());
    ++to.spots.back().count;
  }
}

template <class X, class... Others>
constexpr Builder& builder_of(const X& x, const Others&... others) {
  if constexpr (APart<X>)
    return x.builder();
  else
    return builder_of(others...);
}

/// What a step makes of parts.
template <class... A>
constexpr Part call_step(std::string_view name, std::string_view label, const A&... arguments) {
  Builder& to = builder_of(arguments...);
  const Part made = add(to, Kind::step, {}, name, label);
  (give(to, arguments), ...);
  return made;
}

}  // namespace oche::detail::shape

template <>
inline constexpr bool oche::detail::has_own_rules<oche::detail::shape::Part> = true;
