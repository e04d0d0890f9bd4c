// shape_of.cpp - tests that what a shape proves while compiling, `check` proves of the graph.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/term/shape_of.hpp>

#include <oche/analysis/check.hpp>

#include <catch2/catch.hpp>

using namespace oche;

namespace {

constexpr auto tried = step("tried", [](Job&, int n) { return n; });
constexpr auto built = step("built", [](Job&, int n) { return n; });
constexpr auto sent = step("sent", [](Job&, int n) { return n; });

struct Compared {
  int agree = 0;
  int proved = 0;
  int wrong = 0;  ///< the shape says what is not so
};

template <auto pipeline>
void compare_shape(Compared& counts) {
  const Term<int> number = Var<int>("number", 1).term();
  const Term<bool> flag = Var<bool>("flag", true).term();
  constexpr auto shape = shape_of<pipeline>();
  const bool says = shape.every("sent").needs_success_of("tried");
  const Graph graph(pipeline(number, flag));
  const bool is_so =
      check(graph, {every(step_named("sent")).needs_success_of(step_named("tried"))}).holds();
  counts.agree += says == is_so ? 1 : 0;
  counts.proved += says ? 1 : 0;
  counts.wrong += says && !is_so ? 1 : 0;
}

/// `sent` behind a control made of `x`, a test, and `y`, which nothing tests.
template <auto control>
constexpr auto gated = [](auto number, auto flag) {
  return sent(gate(number, on(control(tried(number), built(number), flag))));
};
/// `sent` with what is made of them.
template <auto value>
constexpr auto given =
    [](auto number, auto flag) { return sent(value(tried(number), built(number), flag)); };

template <auto... f>
void compare_all(Compared& counts) {
  (compare_shape<gated<f>>(counts), ...);
  (compare_shape<given<f>>(counts), ...);
}

constexpr auto same = [](int n) { return n; };

}  // namespace

TEST_CASE("shape_of: what it proves, check proves, and the other way round without shared cases",
          "[analysis][shape]") {
  Compared counts;
  compare_all<[](auto x, auto, auto) { return x; },                             //
              [](auto, auto y, auto) { return y; },                             //
              [](auto x, auto y, auto) { return gate(y, on(x)); },              //
              [](auto x, auto y, auto) { return gate(x, on(y)); },              //
              [](auto x, auto y, auto) { return gate(y, on(advisory(x))); },    //
              [](auto x, auto y, auto) { return gate(y, on(attempt(x))); },     //
              [](auto x, auto y, auto) { return gate(y, on(state_of(x))); },    //
              [](auto x, auto y, auto) { return or_else(x, y); },               //
              [](auto x, auto y, auto) { return or_else(y, x); },               //
              [](auto x, auto y, auto) { return or_else(gate(y, on(x)), x); },  //
              [](auto x, auto, auto f) { return only_if(f, x, "r"); },          //
              [](auto, auto y, auto f) { return only_if(f, y, "r"); },          //
              [](auto x, auto y, auto f) { return gate(y, on(all(only_if(f, x, "r"), y))); },
              [](auto x, auto y, auto) { return gate(y, on(all(x, y))); },  //
              [](auto x, auto y, auto) { return gate(y, on(zip(x, y))); },  //
              [](auto x, auto, auto) { return map(same, map(same, x)); },   //
              [](auto x, auto, auto) { return approve("this", x); },        //
              [](auto x, auto y, auto) { return gate(y, on(collect({x, y}))); }>(counts);
  CHECK(counts.wrong == 0);
  CHECK(counts.agree == 36);
  CHECK(counts.proved == 20);
}

TEST_CASE("shape_of: where one condition is read twice, only check tells the cases apart",
          "[analysis][shape]") {
  constexpr auto twice = [](auto number, auto flag) {
    auto checked = only_if(flag, tried(number), "flag");
    return only_if(flag, sent(gate(number, on(all(checked, built(number))))), "flag");
  };
  Compared counts;
  compare_shape<twice>(counts);
  CHECK(counts.agree == 0);
  CHECK(counts.wrong == 0);
}

TEST_CASE("shape_of: of each alone, as check has it", "[analysis][shape]") {
  constexpr auto both = [](auto number) {
    return sent(gate(number, on(tried(number), tried(built(number)))));
  };
  constexpr auto one = [](auto number) {
    return all(sent(gate(number, on(tried(number)))), tried(built(number)));
  };
  const Policies each = {every(step_named("sent")).needs_success_of_each(step_named("tried"))};
  const Term<int> number = Var<int>("number", 1).term();
  CHECK(check(Graph(both(number)), each).holds());
  STATIC_REQUIRE(shape_of<both>().every("sent").needs_success_of_each("tried"));
  CHECK_FALSE(check(Graph(one(number)), each).holds());
  STATIC_REQUIRE(!shape_of<one>().every("sent").needs_success_of_each("tried"));
}
