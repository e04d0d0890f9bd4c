// type.cpp - which types are records, and why others are not.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/base/type.hpp>

#include "samples.hpp"
#include <oche/base/secret.hpp>

#include <catch2/catch.hpp>

#include <functional>
#include <memory>
#include <span>

using namespace oche;
using detail::NotRecord;
using detail::why_not_record;

namespace outer {
struct Bare {
  int x;
};
struct HoldsBare {
  std::vector<Bare> bares;
};
struct HoldsHolder {
  std::optional<HoldsBare> holder;
};
struct HoldsPointer {
  int* p = nullptr;
};
struct NoDefault {
  explicit NoDefault(int n) : x(n) {}
  int x;
};
struct OnlyMoved {
  OnlyMoved() = default;
  OnlyMoved(OnlyMoved&&) = default;
  int x = 0;
};
struct InPlace {
  BOOST_HANA_DEFINE_STRUCT(InPlace, (std::string, name), (std::vector<InPlace>, more));
};
}  // namespace outer
BOOST_HANA_ADAPT_STRUCT(outer::HoldsBare, bares);
BOOST_HANA_ADAPT_STRUCT(outer::HoldsHolder, holder);
BOOST_HANA_ADAPT_STRUCT(outer::HoldsPointer, p);
BOOST_HANA_ADAPT_STRUCT(outer::NoDefault, x);
BOOST_HANA_ADAPT_STRUCT(outer::OnlyMoved, x);

namespace {
template <class T>
constexpr bool is(NotRecord reason, bool inside = false) {
  return why_not_record<T>().reason == reason && why_not_record<T>().inside == inside &&
         Record<T> == (reason == NotRecord::none);
}
}  // namespace

TEST_CASE("record: what is one", "[base][type]") {
  STATIC_REQUIRE(Record<samples::All>);
  STATIC_REQUIRE(Record<samples::Node>);
  STATIC_REQUIRE(Record<outer::InPlace>);
  STATIC_REQUIRE(Record<Tree> && Record<SecretName> && Record<Failure> && Record<Digest>);
  STATIC_REQUIRE(Record<Outcome<>> && Record<std::vector<Result<samples::Wheel>>>);
  STATIC_REQUIRE(Record<std::unordered_multimap<std::string, std::optional<Unit>>>);
}

TEST_CASE("record: what is none, and why", "[base][type]") {
  STATIC_REQUIRE(is<outer::Bare>(NotRecord::not_adapted));
  STATIC_REQUIRE(is<outer::HoldsBare>(NotRecord::not_adapted, true));
  STATIC_REQUIRE(is<outer::HoldsHolder>(NotRecord::not_adapted, true));
  STATIC_REQUIRE(is<outer::HoldsPointer>(NotRecord::pointer, true));
  STATIC_REQUIRE(is<outer::NoDefault>(NotRecord::no_default));
  STATIC_REQUIRE(is<outer::OnlyMoved>(NotRecord::not_copyable));
  STATIC_REQUIRE(is<int&>(NotRecord::reference));
  STATIC_REQUIRE(is<int*>(NotRecord::pointer));
  STATIC_REQUIRE(is<const char*>(NotRecord::pointer));
  STATIC_REQUIRE(is<std::unique_ptr<int>>(NotRecord::pointer));
  STATIC_REQUIRE(is<std::shared_ptr<outer::Bare>>(NotRecord::pointer));
  STATIC_REQUIRE(is<int outer::Bare::*>(NotRecord::pointer));
  STATIC_REQUIRE(is<void (*)()>(NotRecord::function));
  STATIC_REQUIRE(is<std::function<int(int)>>(NotRecord::function));
  STATIC_REQUIRE(is<std::string_view>(NotRecord::view));
  STATIC_REQUIRE(is<std::span<int>>(NotRecord::view));
  STATIC_REQUIRE(is<Secret>(NotRecord::secret));
  STATIC_REQUIRE(is<std::vector<Secret>>(NotRecord::secret, true));
  STATIC_REQUIRE(is<long double>(NotRecord::wide_real));
  STATIC_REQUIRE(is<int[3]>(NotRecord::bare_array));
  STATIC_REQUIRE(is<std::chrono::steady_clock::time_point>(NotRecord::foreign_clock));
  STATIC_REQUIRE(is<std::variant<int, std::string_view>>(NotRecord::view, true));
  STATIC_REQUIRE(is<std::map<std::string, std::pair<int, int*>>>(NotRecord::pointer, true));
  STATIC_REQUIRE(is<Outcome<std::vector<int*>>>(NotRecord::pointer, true));
}

TEST_CASE("type: what is no record has a table all the same", "[base][type]") {
  const Type& bare = type_of<outer::Bare>;
  CHECK(bare.shape == Shape::opaque);
  CHECK_FALSE(bare.is_record);
  CHECK(bare.equal == nullptr);
  CHECK(bare.copy != nullptr);
  const Type& list = type_of<std::vector<outer::Bare>>;
  CHECK(list.shape == Shape::list);
  CHECK_FALSE(list.is_record);
  std::vector<outer::Bare> bares;
  const outer::Bare one{3};
  list.push(&bares, &one);
  CHECK(bares.at(0).x == 3);
  CHECK(detail::equal(list, &bares, &bares) == false);
  std::string text;
  detail::print(list, &bares, text);
  CHECK(text == "[(opaque)]");
  CHECK_THROWS_AS(detail::encode(list, &bares, text), Error);
  CHECK(type_of<std::vector<std::unique_ptr<int>>>.push == nullptr);
  CHECK(type_of<std::shared_ptr<int>>.equal != nullptr);
  CHECK(type_of<samples::All>.is_record);
  CHECK(type_of<Outcome<outer::Bare>>.is_record == false);
}

TEST_CASE("type: members are named in the order they were given", "[base][type]") {
  const Type& type = type_of<samples::Derived>;
  REQUIRE(type.count == 2);
  CHECK(type.members[0].name == std::string("id"));  // a base's member
  CHECK(type.members[1].name == std::string("more"));
  CHECK(type.members[1].type == &type_of<std::string>);
}
