// random_pipeline.hpp - pipelines and histories drawn from a seed.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/rounds/script.hpp"

#include <random>

namespace oche::tests {

using Ints = std::vector<int>;

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : engine_(seed) {}
  [[nodiscard]] std::size_t below(std::size_t n) { return static_cast<std::size_t>(engine_() % n); }
  [[nodiscard]] int number(int n) { return static_cast<int>(below(static_cast<std::size_t>(n))); }
  [[nodiscard]] bool one_in(std::size_t n) { return below(n) == 0; }
  template <class T>
  [[nodiscard]] const T& of(const std::vector<T>& list) {
    return list[below(list.size())];
  }
  /// Late ones more often: so pipelines get deep.
  template <class T>
  [[nodiscard]] const T& late(const std::vector<T>& list) {
    const std::size_t n = list.size();
    return one_in(2) ? list[n - 1 - below(std::min<std::size_t>(n, 4))] : list[below(n)];
  }
  [[nodiscard]] std::mt19937_64& engine() { return engine_; }

 private:
  std::mt19937_64 engine_;
};

/// A pipeline over every combinator, and the inputs that change it.
class RandomPipeline {
 public:
  explicit RandomPipeline(Chance& chance);

  /// Changes an input of the pipeline.
  void change(Script& script);
  [[nodiscard]] const AnyTerm& root() const { return root_; }

 private:
  void add();
  void add_value();
  void add_choice();
  void add_list();
  void add_hole();
  AnyTerm any();
  Term<int> number() { return chance_.late(numbers_); }
  Term<Ints> list() { return chance_.late(lists_); }
  Ints random_list();
  void change_list(Ints& list);
  std::vector<AnyTerm> some(std::size_t least, std::size_t most);

  Chance& chance_;
  std::vector<Var<int>> number_inputs_;
  std::vector<Var<Ints>> list_inputs_;
  std::vector<Ints> list_values_;
  std::vector<Term<int>> numbers_;
  std::vector<Term<Ints>> lists_;
  std::vector<Term<std::optional<int>>> options_;
  std::vector<AnyTerm> others_;
  int budget_ = 0;
  int depth_ = 0;
  int folds_ = 0;
  AnyTerm root_{nullptr};
};

}  // namespace oche::tests
