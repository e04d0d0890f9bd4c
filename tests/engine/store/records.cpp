// records.cpp - everything that is stored comes back, also after the program has ended.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store/support.hpp"

using namespace state_tests;

TEST_CASE("store: a result comes back member by member", "[engine][store]") {
  Folder folder;
  StoredResult ok = result_of(1);
  ok.value = std::string("bytes\0with a zero", 17);
  ok.expires = at(99);
  ok.build = 3;
  ok.trees = {std::string(40, 'a'), std::string(40, 'b')};
  StoredResult red = result_of(2);
  red.ok = false;
  red.value = "";
  red.value_digest = Digest{};
  red.failure = "{\"what\":\"3 tests failed \xe2\x9c\x97\"}";
  {
    const auto store = open_store(folder.path());
    CHECK(is_stored(commit(*store, {ok, red})));
    CHECK(value_of(store->find(ok.key)) == ok);
  }
  const auto store = open_store(folder.path());
  CHECK(value_of(store->find(ok.key)) == ok);
  CHECK(value_of(store->find(red.key)) == red);
  CHECK(value_of(store->find(digest_of(3))) == std::nullopt);

  SECTION("a later result of the key replaces it") {
    ok.value = "newer";
    commit(*store, {ok});
    CHECK(value_of(store->find(ok.key)) == ok);
    CHECK(value_of(store->reader().count_results()) == 2);
  }
  SECTION("a dropped result is gone") {
    commit(*store, {DropResult{ok.key}, DropResult{digest_of(77)}});
    CHECK(value_of(store->find(ok.key)) == std::nullopt);
    CHECK(value_of(store->reader().count_results()) == 1);
  }
  SECTION("many at once, in the order asked") {
    const std::vector<Digest> keys{red.key, digest_of(3), ok.key, red.key};
    const auto found = value_of(store->reader().find_many(keys));
    REQUIRE(found.size() == 4);
    CHECK(found[0] == red);
    CHECK(found[1] == std::nullopt);
    CHECK(found[2] == ok);
    CHECK(found[3] == red);
  }
  SECTION("hundreds at once, some of them there and some asked for twice") {
    std::vector<Digest> keys;
    for (int i = 0; i < 400; ++i)
      keys.push_back(i % 7 == 0 ? red.key : i % 5 == 0 ? ok.key : digest_of(1000 + i / 2));
    const auto found = value_of(store->reader().find_many(keys));
    REQUIRE(found.size() == keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i)
      CHECK(found[i] == value_of(store->find(keys[i])));
  }
}

TEST_CASE("store: who stands still sees one moment", "[engine][store]") {
  Folder folder;
  const auto store = open_store(folder.path());
  commit(*store, {result_of(1)});
  const auto still = value_of(StoreReader::open(folder.path()));
  const auto other = value_of(StoreReader::open(folder.path()));
  REQUIRE(still->stand_still().is_ok());
  CHECK(value_of(still->find(digest_of(1))) == result_of(1));
  commit(*store, {result_of(2)});
  CHECK(value_of(other->find(digest_of(2))) == result_of(2));
  CHECK(value_of(still->find(digest_of(2))) == std::nullopt);
  CHECK(value_of(still->find_many(std::vector{digest_of(2)})) ==
        std::vector<std::optional<StoredResult>>(1));
}

TEST_CASE("store: attempts, their numbers and those that were lost", "[engine][store]") {
  Folder folder;
  Attempt first;
  {
    const auto store = open_store(folder.path());
    first.id = store->next_attempt();
    CHECK(first.id == 1);
    first.key = digest_of(1);
    first.path = "linux/gcc-12/test";
    first.step = "test";
    first.started = at(1);
    first.log = "logs/1.log";
    first.isolation = "bubblewrap";
    commit(*store, {first});
    CHECK(value_of(store->reader().running_attempts()) == std::vector{first});
    first.state = AttemptState::failed;
    first.finished = at(5);
    first.duration = 4s;
    first.exit_status = 2;
    first.text = "exit status 2";
    Attempt second = first;
    second.id = store->next_attempt();
    second.state = AttemptState::running;
    second.finished.reset();
    commit(*store, {first, second});
  }
  const auto store = open_store(folder.path());
  StoreReader& reader = store->reader();
  CHECK(store->next_attempt() == 3);
  CHECK(value_of(reader.attempt(1)) == first);
  CHECK(value_of(reader.attempt(9)) == std::nullopt);
  CHECK(value_of(reader.running_attempts()).size() == 1);
  commit(*store, {LoseRunning{at(9)}});
  CHECK(value_of(reader.running_attempts()).empty());
  const auto all = value_of(reader.attempts_of("linux/gcc-12/test", 10));
  REQUIRE(all.size() == 2);
  CHECK(all[0].id == 2);
  CHECK(all[0].state == AttemptState::lost);
  CHECK(all[0].finished == at(9));
  CHECK(all[1] == first);
  CHECK(value_of(reader.attempts_of("linux/gcc-12/test", 1)).size() == 1);
  CHECK(value_of(reader.recent_attempts(10)) == all);
  CHECK(value_of(reader.paths()) == std::vector<std::string>{"linux/gcc-12/test"});
}

TEST_CASE("store: what a key is made of is kept once", "[engine][store]") {
  Folder folder;
  const auto store = open_store(folder.path());
  const StoredKey key{digest_of(1), std::string("4:step1:a0:\0", 12)};
  CHECK(is_stored(commit(*store, {key, key})));
  CHECK(value_of(store->reader().key_parts(key.key)) == key.parts);
  CHECK(value_of(store->reader().key_parts(digest_of(2))) == std::nullopt);
}

TEST_CASE("store: durations learn from newer runs", "[engine][store]") {
  Folder folder;
  const auto store = open_store(folder.path());
  commit(*store, {AddDuration{"a/test", "test", 8s}, AddDuration{"b", "build", 1s}});
  commit(*store, {AddDuration{"a/test", "test", 16s}});
  // The first found nothing in any cache: it does not count any more.
  CHECK(value_of(store->reader().durations()) ==
        std::vector<PathDuration>{{"a/test", "test", 16s, 16s, 2}, {"b", "build", 1s, 1s, 1}});
  const auto mean = [&] { return value_of(store->reader().durations()).front().mean; };
  // Four weigh the same; from then on a newer one weighs a quarter.
  commit(*store, {AddDuration{"a/test", "test", 18s}});
  CHECK(mean() == 17s);
  commit(*store, {AddDuration{"a/test", "test", 23s}});
  CHECK(mean() == 19s);
  commit(*store, {AddDuration{"a/test", "test", 27s}});
  CHECK(mean() == 21s);
  commit(*store, {AddDuration{"a/test", "test", 25s}});
  CHECK(mean() == 22s);
}

TEST_CASE("store: until its first step begins is no duration of a step", "[engine][store]") {
  Folder folder;
  const auto store = open_store(folder.path());
  CHECK(value_of(store->reader().start_up()) == std::nullopt);
  commit(*store, {AddDuration{"", "", 8ms}, AddDuration{"a", "a", 1s}});
  CHECK(value_of(store->reader().start_up())->mean == 8ms);
  CHECK(value_of(store->reader().durations()) == std::vector<PathDuration>{{"a", "a", 1s, 1s, 1}});
}

TEST_CASE("store: approvals hold for a path and a digest", "[engine][store]") {
  Folder folder;
  const auto store = open_store(folder.path());
  const Approval approval{"deploy", digest_of(1), "ada", at(1)};
  commit(*store, {approval});
  StoreReader& reader = store->reader();
  CHECK(value_of(reader.approval("deploy", digest_of(1))) == approval);
  CHECK(value_of(reader.approval("deploy", digest_of(2))) == std::nullopt);
  CHECK(value_of(reader.approval("elsewhere", digest_of(1))) == std::nullopt);
  CHECK(value_of(reader.approvals()) == std::vector{approval});
}

TEST_CASE("store: published names, folds and build numbers", "[engine][store]") {
  Folder folder;
  {
    const auto store = open_store(folder.path());
    commit(*store, {Published{"app:latest", false, "one", digest_of(1), at(1)},
                    StoredFold{"count", "state", "last"}, SetBuildNumber{digest_of(1), 4}});
  }
  const auto store = open_store(folder.path());
  StoreReader& reader = store->reader();
  CHECK(value_of(reader.published("app:latest")) ==
        Published{"app:latest", false, "one", digest_of(1), at(1)});
  CHECK(value_of(reader.published("other")) == std::nullopt);
  CHECK(value_of(reader.fold("count")) == StoredFold{"count", "state", "last"});
  CHECK(value_of(reader.fold("none")) == std::nullopt);
  CHECK(value_of(reader.build_number(digest_of(1))) == 4);
  CHECK(value_of(reader.build_number(digest_of(2))) == 1);

  const Published known{"app:latest", true, "", digest_of(1), at(2)};
  commit(*store, {known, StoredFold{"count", "", ""}});
  CHECK(value_of(reader.published("app:latest")) == known);
  CHECK(value_of(reader.fold("count")) == StoredFold{"count", "", ""});
  commit(*store, {DropPublished{"app:latest"}});
  CHECK(value_of(reader.published("app:latest")) == std::nullopt);
}

TEST_CASE("store: the history of a path, newest first", "[engine][store]") {
  Folder folder;
  const auto store = open_store(folder.path());
  HistoryEntry ran{0, "a", at(1), digest_of(1), 1, AttemptState::failed, false, 3s, "2 tests"};
  HistoryEntry reused{0, "a", at(2), digest_of(1), 1, AttemptState::ok, true, 0s, ""};
  commit(*store, {ran, reused, HistoryEntry{0, "b", at(3)}});
  ran.sequence = 1;
  reused.sequence = 2;
  CHECK(value_of(store->reader().history("a", 10)) == std::vector{reused, ran});
  CHECK(value_of(store->reader().history("a", 1)) == std::vector{reused});
  CHECK(value_of(store->reader().paths()) == std::vector<std::string>{"a", "b"});
}

TEST_CASE("store: a path may be any text", "[engine][store]") {
  Folder folder;
  const auto store = open_store(folder.path());
  for (const std::string& path : {std::string("a'b\"; DROP TABLE results; --"),
                                  std::string("\xc3\xa4\n\t"), std::string("zero\0byte", 9)}) {
    commit(*store, {AddDuration{path, "s", 1s}, Approval{path, digest_of(1), "x", at(1)}});
    CHECK(value_of(store->reader().approval(path, digest_of(1))).value().path == path);
  }
  CHECK(value_of(store->reader().durations()).size() == 3);
}
