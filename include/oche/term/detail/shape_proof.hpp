// shape_proof.hpp - necessary success over a shape, while compiling.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/error.hpp>
#include <oche/term/detail/part.hpp>

#include <span>

// Which outcomes each spot can have if nothing that is asked for succeeds, from the inputs on, and
// then which spots are asked for, from the root back: docs/semantics.md §1 and §2 over sets.
// Each read of a condition may see another value, so the sets are too large rather than too small,
// and a proof is a proof.
namespace oche::detail::shape {

struct View {
  std::span<const Spot> spots;
  std::span<const std::uint32_t> inputs;
  std::uint32_t root = 0;

  [[nodiscard]] constexpr std::span<const std::uint32_t> of(std::uint32_t spot) const {
    return inputs.subspan(spots[spot].first, spots[spot].count);
  }
};

constexpr bool is_called(const Spot& spot, std::string_view name) {
  const bool has_name = spot.kind == Kind::step || spot.kind == Kind::approve;
  return has_name && (spot.name == name || spot.label == name);
}
constexpr bool has(View view, std::string_view name) {
  for (const Spot& spot : view.spots)
    if (is_called(spot, name)) return true;
  return false;
}

/// Not constexpr on purpose: the compiler names it where a name is misspelt.
[[noreturn]] inline void no_step_of_this_shape_has_that_name(std::string_view name) {
  throw Error(Failure{.what = "no step of this shape is called \"" + std::string(name) + "\""});
}

struct Can {
  bool ok = false, fail = false, skip = false;
  bool is_wanted = false;
};

/// Of values together: all ok, or what is worst.
constexpr Can together(View view, std::uint32_t spot, const std::vector<Can>& at) {
  Can all{.ok = true};
  for (const std::uint32_t input : view.of(spot)) {
    all.ok = all.ok && at[input].ok;
    all.fail = all.fail || at[input].fail;
    all.skip = all.skip || at[input].skip;
  }
  return all;
}

constexpr Can outcomes(View view, std::uint32_t spot, const std::vector<Can>& at) {
  const auto in = view.of(spot);
  Can can = together(view, spot, at);
  switch (view.spots[spot].kind) {
    case Kind::map:
    case Kind::step:
      can.fail = can.fail || can.ok;  // its own
      return can;
    case Kind::input:
      return {.ok = true, .fail = true};
    case Kind::all: {
      // What is skipped counts as success beside one that is ok.
      bool each = true;
      bool some = false;
      for (const std::uint32_t input : in) {
        each = each && (at[input].ok || at[input].skip);
        some = some || at[input].ok;
      }
      can.ok = each && some;
      return can;
    }
    case Kind::only_if:
      can.skip = can.skip || at[in[0]].ok;
      return can;
    case Kind::list_map:
    case Kind::list_iter:
    case Kind::option_map:
      can.ok = at[in[0]].ok;  // there may be no item
      return can;
    case Kind::attempt:
      return {.ok = can.ok || can.fail, .skip = can.skip};
    case Kind::state_of:
    case Kind::advisory:
      return {.ok = true};
    case Kind::or_else: {
      const Can first = at[in[0]];
      const Can second = first.fail ? at[in[1]] : Can();
      return {.ok = first.ok || second.ok, .fail = second.fail, .skip = first.skip || second.skip};
    }
    default:
      return can;
  }
}

/// Does this spot ever ask for its input?
constexpr bool asks(View view, std::uint32_t spot, std::size_t position,
                    const std::vector<Can>& at) {
  if (position == 0) return true;
  const Can first = at[view.of(spot)[0]];
  switch (view.spots[spot].kind) {
    case Kind::or_else:
      return first.fail;
    case Kind::only_if:
    case Kind::list_map:
    case Kind::list_iter:
    case Kind::option_map:
      return first.ok;
    default:
      return true;
  }
}

/// Can one called `name` run although no spot for which `is_missing` holds has succeeded?
template <class F>
constexpr bool runs_without(View view, std::string_view name, F is_missing) {
  std::vector<Can> at;
  for (std::uint32_t spot = 0; spot < view.spots.size(); ++spot) {
    at.push_back(outcomes(view, spot, at));
    if (is_missing(spot)) at.back().ok = false;
  }
  at[view.root].is_wanted = true;
  for (auto spot = static_cast<std::uint32_t>(view.spots.size()); spot-- > 0;) {
    const auto in = view.of(spot);
    for (std::size_t i = 0; i < in.size(); ++i)
      if (at[spot].is_wanted && asks(view, spot, i, at)) at[in[i]].is_wanted = true;
  }
  for (std::uint32_t spot = 0; spot < view.spots.size(); ++spot)
    if (is_called(view.spots[spot], name) && at[spot].is_wanted && together(view, spot, at).ok)
      return true;
  return false;
}

constexpr void need_names(View view, std::string_view name, std::string_view other) {
  if (!has(view, name)) no_step_of_this_shape_has_that_name(name);
  if (!has(view, other)) no_step_of_this_shape_has_that_name(other);
}

constexpr bool needs_success(View view, std::string_view name, std::string_view other) {
  need_names(view, name, other);
  return !runs_without(view, name,
                       [&](std::uint32_t spot) { return is_called(view.spots[spot], other); });
}

constexpr bool needs_success_of_each(View view, std::string_view name, std::string_view other) {
  need_names(view, name, other);
  for (std::uint32_t one = 0; one < view.spots.size(); ++one)
    if (is_called(view.spots[one], other) &&
        runs_without(view, name, [&](std::uint32_t spot) { return spot == one; }))
      return false;
  return true;
}

}  // namespace oche::detail::shape
