// random_pipeline.hpp - pipelines of every combinator, made by seeded chance.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "graph/support.hpp"

#include <string>
#include <utility>
#include <vector>

namespace oche::tests {

/// Grows a pipeline node by node from what is there already; the same for the same seed.
class RandomPipeline {
 public:
  explicit RandomPipeline(std::uint32_t seed) : chance_(seed) {}

  [[nodiscard]] Term<> make(std::size_t nodes) {
    std::vector<Term<int>> ints = {Var<int>("head", 1).term(), constant(7)};
    grow(ints, nodes, 0);
    std::vector<std::pair<std::string, Term<int>>> ends;
    for (std::size_t i = 0; i < 3; ++i)
      ends.emplace_back("end-" + std::to_string(i), chance_.of(ints));
    ends.emplace_back("last", ints.back());
    return all(ends);
  }

 private:
  using Ints = std::vector<Term<int>>;

  std::string fresh(std::string_view stem) {
    return std::string(stem) + "-" + std::to_string(next_++);
  }

  void grow(Ints& ints, std::size_t nodes, int depth) {
    for (std::size_t i = 0; i < nodes; ++i)
      ints.push_back(one_more(ints, depth));
  }

  Term<int> one_more(const Ints& ints, int depth) {
    const auto& a = chance_.of(ints);
    const auto& b = chance_.of(ints);
    switch (chance_.below(14)) {
      case 0:
      case 1:
        return program("exec", {fresh("tool")}, {a, b}, fresh("run"));
      case 2:
        return program("build", {"make", fresh("goal")}, {a}, fresh("build"));
      case 3:
        return work("check", {a, b}, {.level = Level::harmless});
      case 4:
        return map([](int x, int y) { return x + y; }, a, b);
      case 5:
        return gate(a, on(b));
      case 6:
        return gate(a, on(all(a, b)));
      case 7:
        return only_if(map([](int x) { return x > 0; }, b), a, "not positive");
      case 8:
        return or_else(a, b);
      case 9:
        return approve(fresh("ask"), a);
      case 10:
        return map([](const Result<int>& x) { return x ? x.value() : 0; }, attempt(a));
      case 11:
        return gate(a, on(advisory(b)));
      case 12:
        return section(fresh("part"), [&] { return program("exec", {"inner"}, {a}, fresh("in")); });
      default:
        return depth < 2 ? list(ints, depth) : map([](int x) { return -x; }, a);
    }
  }

  Term<int> list(const Ints& ints, int depth) {
    const auto items = map([](int n) { return std::vector<int>(static_cast<std::size_t>(n), n); },
                           chance_.of(ints));
    const auto each = [&](Term<int> item) {
      Ints inner = ints;
      inner.push_back(item);
      grow(inner, 1 + chance_.below(4), depth + 1);
      return inner.back();
    };
    const auto done = list_map(items, each);
    return map([](const std::vector<int>& all) { return static_cast<int>(all.size()); }, done);
  }

  Chance chance_;
  int next_ = 0;
};

}  // namespace oche::tests
