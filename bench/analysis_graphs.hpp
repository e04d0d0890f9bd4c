// analysis_graphs.hpp - the graphs that bench/analysis.cpp asks its questions about.
// Layer: bench.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "report.hpp"
#include <oche/graph/graph.hpp>
#include <oche/term/step.hpp>
#include <oche/term/step_payload.hpp>
#include <oche/term/term.hpp>

#include <cstddef>
#include <fstream>
#include <string>
#include <vector>

namespace bench {

using namespace oche;

/// A command of its own label, so that no two become one.
inline Term<int> command_of(int number, const Term<int>& a, const Term<int>& b) {
  detail::CommandPayload payload{};
  payload.spec.operation = "exec";
  payload.spec.label = fmt::format("n{}", number);
  payload.spec.argv = {{"tool", 0}, {fmt::format("{}", number), 0}};
  const AnyTerm inputs[] = {a, b};
  return detail::typed<int>(
      detail::make_command(Where::current(), inputs, &type_of<int>, std::move(payload)));
}

/// What reads what: two of the layer before, or nothing.
struct Needs2 {
  int first = -1;
  int second = -1;
};
inline Needs2 needs_of(int number, int nodes, int layers) {
  const int wide = nodes / layers;
  const int layer = number / wide;
  if (layer == 0) return {};
  const int before = (layer - 1) * wide;
  return {before + number % wide, before + (number % wide + layer + 1) % wide};
}

/// `layers` of equally many; `make` gives one of number `i` that reads two others.
template <class T, class Make>
AnyTerm layers_of(int nodes, int layers, const Term<T>& head, Make make) {
  std::vector<Term<T>> made;
  made.reserve(static_cast<std::size_t>(nodes));
  for (int i = 0; i < nodes; ++i) {
    const Needs2 needs = needs_of(i, nodes, layers);
    const auto at = [&](int other) {
      return other < 0 ? head : made[static_cast<std::size_t>(other)];
    };
    made.push_back(make(i, at(needs.first), at(needs.second)));
  }
  return all(std::vector<Term<T>>(made.end() - nodes / layers, made.end()));
}

/// Commands that read two of the layer before. One node each.
inline AnyTerm layered(int nodes, int layers) {
  return layers_of(nodes, layers, Var<int>{"head", 0}.term(), command_of);
}

inline const auto add =
    step("add", [](Job&, int number, int a, int b) { return (number + a + b) % 1'000'000; });

/// The same of steps that can run.
inline AnyTerm layered_steps(int nodes, int layers, int head) {
  return layers_of(nodes, layers, constant(head),
                   [](int i, const Term<int>& a, const Term<int>& b) { return add(i, a, b); });
}

/// The same for ninja, which prints what it would run.
inline void write_ninja(const std::string& name, int nodes, int layers) {
  std::ofstream file(name);
  file << "rule run\n  command = tool $out\n";
  for (int i = 0; i < nodes; ++i) {
    const Needs2 needs = needs_of(i, nodes, layers);
    file << "build n" << i << ": run";
    if (needs.first >= 0) file << " n" << needs.first << " n" << needs.second;
    file << '\n';
  }
}

/// The same for bazel, whose queries need no rule that could be built.
inline void write_bazel(const std::string& folder, int nodes, int layers) {
  std::ofstream(folder + "/MODULE.bazel") << "module(name = \"bench\")\n";
  std::ofstream(folder + "/WORKSPACE") << "workspace(name = \"bench\")\n";
  std::ofstream file(folder + "/BUILD");
  for (int i = 0; i < nodes; ++i) {
    const Needs2 needs = needs_of(i, nodes, layers);
    file << "filegroup(name = \"n" << i << "\", srcs = [";
    if (needs.first >= 0) file << "\":n" << needs.first << "\", ";
    if (needs.second >= 0 && needs.second != needs.first) file << "\":n" << needs.second << '"';
    file << "])\n";
  }
}

}  // namespace bench
