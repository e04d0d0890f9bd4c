// shape_of.cpp - tests of shapes: what is proved while compiling, over every combinator.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/term/shape_of.hpp>

#include <oche/base/error.hpp>

#include <catch2/catch.hpp>

using namespace oche;

namespace {

using Text = std::string;
constexpr auto compile = step("compile", [](Job&, const Text& source) { return source; });
constexpr auto test = step("test", [](Job&, const Text&) { return true; });
constexpr auto lint = step("lint", [](Job&, const Text&) { return true; }, {.label = "style"});
constexpr auto deploy =
    step("deploy", [](Job&, const Text&, const Latest<Text>& binary) { return *binary; });

constexpr auto release = [](auto source) {
  auto program = compile(source);
  auto tested = test(program);
  return all({{"style", lint(source)},
              {"deploy", deploy("host", gate(program, on(tested, lint(source))))}});
};
static_assert(shape_of<release>().every("deploy").needs_success_of("test"));
static_assert(shape_of<release>().every("deploy").needs_success_of("style"));
static_assert(shape_of<release>().every("deploy").needs_success_of("lint"));
static_assert(shape_of<release>().every("test").needs_success_of("compile"));
static_assert(!shape_of<release>().every("test").needs_success_of("lint"));
static_assert(shape_of<release>().has("style"));
static_assert(!shape_of<release>().has("style "));

constexpr auto two_suites = [](auto source) {
  auto program = compile(source);
  auto ready = gate(program, on(test(program), test(source)));
  return all({{"both", deploy("host", ready)}, {"lint", lint(source)}});
};
constexpr auto one_suite = [](auto source) {
  auto program = compile(source);
  return all({{"one", deploy("host", gate(program, on(test(program))))}, {"two", test(source)}});
};
static_assert(shape_of<two_suites>().every("deploy").needs_success_of_each("test"));
static_assert(shape_of<one_suite>().every("deploy").needs_success_of("test"));
static_assert(!shape_of<one_suite>().every("deploy").needs_success_of_each("test"));

// A misspelt name would guard nothing: it is no constant, so no static_assert can hold it.
template <auto pipeline, std::size_t letters>
concept HasClaimOf = requires {
  typename std::bool_constant<shape_of<pipeline>()
                                  .every(std::string_view("deploy").substr(0, letters))
                                  .needs_success_of("test")>;
};
static_assert(HasClaimOf<release, 6>);
static_assert(!HasClaimOf<release, 5>);

// The same function builds the terms.
static_assert(std::is_same_v<decltype(release(std::declval<Term<Text>>())), Term<>>);

/// A deploy behind what `control` makes of a test.
template <auto control>
constexpr auto behind =
    [](auto source) { return deploy("host", gate(source, on(control(test(source))))); };
template <auto control>
constexpr bool is_proved = shape_of<behind<control>>().every("deploy").needs_success_of("test");

static_assert(is_proved<[](auto x) { return x; }>);
static_assert(is_proved<[](auto x) { return map([](bool ok) { return ok; }, x); }>);
static_assert(is_proved<[](auto x) { return map_error([](Failure f) { return f; }, x); }>);
static_assert(is_proved<[](auto x) { return zip(x, x); }>);
static_assert(is_proved<[](auto x) { return collect({x, x}); }>);
static_assert(is_proved<[](auto x) { return all(x, x); }>);
static_assert(is_proved<[](auto x) { return approve("ship it", x); }>);
static_assert(is_proved<[](auto x) { return or_else(x, x); }>);
static_assert(is_proved<[](auto x) { return section("tests", [&] { return x; }); }>);
static_assert(!is_proved<[](auto x) { return attempt(x); }>);
static_assert(!is_proved<[](auto x) { return state_of(x); }>);
static_assert(!is_proved<[](auto x) { return advisory(x); }>);

constexpr auto only_sometimes = [](auto source, auto is_main) {
  auto tested = only_if(is_main, test(source), "not on main");
  return all(deploy("host", gate(source, on(tested))),
             deploy("all", gate(source, on(all(tested, lint(source))))));
};
// Skipped, it counts as success in an `all`, and not for a gate.
static_assert(!shape_of<only_sometimes>().every("deploy").needs_success_of("test"));
static_assert(shape_of<only_sometimes>().every("deploy").needs_success_of("lint") == false);

constexpr auto late_gate = [](auto source) {
  return gate(deploy("host", source), on(test(source)));
};
static_assert(!shape_of<late_gate>().every("deploy").needs_success_of("test"));

constexpr auto fallback = [](auto source) {
  return deploy("host", or_else(compile(source), map([](const Text& t) { return t; }, source)));
};
static_assert(!shape_of<fallback>().every("deploy").needs_success_of("compile"));

constexpr auto matrix = [](auto source, auto platforms) {
  auto tested = list_map(platforms, [&](auto platform) {
    return test(map([](const Text& s, const Text&) { return s; }, source, platform));
  });
  auto inside = list_iter(
      platforms, [&](auto platform) { return deploy("host", gate(source, on(test(platform)))); });
  return all(deploy("all", gate(source, on(tested))), inside);
};
// A list may be empty.
static_assert(!shape_of<matrix>().every("deploy").needs_success_of("test"));
constexpr auto only_inside = [](auto source, auto platforms) {
  return list_iter(platforms,
                   [&](auto platform) { return deploy("host", gate(source, on(test(platform)))); });
};
static_assert(shape_of<only_inside>().every("deploy").needs_success_of("test"));

/// 900 nodes: within what compilers do for one constant.
constexpr auto long_chain = [](auto source) {
  auto last = compile(source);
  auto tested = test(last);
  for (int i = 0; i < 448; ++i)
    last = gate(compile(last), on(tested));
  return deploy("host", last);
};
static_assert(shape_of<long_chain>().every("deploy").needs_success_of("test"));

}  // namespace

TEST_CASE("shape_of: kinds, names and edges", "[term][shape]") {
  constexpr auto shape = shape_of<release>();
  const detail::shape::View view = shape.view();
  REQUIRE(view.spots.size() == 8);
  CHECK(view.spots[0].kind == Kind::input);
  CHECK(view.spots[1].name == "compile");
  CHECK(view.of(1).size() == 1);
  CHECK(view.of(1)[0] == 0);
  CHECK(view.spots[3].label == "style");
  CHECK(view.spots[5].kind == Kind::gate);
  CHECK(view.of(5).size() == 3);
  CHECK(view.spots[view.root].kind == Kind::all);
  CHECK(shape.every("deploy").needs_success_of("test"));  // at run time too
  CHECK_THROWS_AS(shape.every("deplyo").needs_success_of("test"), Error);
  CHECK_THROWS_AS(shape.every("deploy").needs_success_of("tset"), Error);
}
