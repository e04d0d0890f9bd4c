// scope.cpp - sections, contexts and templates: where a term was written.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/term/scope.hpp>

#include "term/look.hpp"

#include <catch2/catch.hpp>

using namespace oche;

TEST_CASE("section: what its function builds stands in it, and what it returns comes back",
          "[term][scope]") {
  const Where here = Where::current();
  const auto [inner, outer] = section("outside", [&] {
    return std::pair(section("inside", [&] { return constant(1); }), constant(2));
  });
  const detail::Scope* const scope = look::node(outer).scope;
  REQUIRE(scope != nullptr);
  CHECK(scope->kind == detail::ScopeKind::section);
  CHECK(scope->name == "outside");
  CHECK(scope->depth == 1);
  CHECK(scope->where.line() == here.line() + 1);
  CHECK(look::node(inner).scope->name == "inside");
  CHECK(look::node(inner).scope->depth == 2);
  CHECK(look::node(inner).scope->parent == scope);
  CHECK(look::node(constant(3)).scope == nullptr);
}

TEST_CASE("section: a throw leaves it", "[term][scope]") {
  CHECK_THROWS_WITH(section("s", []() -> Term<int> { throw std::runtime_error("stop"); }), "stop");
  CHECK(detail::current_scope() == nullptr);
}

TEST_CASE("section: may build without returning", "[term][scope]") {
  std::vector<Term<int>> built;
  section("s", [&] { built.push_back(constant(1)); });
  CHECK(look::node(built.at(0)).scope->name == "s");
}

TEST_CASE("with_context: what is built is drawn after the context", "[term][scope]") {
  const auto context = constant(1);
  const auto x = with_context(context, [&] { return constant(2); });
  REQUIRE(look::node(x).scope != nullptr);
  CHECK(look::node(x).scope->kind == detail::ScopeKind::context);
  CHECK(look::node(x).scope->node == context.node());
}

TEST_CASE("scope: an old one can be entered again", "[term][scope]") {
  const auto x = section("s", [] { return constant(1); });
  {
    const detail::Enter again(look::node(x).scope);
    CHECK(look::node(constant(2)).scope == look::node(x).scope);
    const detail::Enter top(nullptr);
    CHECK(look::node(constant(2)).scope == nullptr);
  }
  CHECK(detail::current_scope() == nullptr);
}

// ---- items outside the function they were given to ---------------------------------------------

namespace {

const auto numbers = constant(std::vector<int>{1, 2});

}  // namespace

TEST_CASE("scope: an item outside its function is refused, with both lines", "[term][scope]") {
  std::optional<Term<int>> item;
  const Where given = Where::current();
  (void)list_map(numbers, [&](Term<int> x) {
    item = x;
    return x;
  });
  const Where used = Where::current();
  const std::string text = look::error_of([&] { (void)map([](int x) { return x; }, *item); });
  CHECK(text ==
        "error: an item is used outside the function it was given to\n"
        "  where     " +
            look::place(used, 1) +
            "\n"
            "  item of   " +
            look::place(given, 1) +
            "\n"
            "hint: return it from the function; the list's term then holds it for every item\n");
}

TEST_CASE("scope: what was built for an item is refused outside, with three lines",
          "[term][scope]") {
  std::optional<Term<int>> built;
  const Where given = Where::current();
  (void)list_map(numbers, [&](Term<int> x) {
    built = map([](int y) { return y; }, x);
    return x;
  });
  const Where used = Where::current();
  const std::string text = look::error_of([&] { (void)all(*built); });
  CHECK(text ==
        "error: what was built for one item is used outside the function that built it\n"
        "  where     " +
            look::place(used, 1) +
            "\n"
            "  built     " +
            look::place(given, 2) +
            "\n"
            "  item of   " +
            look::place(given, 1) +
            "\n"
            "hint: return it from the function; the list's term then holds it for every item\n");
}

TEST_CASE("scope: every way to use an item outside is refused", "[term][scope]") {
  std::optional<Term<int>> item;
  std::optional<Term<int>> built;
  (void)list_map(numbers, [&](Term<int> x) {
    item = x;
    return built = map([](int y) { return y; }, x), *built;
  });
  for (const Term<int>& x : {*item, *built}) {
    CHECK_THROWS_AS(all(x), Error);
    CHECK_THROWS_AS(gate(constant(1), on(x)), Error);
    CHECK_THROWS_AS(collect({constant(1), x}), Error);
    CHECK_THROWS_AS(with_context(x, [] { return constant(1); }), Error);
    CHECK_THROWS_AS(
        list_map(map([](int y) { return std::vector<int>{y}; }, x), [](Term<int> y) { return y; }),
        Error);
    // In another template, too: as an input and as the body.
    CHECK_THROWS_AS(list_map(numbers, [&](Term<int> y) { return zip(x, y); }), Error);
    CHECK_THROWS_AS(list_map(numbers, [&](Term<int>) { return x; }), Error);
  }
  CHECK(detail::current_scope() == nullptr);
}

TEST_CASE("scope: an outer item may be used in an inner template", "[term][scope]") {
  const auto pairs = list_map(numbers, [&](Term<int> x) {
    const auto doubled = map([](int y) { return 2 * y; }, x);
    return list_map(numbers, [&](Term<int> y) {
      const auto inner = option_map(constant(std::optional<int>(3)), [&](Term<int>) { return x; });
      return zip(doubled, zip(x, y), inner);
    });
  });
  STATIC_REQUIRE(
      std::is_same_v<decltype(pairs),
                     const Term<std::vector<
                         std::vector<std::tuple<int, std::tuple<int, int>, std::optional<int>>>>>>);
  CHECK(look::node(pairs).scope == nullptr);
}

TEST_CASE("scope: a template's nodes stand in its item's scope, the list's node outside",
          "[term][scope]") {
  const auto list = section("lists", [] {
    return list_map(numbers, [](Term<int> x) {
      return section("each", [&] { return map([](int y) { return y; }, x); });
    });
  });
  const AnyTerm item = look::input(list, 1);
  const AnyTerm body = look::input(list, 2);
  CHECK(look::node(list).scope->name == "lists");
  CHECK(look::node(item).kind == Kind::item);
  const detail::Scope* const each = look::node(body).scope;
  CHECK(each->name == "each");
  CHECK(each->item_scope == each->parent);
  CHECK(each->item_scope->kind == detail::ScopeKind::item);
  CHECK(each->item_scope->node == item.node());
  CHECK(each->item_scope->parent == look::node(list).scope);
}

TEST_CASE("scope: a list's function that throws leaves no scope", "[term][scope]") {
  CHECK_THROWS_WITH(
      list_map(numbers, [](Term<int>) -> Term<int> { throw std::runtime_error("stop"); }), "stop");
  CHECK(detail::current_scope() == nullptr);
}
