// query.hpp - which nodes an expression selects: deps, rdeps, paths, kinds, set algebra.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/facts.hpp>
#include <oche/base/outcome.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace oche {

/// The nodes that `expression` selects, each once, in the order of the graph.
///
/// A word is the path of a node, or a pattern of them: `*` and `?` within a level, `**` over any
/// number of levels. Sets are joined by `+` or `union`, cut by `^` or `intersect`, and lessened by
/// `-` or `except`, from left to right. Functions:
///
///     deps(x), deps(x, n)            x and what it needs, at most n visible nodes away
///     rdeps(x), rdeps(x, n)          x and what needs it
///     rdeps(u, x), rdeps(u, x, n)    the same, only within u and what that needs
///     somepath(x, y), allpaths(x, y) one way, every way from x along needs to y
///     kind(k, x), label(l, x), operation(o, x), where(f, x), pool(p, x), secret(s, x)
///                                    those of x (of all, without x) that fit a pattern
///     work(x), publishes(x)          steps and commands; those that set a published name
///
/// Fails: names the character at which it is wrong, and what is nearest.
/// Cost:  linear in nodes and edges for each function and operator.
[[nodiscard]] Result<std::vector<NodeId>> query(const Facts& facts, std::string_view expression);

/// What a person reads: a line for each node, its path and what it does. JSON: an array of objects
/// with `path`, `kind`, `operation`, `where` and `visible`.
[[nodiscard]] std::string to_text(const Facts& facts, const std::vector<NodeId>& nodes);
[[nodiscard]] std::string to_json(const Facts& facts, const std::vector<NodeId>& nodes);

}  // namespace oche
