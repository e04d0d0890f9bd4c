// shape_of.hpp - the shape of a whole pipeline, for static_assert.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/detail/shape_language.hpp>
#include <oche/term/detail/shape_proof.hpp>

#include <array>

namespace oche {

/// The shape of a pipeline as a constant: kinds, names and edges. Made by `shape_of`.
template <std::size_t Spots, std::size_t Inputs>
class PipelineShape {
 public:
  /// What is claimed of every step of one name or label, or of every approval of that.
  class Every {
   public:
    constexpr Every(detail::shape::View view, std::string_view name) : view_(view), name_(name) {}
    /// True if it is proved that none of these runs unless something called `other` has
    /// succeeded.
    ///
    /// Sound and linear: what it says `check` proves as well. Conditions and lists may have any
    /// value at each place where they are read, so `check`, which tells cases apart, proves more.
    /// A name that nothing has does not compile, since a misspelt one would guard nothing.
    [[nodiscard]] constexpr bool needs_success_of(std::string_view other) const {
      return detail::shape::needs_success(view_, name_, other);
    }
    /// … unless each that is called `other` has. Equal steps, one in the graph, are two in a shape.
    [[nodiscard]] constexpr bool needs_success_of_each(std::string_view other) const {
      return detail::shape::needs_success_of_each(view_, name_, other);
    }

   private:
    detail::shape::View view_;
    std::string_view name_;
  };

  constexpr explicit PipelineShape(const detail::shape::Builder& from, std::uint32_t root)
      : root_(root) {
    for (std::size_t i = 0; i < Spots; ++i)
      spots_[i] = from.spots[i];
    for (std::size_t i = 0; i < Inputs; ++i)
      inputs_[i] = from.inputs[i];
  }
  [[nodiscard]] constexpr Every every(std::string_view name) const { return {view(), name}; }
  [[nodiscard]] constexpr bool has(std::string_view name) const {
    return detail::shape::has(view(), name);
  }
  [[nodiscard]] constexpr detail::shape::View view() const { return {spots_, inputs_, root_}; }

 private:
  std::array<detail::shape::Spot, Spots> spots_ = {};
  std::array<std::uint32_t, Inputs> inputs_ = {};
  std::uint32_t root_;
};

namespace detail::shape {

template <auto pipeline, class... P>
consteval std::size_t arity_of() {
  if constexpr (std::is_invocable_v<decltype(pipeline), P...>)
    return sizeof...(P);
  else if constexpr (sizeof...(P) < 8)
    return arity_of<pipeline, P..., Part>();
  else
    return 0;
}

template <auto pipeline, std::size_t... I>
constexpr Part build(Builder& builder, std::index_sequence<I...>) {
  return pipeline((static_cast<void>(I), add(builder, Kind::input, {}))...);
}

struct Size {
  std::size_t spots, inputs;
};
template <auto pipeline, std::size_t arity>
consteval Size size_of() {
  Builder builder;
  static_cast<void>(build<pipeline>(builder, std::make_index_sequence<arity>()));
  return {builder.spots.size(), builder.inputs.size()};
}

}  // namespace detail::shape

/// The shape that `pipeline` has, from the same function that builds the terms.
///
///     constexpr auto release = [](auto commit) {
///       auto program = compile(commit);
///       return deploy(gate(program, on(test(program))));
///     };
///     static_assert(shape_of<release>().every("deploy").needs_success_of("test"));
///     …
///     oche::main(argc, argv, {.pipeline = [] { return release(git::head("app.git", "main")); }});
///
/// `pipeline` is a lambda, or a constant of another class, whose parameters, one to eight, are
/// `auto`: it is called with parts instead of terms. Its steps are `constexpr`, and take at least
/// one of those parts, or what was made of them. Commands, `fold` and `dynamic` have no shape.
template <auto pipeline>
[[nodiscard]] consteval auto shape_of() {
  constexpr std::size_t arity = detail::shape::arity_of<pipeline, detail::shape::Part>();
  static_assert(arity != 0,
                "oche::shape_of<pipeline>(): pipeline must be a constexpr lambda whose parameters, "
                "one to eight, are auto: it is called with parts instead of terms");
  if constexpr (arity != 0) {
    constexpr detail::shape::Size size = detail::shape::size_of<pipeline, arity>();
    detail::shape::Builder builder;
    const detail::shape::Part root =
        detail::shape::build<pipeline>(builder, std::make_index_sequence<arity>());
    return PipelineShape<size.spots, size.inputs>(builder, root.number());
  } else
    return PipelineShape<0, 0>(detail::shape::Builder(), 0);
}

}  // namespace oche
