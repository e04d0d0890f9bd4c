// inputs.cpp - Var and watch: values from outside.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "term/look.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <functional>
#include <thread>

using namespace oche;

namespace {

detail::Source& source_of(const AnyTerm& term) {
  return *look::payload<detail::InputPayload>(term).source;
}

}  // namespace

TEST_CASE("Var: its term reads the value set last", "[term][var]") {
  Var<int> v{"replicas", 3};
  const Term<int> term = v.term();
  CHECK(look::node(term).kind == Kind::input);
  CHECK(look::node(term).label() == "replicas");
  CHECK(source_of(term).is_immediate());
  CHECK(source_of(term).read().value().as<int>() == 3);
  v.set(4);
  CHECK(source_of(term).read().value().as<int>() == 4);
  CHECK(v.term().node() == term.node());
}

TEST_CASE("Var: a literal makes it one of strings", "[term][var]") {
  Var v{"word", "x"};
  STATIC_REQUIRE(std::is_same_v<decltype(v), Var<std::string>>);
}

TEST_CASE("Var: who subscribed is told of changes, and of nothing else", "[term][var]") {
  Var<std::string> v{"word", "a"};
  const auto term = v.term();
  int first = 0;
  int second = 0;
  const auto leave_first = source_of(term).subscribe([&] { ++first; });
  const auto leave_second = source_of(term).subscribe([&] { ++second; });
  v.set("b");
  CHECK(first == 1);
  CHECK(second == 1);
  v.set("b");  // equal
  CHECK(first == 1);
  leave_first();
  v.set("c");
  CHECK(first == 1);
  CHECK(second == 2);
  leave_second();
  leave_second();
  v.set("d");
  CHECK(second == 2);
}

TEST_CASE("Var: the term outlives the handle, and the way out outlives both", "[term][var]") {
  std::function<void()> leave;
  {
    std::optional<Term<int>> term;
    {
      Var<int> v{"v", 1};
      term = v.term();
      v.set(2);
    }
    CHECK(source_of(*term).read().value().as<int>() == 2);
    leave = source_of(*term).subscribe([] {});
  }
  leave();
}

TEST_CASE("Var: may be left from within a notice", "[term][var]") {
  Var<int> v{"v", 0};
  int seen = 0;
  std::function<void()> leave;
  leave = source_of(v.term()).subscribe([&] {
    ++seen;
    leave();
  });
  v.set(1);
  v.set(2);
  CHECK(seen == 1);
}

TEST_CASE("Var: is set from several threads", "[term][var][threads]") {
  Var<int> v{"v", 0};
  std::atomic<int> notices{0};
  const auto leave = source_of(v.term()).subscribe([&] { ++notices; });
  std::vector<std::thread> threads;
  for (int t = 1; t <= 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 200; ++i) {
        v.set(t * 1000 + i);
        (void)source_of(v.term()).read();
      }
    });
  for (std::thread& thread : threads)
    thread.join();
  CHECK(notices == 800);  // no two values are equal
  CHECK(source_of(v.term()).read().value().as<int>() % 1000 == 199);
}

TEST_CASE("watch: reads a value, a Result, or what is thrown", "[term][watch]") {
  const auto nothing = [](const std::function<void()>&) { return [] {}; };
  const auto plain = watch<int>("clock", [] { return 3; }, nothing);
  STATIC_REQUIRE(std::is_same_v<decltype(plain), const Term<int>>);
  CHECK(look::node(plain).label() == "clock");
  CHECK_FALSE(source_of(plain).is_immediate());
  CHECK(source_of(plain).read().value().as<int>() == 3);
  const auto text = watch<std::string>("text", [] { return "literal"; }, nothing);
  CHECK(source_of(text).read().value().as<std::string>() == "literal");
  const auto result =
      watch<int>("r", []() -> Result<int> { return Failure{"unreachable"}; }, nothing);
  CHECK(source_of(result).read().failure().what == "unreachable");
  const auto throws = watch<int>("t", []() -> int { throw Error("broken"); }, nothing);
  CHECK_THROWS_WITH(source_of(throws).read(), "broken");
}

TEST_CASE("watch: hands out the notice, and takes the way out", "[term][watch]") {
  std::function<void()> notify;
  int left = 0;
  const auto w = watch<int>(
      "w", [] { return 1; },
      [&](std::function<void()> changed) {
        notify = std::move(changed);
        return [&left] { ++left; };
      });
  int notices = 0;
  const auto leave = source_of(w).subscribe([&] { ++notices; });
  notify();
  notify();
  CHECK(notices == 2);
  leave();
  CHECK(left == 1);
}
