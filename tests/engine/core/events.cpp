// events.cpp - the ordered stream of what happens, and readers that are too slow for it.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/event_log.hpp"

#include <catch2/catch.hpp>

#include <thread>
#include <utility>

using namespace oche;

namespace {
void add(detail::EventLog& log, const char* path) {
  Event event;
  event.path = path;
  log.add(std::move(event));
}
}  // namespace

TEST_CASE("events come in order to every reader, each at its own place") {
  const auto log = std::make_shared<detail::EventLog>();
  add(*log, "before");
  EventReader one(log);
  EventReader two(log);
  add(*log, "a");
  add(*log, "b");
  CHECK(one.next()->path == "a");
  CHECK(one.next()->path == "b");
  CHECK_FALSE(one.next());
  CHECK(two.next()->path == "a");
}

TEST_CASE("a reader that is too slow finds a gap and then what is still kept") {
  const auto log = std::make_shared<detail::EventLog>(3);
  EventReader slow(log);
  for (const char* path : {"a", "b", "c", "d", "e"})
    add(*log, path);
  const auto gap = slow.next();
  REQUIRE(gap);
  CHECK(gap->what == Event::What::gap);
  const auto next = slow.next();
  REQUIRE(next);
  CHECK(next->path == "c");
  CHECK(next->sequence == gap->sequence);
}

TEST_CASE("a reader that waits is woken by an event, and by the end") {
  const auto log = std::make_shared<detail::EventLog>();
  EventReader reader(log);
  std::thread other([&] {
    add(*log, "a");
    log->close();
  });
  CHECK(reader.wait()->path == "a");
  CHECK_FALSE(reader.wait());
  other.join();
}
