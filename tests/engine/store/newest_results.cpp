// newest_results.cpp - results read together are those that are found one by one.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store/newest_results.hpp"

#include "engine/store/support.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

using namespace state_tests;

namespace {

constexpr int many = 1'200;

/// Good and bad ones, some of which have trees, are large, or expire.
StoredResult mixed(int number) {
  StoredResult result = result_of(number);
  if (number % 3 == 0) result.trees = {std::string(40, 'a'), std::string(40, 'b')};
  if (number % 5 == 0) result.value = std::string(5'000, 'v');
  if (number % 7 == 0) result.expires = at(number + 9);
  if (number % 11 != 0) return result;
  result.ok = false;
  result.value = "";
  result.failure = "{\"what\":\"exit status 2\"}";
  return result;
}

std::unique_ptr<StoreReader> filled(const Folder& folder) {
  const auto store = open_store(folder.path());
  Changes changes;
  for (int i = 0; i < many; ++i)
    changes.push_back(mixed(i));
  CHECK(is_stored(commit(*store, std::move(changes))));
  auto reader = value_of(StoreReader::open(folder.path()));
  REQUIRE(reader->stand_still().is_ok());
  return reader;
}

bool gives_the_same(const StoredResult& a, const StoredResult& b) {
  return a.key == b.key && a.ok == b.ok && a.value == b.value && a.value_digest == b.value_digest &&
         a.failure == b.failure && a.finished == b.finished && a.expires == b.expires &&
         a.trees == b.trees;
}

void check(NewestResults& results, int number) {
  const StoredResult* const found = value_of(results.find(digest_of(number)));
  CHECK((found != nullptr) == (number < many));
  if (found) CHECK(gives_the_same(*found, mixed(number)));
}

}  // namespace

TEST_CASE("newest results: every key is found, and no other", "[engine][store]") {
  const Folder folder;
  const auto reader = filled(folder);
  for (const std::size_t hoped : {0U, 3U, 100U, 5'000U}) {
    NewestResults results(*reader, hoped);
    for (int i = 0; i < many + 50; ++i)
      check(results, i);
    for (int i = many + 50; i-- > 0;)
      check(results, i);
  }
}

TEST_CASE("newest results: a large store is not read for a few keys", "[engine][store]") {
  const Folder folder;
  const auto reader = filled(folder);
  NewestResults few(*reader, 5);
  check(few, many - 1);
  CHECK(few.read() == 20);
  check(few, 1);
  CHECK(few.read() == 20);
  NewestResults growing(*reader, 5);
  for (int i = 0; i < 40; ++i)
    check(growing, i);
  CHECK(growing.read() > 20);
  CHECK(growing.read() <= 160);
}

TEST_CASE("newest results: what is damaged hides none of the others", "[engine][store]") {
  const Folder folder;
  filled(folder).reset();
  SQLite::Database(folder / "store.db", SQLite::OPEN_READWRITE)
      .exec("UPDATE results SET value_digest = x'00' WHERE attempt = 1000");
  const auto reader = value_of(StoreReader::open(folder.path()));
  REQUIRE(reader->stand_still().is_ok());
  NewestResults results(*reader, many);
  for (const int number : {1, 999, 1'001, many - 1, many})
    check(results, number);
  CHECK_FALSE(results.find(digest_of(1'000)).is_ok());
}
