// list.cpp - templates: recorded once, on a symbolic item.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "term/look.hpp"
#include <oche/base/record.hpp>

#include <catch2/catch.hpp>

using namespace oche;

struct Branch {
  std::string name;
  int commits = 0;
  [[nodiscard]] std::string upper() const { return name + "!"; }
};
BOOST_HANA_ADAPT_STRUCT(Branch, name, commits);

namespace named {
struct Platform {
  std::string os;
};
std::string item_name(const Platform& platform);
std::string item_name(const Platform& platform) { return platform.os; }
struct Compiler {
  std::string command;
  [[nodiscard]] std::string item_name() const { return command; }
};
}  // namespace named
BOOST_HANA_ADAPT_STRUCT(named::Platform, os);
BOOST_HANA_ADAPT_STRUCT(named::Compiler, command);

namespace {

const auto branches = constant(std::vector<Branch>{{"main", 1}, {"next", 2}});
const auto keep_branch = [](Term<Branch> b) { return b; };

const detail::ListPayload& list_of(const AnyTerm& term) {
  return look::payload<detail::ListPayload>(term);
}

}  // namespace

TEST_CASE("list_map: its function runs exactly once, while the pipeline is written",
          "[term][list]") {
  int runs = 0;
  const auto x = list_map(branches, [&](Term<Branch> b) {
    ++runs;
    return map([](const Branch& branch) { return branch.commits; }, b);
  });
  CHECK(runs == 1);
  STATIC_REQUIRE(std::is_same_v<decltype(x), const Term<std::vector<int>>>);
  CHECK(look::node(x).kind == Kind::list_map);
  REQUIRE(look::node(x).inputs().size() == 3);
  CHECK(look::input(x, 0).node() == branches.node());
  CHECK(look::node(look::input(x, 1)).kind == Kind::item);
  CHECK(look::node(look::input(x, 1)).type == &type_of<Branch>);
  CHECK(look::has_inputs(look::input(x, 2), {look::input(x, 1)}));
  CHECK(list_of(x).item == &type_of<Branch>);
}

TEST_CASE("list_map: collects the items' values", "[term][list]") {
  const auto x = list_map(branches, [](Term<Branch> b) {
    return map([](const Branch& branch) { return branch.commits; }, b);
  });
  const int one = 1;
  const int two = 2;
  CHECK(look::call<std::vector<int>>(x, {&two, &one}) == std::vector{2, 1});
  CHECK(look::call<std::vector<int>>(x, {}).empty());
}

TEST_CASE("list_map: an item is identified by its value, or by what `by` says", "[term][list]") {
  CHECK_FALSE(list_of(list_map(branches, keep_branch)).identity);
  const Branch item{"main", 7};
  const auto by_name = list_map(branches, by(&Branch::name), keep_branch);
  REQUIRE(list_of(by_name).identity);
  CHECK(list_of(by_name).identity(&item).as<std::string>() == "main");
  const auto by_upper = list_iter(branches, by(&Branch::upper), keep_branch);
  CHECK(list_of(by_upper).identity(&item).as<std::string>() == "main!");
  const int offset = static_cast<int>(by_name.node()->inputs().size()) + 7;
  const auto by_lambda =
      list_map(branches, by([offset](const Branch& b) { return b.commits + offset; }), keep_branch);
  CHECK(list_of(by_lambda).identity(&item).as<int>() == 17);
}

TEST_CASE("list_map: an item may name itself", "[term][list]") {
  CHECK(list_of(list_map(branches, keep_branch)).item_name == nullptr);
  const auto platforms =
      list_map(constant(std::vector<named::Platform>()), [](auto x) { return x; });
  const named::Platform debian{"debian"};
  REQUIRE(list_of(platforms).item_name != nullptr);
  CHECK(list_of(platforms).item_name(&debian) == "debian");
  const auto compilers =
      list_map(constant(std::vector<named::Compiler>()), [](auto x) { return x; });
  const named::Compiler gcc{"gcc"};
  REQUIRE(list_of(compilers).item_name != nullptr);
  CHECK(list_of(compilers).item_name(&gcc) == "gcc");
}

TEST_CASE("list_iter: success only", "[term][list]") {
  const auto x = list_iter(branches, keep_branch);
  STATIC_REQUIRE(std::is_same_v<decltype(x), const Term<>>);
  CHECK(look::node(x).kind == Kind::list_iter);
  CHECK(look::node(x).operation->call == nullptr);
}

TEST_CASE("option_map: likewise for an optional", "[term][list]") {
  int runs = 0;
  const auto x = option_map(constant(std::optional<int>()), [&](Term<int> n) {
    ++runs;
    return map([](int m) { return std::to_string(m); }, n);
  });
  CHECK(runs == 1);
  STATIC_REQUIRE(std::is_same_v<decltype(x), const Term<std::optional<std::string>>>);
  CHECK(look::node(x).kind == Kind::option_map);
  const std::string value = "3";
  CHECK(look::call<std::optional<std::string>>(x, {&value}) == "3");
  CHECK(look::call<std::optional<std::string>>(x, {}) == std::nullopt);
}

TEST_CASE("list_map: lists of lists, gated lists, items as they are", "[term][list]") {
  const auto matrix = constant(std::vector<std::vector<int>>{{1}, {2, 3}});
  const auto x = list_map(gate(matrix, on(branches)), [](auto row) {
    return list_map(row, [](Term<int> cell) { return gate(cell, on(cell)); });
  });
  STATIC_REQUIRE(std::is_same_v<decltype(x), const Term<std::vector<std::vector<int>>>>);
}
