// node.cpp - nodes: one allocation, immutable, freed without recursion.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/term/node.hpp>

#include "term/look.hpp"
#include <oche/term/scope.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <memory>
#include <set>
#include <thread>

using namespace oche;

namespace {

detail::Make plain() { return {.type = &type_of<int>}; }

AnyTerm leaf() { return detail::make(Kind::pending, Where::current(), {}, plain()); }

}  // namespace

TEST_CASE("node: keeps kind, inputs, label, type and place", "[term][node]") {
  const AnyTerm a = leaf();
  const AnyTerm b = leaf();
  const AnyTerm inputs[] = {a, b, a};
  const Where here = Where::current();
  const AnyTerm node =
      detail::make(Kind::zip, here, inputs, {.label = "both", .type = &type_of<std::string>});
  CHECK(look::node(node).kind == Kind::zip);
  CHECK(look::has_inputs(node, {a, b, a}));
  CHECK(look::node(node).label() == "both");
  CHECK(look::node(node).type == &type_of<std::string>);
  CHECK(look::node(node).where.line() == here.line());
  CHECK(look::node(node).scope == nullptr);
  CHECK(look::node(a).references.load() == 5);  // here, twice in the array, twice in the node
  CHECK(look::node(b).references.load() == 3);
}

TEST_CASE("node: every kind has a name, and no two the same", "[term][node]") {
  std::set<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(Kind::command); ++i)
    CHECK(names.insert(name_of(static_cast<Kind>(i))).second);
  CHECK(name_of(Kind::constant) == "constant");
  CHECK(name_of(Kind::item) == "item");
  CHECK(name_of(Kind::command) == "command");
}

TEST_CASE("node: a payload inside the node is aligned, moved in and destroyed once",
          "[term][node]") {
  struct alignas(64) Wide {
    std::shared_ptr<int> counted;
  };
  auto counted = std::make_shared<int>(3);
  static constexpr detail::Operation operation = {.destroy = &detail::destroy_in_place<Wide>};
  for (const std::string_view label : {"", "x", "some label"}) {
    Wide wide{counted};
    const AnyTerm node = detail::make(Kind::map, Where::current(), {},
                                      detail::with(wide, type_of<int>, operation, label));
    CHECK(wide.counted == nullptr);
    CHECK(counted.use_count() == 2);
    CHECK(reinterpret_cast<std::uintptr_t>(look::node(node).payload) % 64 == 0);
    CHECK(look::payload<Wide>(node).counted == counted);
    CHECK(look::node(node).label() == label);
  }
  CHECK(counted.use_count() == 1);
}

TEST_CASE("node: a payload that cannot be moved in leaves nothing behind", "[term][node]") {
  struct Refuses {
    std::shared_ptr<int> counted;
    explicit Refuses(std::shared_ptr<int> c) : counted(std::move(c)) {}
    Refuses(Refuses&& other) : counted(other.counted) { throw std::runtime_error("no"); }
  };
  auto counted = std::make_shared<int>(3);
  const AnyTerm a = leaf();
  {
    static constexpr detail::Operation operation = {.destroy = &detail::destroy_in_place<Refuses>};
    Refuses refuses(counted);
    CHECK_THROWS_WITH(detail::make(Kind::map, Where::current(), std::span(&a, 1),
                                   detail::with(refuses, type_of<int>, operation)),
                      "no");
  }
  CHECK(counted.use_count() == 1);
  CHECK(look::node(a).references.load() == 1);
}

TEST_CASE("node: handles count", "[term][node]") {
  AnyTerm a = leaf();
  const detail::Node* const node = a.node();
  CHECK(node->references.load() == 1);
  AnyTerm copy = a;
  CHECK(node->references.load() == 2);
  AnyTerm moved = std::move(copy);
  CHECK(node->references.load() == 2);
  copy = moved;
  CHECK(node->references.load() == 3);
  copy = leaf();
  CHECK(node->references.load() == 2);
  AnyTerm& self = a;
  a = self;
  CHECK(node->references.load() == 2);
  CHECK(a.give() == node);
  CHECK(a.node() == nullptr);
  detail::release(node);
  CHECK(node->references.load() == 1);
}

TEST_CASE("node: a chain of a million is freed on a small stack", "[term][node]") {
  auto counted = std::make_shared<int>(0);
  // A stack of the default size would do for a careless 1,000; a million needs a loop.
  const auto chain = [&](auto&& next) {
    AnyTerm last = constant(0);
    for (int i = 0; i < 1'000'000; ++i)
      last = next(last);
    return last;
  };
  SECTION("through inputs") {
    AnyTerm last = chain([](const AnyTerm& x) { return advisory(x); });
    last = leaf();
  }
  SECTION("through what functions captured") {
    AnyTerm last = chain(
        [&](const AnyTerm& x) { return map([x, counted](int y) { return y; }, constant(1)); });
    CHECK(counted.use_count() == 1'000'001);
    last = leaf();
    CHECK(counted.use_count() == 1);
  }
  SECTION("through scopes") {
    AnyTerm last = chain([&](const AnyTerm& x) {
      return with_context(x, [&] { return map([counted](int y) { return y; }, constant(1)); });
    });
    CHECK(counted.use_count() == 1'000'001);
    last = leaf();
    CHECK(counted.use_count() == 1);
  }
}

TEST_CASE("node: a million inputs are freed", "[term][node]") {
  auto counted = std::make_shared<int>(0);
  std::vector<Term<int>> wide;
  for (int i = 0; i < 1'000'000; ++i)
    wide.push_back(constant(i));
  wide.push_back(map([counted](int x) { return x; }, wide.front()));
  {
    const Term<> everything = all(wide);
    wide.clear();
    CHECK(look::node(everything).inputs().size() == 1'000'001);
    CHECK(counted.use_count() == 2);
  }
  CHECK(counted.use_count() == 1);
}

TEST_CASE("node: a million nested sections are freed", "[term][node][scope]") {
  std::vector<std::unique_ptr<detail::Enter>> scopes;
  for (int i = 0; i < 1'000'000; ++i)
    scopes.push_back(std::make_unique<detail::Enter>(Where::current(), "s"));
  AnyTerm inside = constant(1);
  CHECK(look::node(inside).scope->depth == 1'000'000);
  while (!scopes.empty())
    scopes.pop_back();
  CHECK(detail::current_scope() == nullptr);
  inside = constant(2);
  CHECK(look::node(inside).scope == nullptr);
}

TEST_CASE("node: several threads build, share and drop terms", "[term][node][threads]") {
  const Term<int> shared = constant(1, "shared");
  std::array<std::size_t, 4> bodies = {};
  {
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < bodies.size(); ++t)
      threads.emplace_back([&, t] {
        for (int i = 0; i < 500; ++i) {
          const auto list = constant(std::vector<int>{1, 2});
          const auto each = section("part", [&] {
            return list_map(list, [&](Term<int> x) {
              ++bodies[t];
              return map([](int a, int b) { return a + b; }, x, shared);
            });
          });
          (void)all(each, shared, gate(shared, on(each)));
        }
      });
    for (std::thread& thread : threads)
      thread.join();
  }
  for (const std::size_t count : bodies)
    CHECK(count == 500);
  CHECK(look::node(shared).references.load() == 1);
}
