// same_shape.cpp - tests that the compiler's shape of a pipeline is that of its graph.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/graph/same_shape.hpp>

#include <catch2/catch.hpp>

using namespace oche;

namespace {

using Text = std::string;
constexpr auto compiling = step("compile", [](Job&, const Text& source) { return source; });
constexpr auto testing = step("test", [](Job&, const Text&) { return true; }, {.label = "unit"});
constexpr auto deploying =
    step("deploy", [](Job&, const Text&, const Latest<Text>& binary) { return *binary; });

constexpr auto everything = [](auto source, auto is_main, auto list, auto maybe) {
  auto program = compiling(source);
  auto tested = section("tests", [&] { return testing(program); });
  auto each = list_map(list, [&](auto item) { return compiling(item); });
  auto iter = list_iter(list, [&](auto item) {
    return list_iter(list, [&](auto inner) {
      return testing(map([](const Text& a, const Text& b) { return a + b; }, item, inner));
    });
  });
  auto one = option_map(maybe, [&](auto item) { return testing(item); });
  auto shown = approve("ship it", gate(program, on(tested, advisory(each))));
  auto both = zip(map_error([](Failure f) { return f; }, program), attempt(tested));
  return all({{"iter", iter},
              {"one", one},
              {"both", both},
              {"state", state_of(tested)},
              {"many", collect({program, or_else(source, program)})},
              {"deploy", deploying("host", only_if(is_main, shown, "not on main"))}});
};

Graph graph_of_everything() {
  return Graph(everything(Var<Text>("source", "").term(), Var<bool>("is main", true).term(),
                          Var<std::vector<Text>>("list", {}).term(),
                          Var<std::optional<Text>>("maybe", {}).term()));
}

}  // namespace

TEST_CASE("same_shape: every combinator makes the part that it makes of terms", "[graph][shape]") {
  const Result<> same = same_shape(shape_of<everything>(), graph_of_everything());
  INFO((same.is_failed() ? same.failure().what : ""));
  CHECK(same.is_ok());
}

TEST_CASE("same_shape: names what differs", "[graph][shape]") {
  constexpr auto right = [](auto x) { return testing(gate(compiling(x), on(testing(x)))); };
  const Term<Text> x = Var<Text>("x", "").term();
  CHECK(same_shape(shape_of<right>(), Graph(right(x))).is_ok());
  CHECK(same_shape(shape_of<right>(), Graph(right(constant(Text("known"))))).is_ok());
  const auto wrong = [&](const AnyTerm& term) {
    const Graph graph(term);
    const Result<> same = same_shape(shape_of<right>(), graph);
    REQUIRE(same.is_failed());
    CHECK_THAT(same.failure().where, Catch::Contains("same_shape.cpp:"));
    return same.failure().what;
  };
  CHECK_THAT(wrong(compiling(gate(compiling(x), on(testing(x))))), Catch::Contains("their names"));
  CHECK_THAT(wrong(testing(compiling(x))), Catch::Contains("their kinds"));
  CHECK_THAT(wrong(testing(gate(compiling(x), on(testing(x), compiling(x))))),
             Catch::Contains("what they are given"));
  // What was one input is two.
  const Term<Text> y = Var<Text>("y", "").term();
  CHECK_THAT(wrong(testing(gate(compiling(x), on(testing(y))))),
             Catch::Contains("it stands for another one too"));
}
