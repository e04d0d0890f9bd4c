// value.cpp - shared immutable values of any type.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/base/value.hpp>

#include "samples.hpp"

#include <catch2/catch.hpp>

#include <thread>

using namespace oche;
using detail::Value;

namespace {

struct Counted {  // opaque
  static inline std::atomic<int> alive = 0;
  explicit Counted(int x) : number(x) { ++alive; }
  Counted(const Counted& other) : number(other.number) { ++alive; }
  ~Counted() { --alive; }
  int number;
};

struct Angry {
  friend bool operator==(const Angry&, const Angry&) { throw 1; }
};

struct alignas(64) Wide {
  int x = 7;
};

struct Refuses {
  Refuses() = default;
  Refuses(const Refuses&) { throw std::runtime_error("no"); }
};

}  // namespace

TEST_CASE("value: one payload, as many handles as one likes", "[base][value]") {
  {
    Value empty;
    CHECK_FALSE(empty);
    Value one = Value::make(Counted(3));
    CHECK(Counted::alive == 1);
    const Value two = one;
    CHECK(one.same(two));
    CHECK(two.as<Counted>().number == 3);
    one = empty;
    CHECK(Counted::alive == 1);
    const Value third = Value::copy_of(type_of<Counted>, two.data());
    CHECK(Counted::alive == 2);
    CHECK_FALSE(third.same(two));
    CHECK_FALSE(equal(two, third));  // no ==, never equal
    CHECK(equal(two, Value(two)));
    Value moved = std::move(one);
    CHECK_FALSE(moved);
  }
  CHECK(Counted::alive == 0);
}

TEST_CASE("value: equal by structure and type", "[base][value]") {
  CHECK(equal(Value::make(samples::Wheel{"a", {"b", "c"}}),
              Value::make(samples::Wheel{"a", {"b", "c"}})));
  CHECK_FALSE(equal(Value::make(samples::Wheel{"a", {"b", "c"}}),
                    Value::make(samples::Wheel{"a", {"b", "d"}})));
  CHECK_FALSE(equal(Value::make(1), Value::make(1L)));
  CHECK_FALSE(equal(Value::make(1), Value()));
  CHECK(equal(Value(), Value()));
  CHECK_FALSE(equal(Value::make(Angry{}), Value::make(Angry{})));
  const Value one = Value::make(std::string("x"));
  const Value two = Value::make(std::string("x"));
  CHECK(one.digest() == two.digest());
  CHECK(equal(one, two));
}

TEST_CASE("value: digest is the record's, and computed once", "[base][value]") {
  const Value value = Value::make(samples::Wheel{"a", {"b", "c"}});
  const Digest* first = &value.digest();
  CHECK(*first == digest(samples::Wheel{"a", {"b", "c"}}));
  CHECK(first == &value.digest());
  CHECK_THROWS_AS(Value::make(Counted(1)).digest(), Error);
}

namespace {

template <class T>
void overwrites(T first, T second) {
  Value value = Value::make(T(first));
  const Digest before = value.digest();
  CHECK(value.is_sole());
  CHECK_FALSE(value.overwrite(&first));
  CHECK(value.digest() == before);
  CHECK(value.overwrite(&second));
  CHECK(value.as<T>() == second);
  CHECK(value.digest() == digest(second));
  const Value other = value;
  CHECK_FALSE(value.is_sole());
}

}  // namespace

TEST_CASE("value: a number of which there is one handle may be overwritten", "[base][value]") {
  overwrites<bool>(false, true);
  overwrites<std::int8_t>(1, -1);
  overwrites<std::uint16_t>(1, 65535);
  overwrites<int>(1, -7);
  overwrites<std::uint64_t>(1, ~std::uint64_t{0});
  CHECK_FALSE(Value().is_sole());
}

TEST_CASE("value: alignment, exceptions, building by table", "[base][value]") {
  const Value wide = Value::make(Wide{});
  CHECK(reinterpret_cast<std::uintptr_t>(wide.data()) % 64 == 0);
  CHECK(wide.as<Wide>().x == 7);
  const Refuses refuses;
  CHECK_THROWS_AS(Value::make(refuses), std::runtime_error);
  CHECK_THROWS_AS(Value::copy_of(type_of<Refuses>, &refuses), std::runtime_error);
  const Type& list = type_of<std::vector<std::string>>;
  const Value built = Value::build(list, [&](void* self) {
    const std::string a = "a";
    list.push(self, &a);
    list.push(self, &a);
  });
  CHECK(built.as<std::vector<std::string>>() == std::vector<std::string>{"a", "a"});
  CHECK_THROWS_AS(Value::build(type_of<Counted>, [](void*) {}), Error);
}

TEST_CASE("value: a sum becomes what it is told", "[base][value]") {
  const Type& type = type_of<Outcome<samples::Wheel>>;
  const samples::Wheel wheel{"w", {}};
  const Value ok = Value::build(type, [&](void* self) { type.set(self, 0, &wheel); });
  CHECK(ok.as<Outcome<samples::Wheel>>().value().package == "w");
  const Failure failure{"no"};
  const Value bad = Value::build(type, [&](void* self) { type.set(self, 2, &failure); });
  CHECK(bad.as<Outcome<samples::Wheel>>().failure() == failure);
}

TEST_CASE("value: threads share one", "[base][value]") {
  const Value value = Value::make(std::string(1000, 'x'));
  std::vector<std::thread> threads;
  std::atomic<int> agreed = 0;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([value, &agreed] {
      for (int n = 0; n < 1000; ++n) {
        const Value copy = value;
        if (copy.digest() == sha256("\x59\x03\xe8" + std::string(1000, 'x'))) ++agreed;
      }
    });
  for (std::thread& thread : threads)
    thread.join();
  CHECK(agreed == 4000);
}
