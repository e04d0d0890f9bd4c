// random_graph.hpp - small pipelines over every combinator, drawn from a seed.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/record.hpp>
#include <oche/term/payload.hpp>
#include <oche/term/step_payload.hpp>
#include <oche/term/term.hpp>

#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace oche::tests {

/// What the functions of a random graph do when they are run; by number.
struct Conduct {
  enum class Hole : std::uint8_t { ok, throws, waits, is_skipped };
  std::set<int> throwing;
  std::set<int> no;  ///< conditions that are false, lists that are empty
  std::map<int, Hole> holes;

  void begin(int number) const {
    if (throwing.contains(number)) throw std::runtime_error("thrown");
  }
};

/// Steps are called `test`, `deploy`, `build` or `lint` and have no function; approvals are called
/// `release`, and `build` reads a secret.
class RandomGraph {
 public:
  RandomGraph(std::uint32_t seed, int size) : engine_(seed), budget_(size) {
    numbers_.push_back(input());
    conditions_.push_back(condition());
    while (budget_-- > 0)
      add();
    std::vector<AnyTerm> ends;
    for (int i = 0; i < 3; ++i)
      ends.emplace_back(late(numbers_));
    root_ = all(ends);
    // A deploy, or there is nothing to ask.
    const auto last = work("deploy", {gate(late(numbers_), on(late(numbers_), some()))});
    const AnyTerm roots[] = {root_, last};
    root_ = all(std::vector<AnyTerm>(std::begin(roots), std::end(roots)));
  }
  [[nodiscard]] const AnyTerm& root() const { return root_; }
  [[nodiscard]] Conduct& conduct() { return *conduct_; }
  /// The number of the function behind a node; nothing for what has none.
  [[nodiscard]] std::optional<int> number_of(const detail::Node& node) const {
    const auto found = ids_.find(&node);
    return found == ids_.end() ? std::nullopt : std::optional<int>(found->second);
  }

  static Term<int> work(std::string_view name, const std::vector<AnyTerm>& inputs) {
    static constexpr const Type* parameters[8] = {};
    static constexpr detail::Role roles[8] = {};
    static constexpr detail::StepKind kind = {.call = nullptr,
                                              .result = &type_of<int>,
                                              .parameters = parameters,
                                              .roles = roles,
                                              .count = 0};
    static constexpr StepOptions secretive = {.secrets = {{"ci", "token"}}};
    std::vector<AnyTerm> list = inputs;
    const StepOptions* options = name == "build" ? &secretive : nullptr;
    return detail::typed<int>(detail::make_step(Where::current(), kind, name, options, list));
  }

 private:
  [[nodiscard]] std::size_t below(std::size_t n) { return engine_() % n; }
  template <class T>
  [[nodiscard]] const T& late(const std::vector<T>& list) {
    const std::size_t n = list.size();
    return below(3) == 0 ? list[below(n)] : list[n - 1 - below(std::min<std::size_t>(n, 3))];
  }
  [[nodiscard]] AnyTerm some() {
    if (others_.empty() || below(2) == 0) return late(numbers_);
    return late(others_);
  }
  [[nodiscard]] std::string_view name() {
    static constexpr std::string_view names[] = {"test", "deploy", "build", "lint", "test"};
    return names[below(5)];
  }
  /// The next number is that of the function of this term.
  template <class T>
  const T& numbered(const T& term) {
    ids_[term.node()] = next_++;
    return term;
  }
  [[nodiscard]] Term<bool> condition() {
    return numbered(map(
        [c = &*conduct_, id = next_](int) {
          c->begin(id);
          return !c->no.contains(id);
        },
        late(numbers_)));
  }
  [[nodiscard]] Term<int> hole() {
    return numbered(Term<int>(dynamic(
                                  "hole",
                                  [c = &*conduct_, id = next_](int n) -> Term<int> {
                                    c->begin(id);
                                    const auto found = c->holes.find(id);
                                    const auto as =
                                        found == c->holes.end() ? Conduct::Hole::ok : found->second;
                                    if (as == Conduct::Hole::waits) return pending<int>();
                                    if (as == Conduct::Hole::is_skipped)
                                      return only_if(constant(false), constant(n), "skipped");
                                    return constant(n);
                                  },
                                  late(numbers_))
                                  .never({"deploy"})));
  }
  [[nodiscard]] Term<int> input() {
    const std::string name = "input" + std::to_string(next_++);
    if (below(2) == 0) return Var<int>(name, 1).term();
    return watch<int>(name, [] { return 1; }, [](auto&&) { return [] {}; });
  }

  void add() {
    switch (below(22)) {
      case 0:
        numbers_.push_back(input());
        break;
      case 1:
        numbers_.push_back(numbered(map(
            [c = &*conduct_, id = next_](int n) {
              c->begin(id);
              return n;
            },
            late(numbers_))));
        break;
      case 2:
        conditions_.push_back(condition());
        break;
      case 3:
        conditions_.push_back(constant(below(2) == 0));
        break;
      case 4:
      case 5:
        numbers_.push_back(gate(late(numbers_), on(some())));
        break;
      case 6:
      case 7:
        numbers_.push_back(only_if(late(conditions_), late(numbers_), "reason"));
        break;
      case 8:
        numbers_.push_back(or_else(late(numbers_), late(numbers_)));
        break;
      case 9:
        others_.push_back(advisory(some()));
        break;
      case 10:
        others_.push_back(attempt(late(numbers_)));
        break;
      case 11:
        others_.push_back(state_of(late(numbers_)));
        break;
      case 12:
        others_.push_back(all(std::vector<AnyTerm>{some(), some()}));
        break;
      case 13:
        others_.push_back(zip(late(numbers_), late(conditions_)));
        break;
      case 14:
        numbers_.push_back(approve("release", late(numbers_)));
        break;
      case 15:
        add_list();
        break;
      case 16:
        add_odd();
        break;
      default: {
        std::vector<AnyTerm> list = {late(numbers_)};
        if (below(2) == 0) list.push_back(some());
        numbers_.push_back(work(name(), list));
      }
    }
  }

  void add_odd() {
    switch (below(5)) {
      case 0:
        numbers_.push_back(hole());
        break;
      case 1:
        numbers_.push_back(numbered(fold(
            "fold" + std::to_string(next_), 0,
            [c = &*conduct_, id = next_](int a, int b) {
              c->begin(id);
              return a + b;
            },
            late(numbers_))));
        break;
      case 2:
        numbers_.push_back(below(2) == 0 ? failed<int>(Failure{"no"}) : pending<int>());
        break;
      case 3:
        numbers_.push_back(map_error([](Failure f) { return f; }, late(numbers_)));
        break;
      default:
        others_.push_back(collect({late(numbers_), late(numbers_)}));
    }
  }

  void add_list() {
    if (lists_.empty() || below(3) == 0) {
      if (below(3) == 0)
        lists_.push_back(constant(std::vector<int>(below(3), 1)));
      else
        lists_.push_back(numbered(map(
            [c = &*conduct_, id = next_](int n) {
              c->begin(id);
              return c->no.contains(id) ? std::vector<int>() : std::vector<int>{n};
            },
            late(numbers_))));
    }
    const auto body = [&](const Term<int>& item) {
      const std::size_t numbers = numbers_.size();
      const std::size_t others = others_.size();
      const std::size_t conditions = conditions_.size();
      const std::size_t lists = lists_.size();
      numbers_.push_back(item);
      for (std::size_t left = below(3) + 1; left > 0 && budget_ > 0; --left, --budget_)
        add();
      const Term<int> result = work(name(), {late(numbers_)});
      const Term<int> shown = below(2) == 0 ? result : numbers_.back();
      // What stands inside belongs to the item alone.
      numbers_.erase(numbers_.begin() + static_cast<std::ptrdiff_t>(numbers), numbers_.end());
      others_.erase(others_.begin() + static_cast<std::ptrdiff_t>(others), others_.end());
      conditions_.erase(conditions_.begin() + static_cast<std::ptrdiff_t>(conditions),
                        conditions_.end());
      lists_.erase(lists_.begin() + static_cast<std::ptrdiff_t>(lists), lists_.end());
      return shown;
    };
    const Term<std::vector<int>> list = late(lists_);  // the body may add others
    switch (below(3)) {
      case 0:
        others_.push_back(list_iter(list, body));
        break;
      case 1: {
        const Term<std::vector<int>> made = list_map(list, body);
        lists_.push_back(made);
        numbers_.push_back(numbered(map(
            [c = &*conduct_, id = next_](const std::vector<int>& all) {
              c->begin(id);
              return int(all.size());
            },
            made)));
        break;
      }
      default: {
        const auto maybe = numbered(map(
            [c = &*conduct_, id = next_](int n) {
              c->begin(id);
              return c->no.contains(id) ? std::nullopt : std::optional<int>(n);
            },
            late(numbers_)));
        others_.push_back(option_map(maybe, body));
      }
    }
  }

  std::mt19937 engine_;
  int budget_;
  int next_ = 0;
  std::shared_ptr<Conduct> conduct_ = std::make_shared<Conduct>();
  std::map<const detail::Node*, int> ids_;
  std::vector<Term<int>> numbers_;
  std::vector<Term<bool>> conditions_;
  std::vector<Term<std::vector<int>>> lists_;
  std::vector<AnyTerm> others_;
  AnyTerm root_{nullptr};
};

}  // namespace oche::tests
