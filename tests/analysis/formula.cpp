// formula.cpp - tests of work and span in sizes of lists, beside forecasts with those sizes.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/formula.hpp>

#include "graph/support.hpp"

#include <catch2/catch.hpp>

using namespace oche;
using oche::tests::work;

namespace {

using Ints = std::vector<int>;

Facts requests_and_platforms() {
  const auto requests = Var<Ints>("prs", {}).term();
  const auto platforms = Var<Ints>("platforms", {}).term();
  const auto tool = work("tool", {});
  return Facts{Graph(list_iter(requests, [&](Term<int> request) {
    const auto built = work("build", {tool, request});
    const auto tested =
        list_iter(platforms, [&](Term<int> platform) { return work("test", {built, platform}); });
    return work("tell", {tested, request});
  }))};
}

const std::map<std::string, Duration> durations = {
    {"tool", 4min}, {"prs/*/build", 6min}, {"prs/*/tell", 10s}, {"prs/*/platforms/*/test", 2min}};

Assumptions with_sizes(std::size_t requests, std::size_t platforms) {
  Assumptions assumptions{.durations = durations};
  const auto names = [](std::size_t count) {
    std::vector<std::string> list;
    for (std::size_t i = 0; i < count; ++i)
      list.push_back("i" + std::to_string(i));
    return list;
  };
  assumptions.items["prs"] = names(requests);
  assumptions.items["prs/*/platforms"] = names(platforms);
  return assumptions;
}

}  // namespace

TEST_CASE("formula: work is a sum over lists, the span has no sizes", "[analysis][formula]") {
  const SizeFormula formula = size_formula(requests_and_platforms(), {.durations = durations});
  CHECK(to_text(formula) == "work  4m + 6m10s·|prs| + 2m·|prs|·|prs/*/platforms|\nspan  12m10s\n");
}

TEST_CASE("formula: at every size it is what a forecast of that size says", "[analysis][formula]") {
  const Facts facts = requests_and_platforms();
  const SizeFormula formula = size_formula(facts, {.durations = durations});
  for (std::size_t requests = 1; requests < 6; ++requests) {
    for (std::size_t platforms = 1; platforms < 6; ++platforms) {
      const Forecast forecast(facts, with_sizes(requests, platforms));
      const Sizes sizes{{"prs", requests}, {"prs/*/platforms", platforms}};
      CHECK(formula.work_at(sizes) == forecast.work());
      CHECK(formula.span == forecast.span());
      const unsigned least = formula.least_slots_for_span(sizes);
      if (least > 1) CHECK(forecast.finish(least - 1).at > forecast.span());
    }
  }
}

TEST_CASE("formula: which size keeps an hour", "[analysis][formula]") {
  const Facts facts = requests_and_platforms();
  const SizeFormula formula = size_formula(facts, {.durations = durations});
  for (const unsigned slots : {1u, 2u, 4u, 16u}) {
    const auto fits = formula.fits(1h, slots, {{"prs/*/platforms", 3}});
    const double most = fits.at("prs");
    CHECK(most >= 1);
    // Every order of the steps keeps it, so the engine's does.
    CHECK(Forecast(facts, with_sizes(static_cast<std::size_t>(most), 3)).finish(slots).at <= 1h);
  }
  CHECK(formula.fits(1h, 1, {{"prs/*/platforms", 3}}).at("prs") == 4);  // 4 + 4·12m10s
  CHECK(Forecast(facts, with_sizes(5, 3)).finish(1).at > 1h);
  CHECK(formula.fits(1min, 1).at("prs") == 0);
  CHECK(size_formula(Facts{Graph(work("a", {}))}).fits(1h, 1).empty());
}
