// random_pipeline.cpp - pipelines and histories drawn from a seed.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/random_pipeline.hpp"

#include <stdexcept>

namespace oche::tests {
namespace {

int plus(int a, int b) { return (a + b) % 11; }
bool is_odd(int x) { return x % 2 == 1; }
int picky(int x) {
  if (x % 5 == 3) throw std::runtime_error(x > 5 ? "too big" : "three");
  return x + 1;
}
int total(const Ints& list) {
  int sum = 0;
  for (const int x : list)
    sum += x;
  return sum % 13;
}
int code(const Result<int>& r) {
  return r.is_ok() ? r.value() : static_cast<int>(r.failure().what.size());
}
int code(const Outcome<int>& o) {
  if (o.is_ok()) return o.value();
  if (o.is_failed()) return 20 + static_cast<int>(o.failure().what.size());
  if (o.is_skipped()) return 40 + static_cast<int>(o.reason().size());
  return 60 + static_cast<int>(o.phase());
}
Failure reword(const Failure& failure) {
  if (failure.what.size() > 60) throw std::runtime_error("too long");
  return {.what = "reworded: " + failure.what};
}
int key_of(int x) {
  if (x == 29) throw std::runtime_error("no key");
  return x % 7;
}
Ints some_of(int x) {
  Ints made;
  if (x % 7 == 6) throw std::runtime_error("no list");
  for (int i = 0; i < x % 5; ++i)
    made.push_back(x + i * (x % 3));
  return made;
}
std::optional<int> maybe(int x) { return x % 3 == 0 ? std::nullopt : std::optional(x); }

Term<int> a_step(Chance& chance, const std::vector<AnyTerm>& inputs) {
  switch (chance.below(3)) {
    case 0:
      return work("build", inputs);
    case 1:
      return work("test", inputs);
    default:
      return work("lint", inputs);
  }
}

}  // namespace

RandomPipeline::RandomPipeline(Chance& chance) : chance_(chance) {
  for (std::size_t i = 1 + chance_.below(3); i > 0; --i) {
    number_inputs_.emplace_back("number" + std::to_string(i), chance_.number(9));
    numbers_.push_back(number_inputs_.back().term());
  }
  numbers_.push_back(constant(chance_.number(5)));
  for (std::size_t i = 1 + chance_.below(2); i > 0; --i) {
    list_values_.push_back(random_list());
    list_inputs_.emplace_back("list" + std::to_string(i), list_values_.back());
    lists_.push_back(list_inputs_.back().term());
  }
  options_.push_back(map(maybe, numbers_[0]));
  budget_ = 5 + chance_.number(30);
  while (budget_ > 0)
    add();
  std::vector<AnyTerm> top;
  for (const auto& term : numbers_)
    if (!chance_.one_in(4)) top.push_back(term);
  for (const auto& term : lists_)
    if (!chance_.one_in(4)) top.push_back(term);
  for (const auto& term : others_)
    if (!chance_.one_in(4)) top.push_back(term);
  root_ = all(top);
}

Ints RandomPipeline::random_list() {
  Ints made;
  const std::size_t most = chance_.one_in(12) ? 90 : 6;
  for (std::size_t i = chance_.below(most); i > 0; --i)
    made.push_back(chance_.number(chance_.one_in(3) ? 5 : 30 + static_cast<int>(most)));
  return made;
}

AnyTerm RandomPipeline::any() {
  switch (chance_.below(6)) {
    case 0:
      return list();
    case 1:
      return others_.empty() ? AnyTerm(number()) : chance_.late(others_);
    case 2:
      return chance_.late(options_);
    default:
      return number();
  }
}

std::vector<AnyTerm> RandomPipeline::some(std::size_t least, std::size_t most) {
  std::vector<AnyTerm> made;
  for (std::size_t i = least + chance_.below(most - least + 1); i > 0; --i)
    made.push_back(any());
  return made;
}

void RandomPipeline::add() {
  --budget_;
  switch (chance_.below(depth_ < 3 ? 10 : 7)) {
    case 0:
    case 1:
    case 2:
      add_value();
      break;
    case 3:
    case 4:
    case 5:
    case 6:
      add_choice();
      break;
    case 7:
      add_hole();
      break;
    default:
      add_list();
      break;
  }
}

void RandomPipeline::add_value() {
  switch (chance_.below(9)) {
    case 0:
      numbers_.push_back(map(plus, number(), number()));
      break;
    case 1:
      numbers_.push_back(map(picky, number()));
      break;
    case 2:
      numbers_.push_back(a_step(chance_, {number()}));
      break;
    case 3:
      numbers_.push_back(a_step(chance_, {number(), number()}));
      break;
    case 4:
      lists_.push_back(map(some_of, number()));
      break;
    case 5:
      numbers_.push_back(map(total, list()));
      break;
    case 6: {
      std::vector<Term<int>> many;
      for (std::size_t i = chance_.below(chance_.one_in(4) ? 30 : 5); i > 0; --i)
        many.push_back(number());
      lists_.push_back(collect(many));
      break;
    }
    case 7:
      numbers_.push_back(map([](const std::tuple<int, int>& t) { return std::get<0>(t); },
                             zip(number(), number())));
      break;
    default:
      options_.push_back(map(maybe, number()));
      break;
  }
}

void RandomPipeline::add_choice() {
  switch (chance_.below(12)) {
    case 0: {
      const std::vector<AnyTerm> inputs = some(0, chance_.one_in(5) ? 40 : 5);
      if (chance_.one_in(2)) {
        others_.push_back(all(inputs));
        break;
      }
      std::vector<Labelled> labelled;
      for (std::size_t i = 0; i < inputs.size(); ++i)
        labelled.emplace_back("l" + std::to_string(i), inputs[i]);
      others_.push_back(all(labelled));
      break;
    }
    case 1:
      numbers_.push_back(gate(number(), On(some(1, chance_.one_in(6) ? 30 : 3))));
      break;
    case 2:
      lists_.push_back(gate(list(), On(some(1, 2))));
      break;
    case 3:
    case 4:
      numbers_.push_back(only_if(map(is_odd, number()), number(), "even"));
      break;
    case 5:
      lists_.push_back(only_if(map(is_odd, number()), list(), "even"));
      break;
    case 6:
      numbers_.push_back(or_else(number(), number()));
      break;
    case 7:
      numbers_.push_back(map_error(reword, number()));
      break;
    case 8:
      numbers_.push_back(map([](const Result<int>& r) { return code(r); }, attempt(number())));
      break;
    case 9:
      numbers_.push_back(map([](const Outcome<int>& o) { return code(o); }, state_of(number())));
      break;
    case 10:
      others_.push_back(advisory(any()));
      break;
    default:
      if (chance_.one_in(2))
        numbers_.push_back(approve("may it?", number()));
      else
        numbers_.push_back(fold("fold" + std::to_string(++folds_), 0, plus, number()));
      break;
  }
}

void RandomPipeline::add_list() {
  const std::size_t n = numbers_.size();
  const std::size_t l = lists_.size();
  const std::size_t o = options_.size();
  const std::size_t x = others_.size();
  ++depth_;
  const auto body = [&](const Term<int>& item) -> Term<int> {
    numbers_.push_back(item);
    for (int i = chance_.number(5); i > 0 && budget_ > 0; --i)
      add();
    if (chance_.one_in(6)) return chance_.one_in(2) ? item : numbers_[chance_.below(n)];
    return number();
  };
  const Term<Ints> source = list();
  const Term<std::optional<int>> from = chance_.late(options_);
  std::optional<AnyTerm> other;
  std::optional<Term<Ints>> made;
  std::optional<Term<std::optional<int>>> option;
  switch (chance_.below(5)) {
    case 0:
      other = list_iter(source, body);
      break;
    case 1:
      option = option_map(from, body);
      break;
    case 2:
      made = list_map(source, by(key_of), body);
      break;
    default:
      made = list_map(source, body);
      break;
  }
  --depth_;
  // What stands in the template can only be read there.
  numbers_.resize(n, constant(0));
  lists_.resize(l, constant(Ints{}));
  options_.resize(o, constant(std::optional<int>{}));
  others_.resize(x, AnyTerm(all()));
  if (other) others_.push_back(*other);
  if (made) lists_.push_back(*made);
  if (option) options_.push_back(*option);
}

void RandomPipeline::add_hole() {
  struct Captured {
    Term<int> a, b;
    Term<Ints> list;
    int deeper;

    Term<int> operator()(int n) const {
      switch (n % 8) {
        case 0:
          return a;
        case 1:
          return work("build", {map(plus, a, constant(n))});
        case 2:
          return map(total, list_map(list, [this](const Term<int>& item) {
                       return work("test", {map(plus, item, b)});
                     }));
        case 3:
          throw std::runtime_error("no plan");
        case 4:
          return only_if(map(is_odd, b), work("lint", {a}), "even");
        case 5:
          return or_else(a, map(plus, b, constant(1)));
        case 6:
          if (deeper > 0)
            return dynamic("inner", Captured{b, a, list, deeper - 1}, map(plus, a, b));
          return fold("inner fold", 0, plus, b);
        default:
          return approve("in a hole?", map(picky, b));
      }
    }
  };
  numbers_.push_back(
      dynamic("hole", Captured{number(), number(), list(), chance_.number(2)}, number()));
}

void RandomPipeline::change_list(Ints& value) {
  const auto at = [&](std::size_t i) { return value.begin() + static_cast<std::ptrdiff_t>(i); };
  switch (chance_.below(7)) {
    case 0:
      value = random_list();
      break;
    case 1:
    case 2:
      value.insert(at(chance_.below(value.size() + 1)), chance_.number(40));
      break;
    case 3:
    case 4:
      if (!value.empty()) value.erase(at(chance_.below(value.size())));
      break;
    case 5:
      std::shuffle(value.begin(), value.end(), chance_.engine());
      break;
    default:
      if (value.size() > 1)
        std::rotate(value.begin(), at(1 + chance_.below(value.size() - 1)), value.end());
      break;
  }
}

void RandomPipeline::change(Script& script) {
  const std::size_t which = chance_.below(number_inputs_.size() + list_inputs_.size());
  const bool is_number = which < number_inputs_.size();
  const std::size_t i = is_number ? which : which - number_inputs_.size();
  const std::size_t count = is_number ? number_inputs_.size() : list_inputs_.size();
  const std::string label = (is_number ? "number" : "list") + std::to_string(count - i);
  switch (chance_.below(9)) {
    case 0:
      script.input_is(label, fails("net" + std::to_string(chance_.below(2))));
      return;
    case 1:
      script.input_is(label, active(static_cast<Phase>(chance_.below(2))));
      return;
    default:
      script.input_is(label, std::nullopt);
      break;
  }
  if (is_number) {
    number_inputs_[i].set(chance_.number(12));
  } else {
    change_list(list_values_[i]);
    list_inputs_[i].set(list_values_[i]);
  }
}

}  // namespace oche::tests
