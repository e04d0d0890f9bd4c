// elements.cpp - elements of lists by their place, and what two lists have in common.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "base/elements.hpp"

#include <oche/base/record.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <deque>
#include <limits>
#include <optional>

using namespace oche;
using detail::Elements;

namespace {

template <class L>
Elements elements(const L& list) {
  return Elements(type_of<L>, &list);
}

template <class L>
std::pair<std::size_t, std::size_t> common(const L& a, const L& b) {
  const Type& element = *type_of<L>.element;
  const std::size_t first = detail::equal_at_start(element, elements(a), elements(b));
  const std::size_t rest = std::min(a.size(), b.size()) - first;
  return {first, detail::equal_at_end(element, elements(a), elements(b), rest)};
}

using Ends = std::pair<std::size_t, std::size_t>;

}  // namespace

TEST_CASE("elements: are found where they lie", "[base][elements]") {
  const std::vector<std::string> words{"a", "b"};
  CHECK(elements(words).from(1) == reinterpret_cast<const char*>(&words[1]));
  CHECK(elements(words)[1] == &words[1]);
  const std::deque<int> apart{1, 2, 3};
  CHECK(elements(apart).size() == 3);
  CHECK(elements(apart).from(0) == nullptr);
  CHECK(elements(apart)[2] == &apart[2]);
  const std::vector<bool> packed{true, false};
  CHECK(type_of<std::vector<bool>>.data == nullptr);
  CHECK(*static_cast<const bool*>(elements(packed)[0]));
  CHECK_FALSE(*static_cast<const bool*>(elements(packed)[1]));
  CHECK(elements(std::optional<int>()).size() == 0);
  const std::optional<int> one = 7;
  CHECK(*static_cast<const int*>(elements(one)[0]) == 7);
}

TEST_CASE("elements: what two lists of numbers have in common, wherever they differ",
          "[base][elements]") {
  const std::vector<int> empty;
  CHECK(common(empty, empty) == Ends(0, 0));
  std::vector<int> many(5000);
  for (std::size_t i = 0; i < many.size(); ++i)
    many[i] = static_cast<int>(i);
  CHECK(common(many, many) == Ends(5000, 0));
  CHECK(common(many, empty) == Ends(0, 0));
  for (const std::size_t at : {0u, 1u, 1023u, 1024u, 1025u, 4095u, 4999u}) {
    std::vector<int> other = many;
    other[at] = -1;
    CHECK(common(many, other) == Ends(at, 4999 - at));
    other.erase(other.begin() + static_cast<std::ptrdiff_t>(at));
    CHECK(common(many, other) == Ends(at, 4999 - at));
    CHECK(common(other, many) == Ends(at, 4999 - at));
  }
  // An end is not counted twice.
  CHECK(common(std::vector<int>{1, 1}, std::vector<int>{1, 1, 1}) == Ends(2, 0));
}

TEST_CASE("elements: text, reals and lists apart are compared one by one", "[base][elements]") {
  using Words = std::vector<std::string>;
  CHECK(common(Words{"a", "b", "c"}, Words{"a", "x", "c"}) == Ends(1, 1));
  using Reals = std::vector<double>;
  const double nan = std::nan("1");
  CHECK(common(Reals{0.0, nan, 1}, Reals{-0.0, -nan, 2}) == Ends(2, 0));
  using Apart = std::deque<int>;
  CHECK(common(Apart{1, 2, 3}, Apart{1, 3}) == Ends(1, 1));
}

TEST_CASE("elements: equality of lists is that of their elements", "[base][elements]") {
  const auto same = [](const auto& a, const auto& b) {
    return detail::equal(type_of<std::remove_cvref_t<decltype(a)>>, &a, &b);
  };
  CHECK(same(std::vector<int>{1, 2}, std::vector<int>{1, 2}));
  CHECK_FALSE(same(std::vector<int>{1, 2}, std::vector<int>{1, 3}));
  CHECK_FALSE(same(std::vector<int>{1, 2}, std::vector<int>{1}));
  CHECK(same(std::vector<double>{0.0}, std::vector<double>{-0.0}));
  CHECK(same(std::vector<bool>{true}, std::vector<bool>{true}));
  CHECK_FALSE(
      same(std::vector<std::vector<short>>{{1}, {2}}, std::vector<std::vector<short>>{{1}, {3}}));
}
