// analysis_proofs.hpp - what proving 64 policies and following 64 secrets costs.
// Layer: bench.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "report.hpp"
#include <oche/analysis/check.hpp>
#include <oche/analysis/secrets.hpp>
#include <oche/term/step_payload.hpp>
#include <oche/term/term.hpp>

#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace bench::proofs {

using namespace oche;

inline constexpr std::size_t kinds = 64;

inline constexpr const Type* parameters[3] = {&type_of<int>, &type_of<int>, &type_of<int>};
inline constexpr detail::Role roles[3] = {detail::Role::keyed, detail::Role::keyed,
                                          detail::Role::keyed};
inline constexpr detail::StepKind function = {
    .call = nullptr, .result = &type_of<int>, .parameters = parameters, .roles = roles, .count = 2};

/// `test0` to `test63`, and options of which each reads a secret of its own.
struct Names {
  Names() {
    for (std::size_t i = 0; i < kinds; ++i) {
      tests[i] = fmt::format("test{}", i);
      secrets[i] = fmt::format("secret{}", i);
      options[i].secrets = {{"ci", secrets[i]}};
    }
  }
  std::array<std::string, kinds> tests;
  std::array<std::string, kinds> secrets;
  std::array<StepOptions, kinds> options;
};

inline Term<int> step_of(std::string_view name, const StepOptions* options, const AnyTerm& a,
                         const AnyTerm& b) {
  AnyTerm inputs[] = {a, b};
  return detail::typed<int>(detail::make_step(Where::current(), function, name, options, inputs));
}

/// Layers of steps and gates over each other at random, and a deploy behind all 64 tests.
inline AnyTerm pipeline(const Names& names, std::size_t nodes) {
  std::mt19937 chance(7);
  std::vector<Term<int>> recent = {Var<int>("head", 0).term()};
  const auto any = [&]() -> const Term<int>& { return recent[chance() % recent.size()]; };
  std::vector<AnyTerm> tests;
  for (std::size_t i = 0; i < kinds; ++i) {
    recent.push_back(step_of(names.tests[i], &names.options[i], any(), constant(int(i))));
    tests.emplace_back(recent.back());
  }
  std::vector<AnyTerm> ends = tests;
  for (std::size_t made = 3 * kinds; made + 3 < nodes; made += 3) {
    const auto built = step_of("build", nullptr, any(), any());
    const auto held = gate(map([](int n) { return n; }, built), on(any()));
    recent[chance() % recent.size()] = held;
    if (recent.size() < 1000) recent.push_back(held);
    if (made % 999 == 0) ends.emplace_back(held);
  }
  for (const auto& last : recent)
    ends.emplace_back(last);
  const auto checked = all(ends);
  return step_of("deploy", nullptr, gate(recent.back(), on(checked)), constant(-1));
}

inline Policies policies_of(const Names& names) {
  Policies made;
  for (const std::string& name : names.tests)
    made.push_back(every(step_named("deploy")).needs_success_of(step_named(name)));
  return made;
}

inline void report_proofs(const Names& names, std::size_t nodes, double target) {
  // A third of what is made nobody reads, so it is not in the graph.
  const Facts facts{Graph(pipeline(names, nodes * 3 / 2))};
  const Policies policies = policies_of(names);
  const CheckReport once = check(facts, policies);
  if (!once.holds()) fmt::print(stderr, "a policy does not hold\n");
  const double proof =
      milliseconds([&] { benchmark::DoNotOptimize(check(facts, policies).holds()); });
  const double sights =
      milliseconds([&] { benchmark::DoNotOptimize(detail::secrets_seen(facts, 0).size()); });
  const double view = milliseconds([&] { benchmark::DoNotOptimize(Facts(facts.graph()).size()); });
  line(fmt::format("64 policies and 64 secrets, {} nodes", facts.size()), proof + sights, "ms",
       target);
  line(fmt::format("of that the policies, {} nodes", facts.size()), proof, "ms");
  line(fmt::format("of that the secrets, {} nodes", facts.size()), sights, "ms");
  line(fmt::format("before that, once: the facts of {} nodes", facts.size()), view, "ms");
}

}  // namespace bench::proofs
