// support.hpp - steps and commands made by hand, and seeded chance.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/graph/graph.hpp>
#include <oche/term/step_payload.hpp>
#include <oche/term/term.hpp>

#include <initializer_list>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace oche::tests {

inline constexpr const Type* no_parameters[8] = {};
inline constexpr detail::Role keyed[8] = {};
inline constexpr detail::StepKind some_function = {.call = nullptr,
                                                   .result = &type_of<int>,
                                                   .parameters = no_parameters,
                                                   .roles = keyed,
                                                   .count = 0};

/// A step that this room's tests never run. `name` must be a literal.
inline Term<int> work(std::string_view name, std::initializer_list<AnyTerm> inputs,
                      StepOptions options = {}, Where where = Where::current()) {
  std::vector<AnyTerm> list(inputs);
  return detail::typed<int>(detail::make_step(where, some_function, name, &options, list));
}

inline Term<int> program(std::string operation, std::vector<std::string> argv,
                         std::initializer_list<AnyTerm> inputs, std::string label = {},
                         Where where = Where::current()) {
  detail::CommandPayload payload{};
  payload.spec.operation = std::move(operation);
  payload.spec.label = std::move(label);
  for (std::string& word : argv)
    payload.spec.argv.push_back({std::move(word), 0});
  const std::vector<AnyTerm> list(inputs);
  return detail::typed<int>(detail::make_command(where, list, &type_of<int>, std::move(payload)));
}

class Chance {
 public:
  explicit Chance(std::uint32_t seed) : engine_(seed) {}
  /// From 0 to `below` - 1.
  [[nodiscard]] std::size_t below(std::size_t below) {
    return static_cast<std::size_t>(engine_()) % below;
  }
  [[nodiscard]] bool one_in(std::size_t n) { return below(n) == 0; }
  template <class T>
  [[nodiscard]] const T& of(const std::vector<T>& list) {
    return list[below(list.size())];
  }

 private:
  std::mt19937 engine_;
};

/// The paths of all visible nodes, in the order of the graph.
inline std::vector<std::string> visible_paths(const Graph& graph) {
  std::vector<std::string> paths;
  for (NodeId node = 0; node < graph.size(); ++node)
    if (graph.is_visible(node)) paths.emplace_back(graph.path(node));
  return paths;
}

}  // namespace oche::tests
