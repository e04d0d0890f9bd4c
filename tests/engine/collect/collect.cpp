// collect.cpp - what goes, and what never does.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/collect/collect.hpp"

#include "engine/collect/reach.hpp"
#include "engine/collect/support.hpp"

using namespace collect_tests;

namespace {

/// Ten days of runs of one step; the last of them was the newest run.
std::vector<Tree> ten_days(Past& past) {
  std::vector<Tree> trees;
  for (int i = 0; i < 10; ++i)
    trees.push_back(past.run(i + 1, "test", day(i)));
  return trees;
}

/// Checks that the runs from `first` on are there with all that belongs to them, and no other.
void check_kept(Past& past, const std::vector<Tree>& trees, std::size_t first) {
  for (std::size_t i = 0; i < trees.size(); ++i) {
    const auto number = static_cast<int>(i) + 1;
    const bool is_kept = i >= first;
    INFO("run " << number);
    CHECK(past.has(number) == is_kept);
    CHECK(is_there(past, trees[i]) == is_kept);
    CHECK(value_of(past.store().reader().key_parts(digest_of(number))).has_value() == is_kept);
    CHECK(fs::exists(past.log(number)) == is_kept);
    CHECK(value_of(past.store().reader().attempt(number)).has_value() == is_kept);
  }
  CHECK(value_of(past.store().reader().history("test", 100)).size() == trees.size() - first);
  CHECK(fsck(past.folder() + "/objects.git").empty());
  value_of(past.store().reader().verify());
}

}  // namespace

TEST_CASE("gc: what no run has used for longer than the limit goes", "[engine][collect]") {
  Past past;
  const std::vector<Tree> trees = ten_days(past);
  const Collected collected = value_of(past.collect(limits({.age = hours(24 * 5)})));
  CHECK(collected.results == 5);
  CHECK(collected.attempts == 5);
  CHECK(collected.logs == 5);
  CHECK(collected.objects == 5 * 4);  // two files, two folders; what all share stays
  CHECK(collected.kept_results == 5);
  CHECK(collected.bytes > 0);
  check_kept(past, trees, 5);
  CHECK(value_of(past.collect(limits({.age = hours(24 * 5)}))).objects == 0);
}

TEST_CASE("gc: how long it takes until the first step begins is kept", "[engine][collect]") {
  Past past;
  past.run(1, "old", day(1));
  past.run(2, "test", day(9));
  REQUIRE(is_stored(commit(past.store(), {AddDuration{"", "", hours(1)}})));
  REQUIRE(past.collect(limits({.age = hours(24)})));
  CHECK_FALSE(past.has(1));
  CHECK(value_of(past.store().reader().durations()).size() == 1);
  CHECK(value_of(past.store().reader().start_up())->mean == hours(1));
}

TEST_CASE("gc: of each step so many attempts stay", "[engine][collect]") {
  Past past;
  const std::vector<Tree> trees = ten_days(past);
  const Tree other = past.run(11, "lint", day(2));
  const Collected collected = value_of(past.collect(limits({.attempts = 3})));
  CHECK(collected.results == 7);
  check_kept(past, trees, 7);
  CHECK(past.has(11));
  CHECK(is_there(past, other));
}

TEST_CASE("gc: what happened last stays while it fits", "[engine][collect]") {
  Past past;
  const std::vector<Tree> trees = ten_days(past);
  const Collected all = value_of(past.collect(limits({.bytes = 1'000'000'000})));
  CHECK(all.results == 0);
  const std::uint64_t half = all.kept_bytes / 2;
  const Collected collected = value_of(past.collect(limits({.bytes = half})));
  CHECK(collected.kept_bytes <= half);
  CHECK(collected.kept_bytes + collected.bytes == all.kept_bytes);
  CHECK(collected.kept_results >= 4);
  check_kept(past, trees, trees.size() - collected.kept_results);
}

TEST_CASE("gc: what the newest run used stays under any limit", "[engine][collect]") {
  Past past;
  const std::vector<Tree> trees = ten_days(past);
  const Collected collected =
      value_of(past.collect(limits({.age = hours(0), .attempts = 0, .bytes = 0})));
  // It may have used what it took a day earlier, without saying so again.
  CHECK(collected.kept_results == 2);
  check_kept(past, trees, 8);
}

TEST_CASE("gc: what is published, folded or running stays", "[engine][collect]") {
  Past past;
  const Tree published = past.run(1, "publish", day(0));
  const Tree value = past.tree("value", {"value"});
  const Tree folded = past.tree("folded", {"state"});
  const Tree garbage = past.tree("garbage", {"nobody"});
  Attempt running = past.attempt(2, "running", day(0));
  running.state = AttemptState::running;
  commit(past.store(), {Published{.name = digest_of(1).hex(), .known = true},
                        Published{.name = "another", .known = true, .value = "x" + value.id},
                        StoredFold{"fold", "abc" + folded.id + "0", ""}, running});
  past.run(3, "test", day(9));
  const Collected collected = value_of(past.collect(limits({.age = hours(1)})));
  CHECK(collected.results == 0);
  CHECK(past.has(1));
  CHECK(is_there(past, published));
  CHECK(is_there(past, value));
  CHECK(is_there(past, folded));
  CHECK_FALSE(is_there(past, garbage));
  CHECK(fs::exists(past.log(2)));
}

TEST_CASE("gc: of a pack the part that is needed is written anew", "[engine][collect]") {
  Past past;
  std::vector<std::string> files;
  for (int i = 0; i < 60; ++i) {
    files.push_back(fmt::format("kept/{}", i));
    files.push_back(fmt::format("gone/{}", i));
  }
  const Tree both = past.tree("both", files);
  const Tree kept = value_of(past.trees().subtree(both, "kept"));
  const Tree gone = value_of(past.trees().subtree(both, "gone"));
  past.run(1, "test", day(9), kept);
  const Collected collected = value_of(past.collect(limits({})));
  // The other files, their folder, the one that names both, and the file beside them.
  CHECK(collected.objects == 63);
  CHECK(is_there(past, kept));
  CHECK_FALSE(is_there(past, gone));
  CHECK(fsck(past.folder() + "/objects.git").empty());
  CHECK(value_of(Trees(past.folder() + "/objects.git").read_file(kept, "7"))
            .starts_with("in kept/7 of both"));
  // A whole pack that nobody needs goes as it is, and can be made again.
  commit(past.store(), {DropResult{digest_of(1)}});
  CHECK(value_of(past.collect(limits({}))).objects == 61);
  CHECK(fs::is_empty(past.folder() + "/objects.git/objects/pack"));
  Trees again(past.folder() + "/objects.git");
  const Folder work;
  write(work / "7", "new");
  CHECK(again.exists(value_of(again.import_folder(work.path()))));
}

TEST_CASE("gc: a dry run tells the same and removes nothing", "[engine][collect]") {
  Past past;
  const std::vector<Tree> trees = ten_days(past);
  CollectOptions options = limits({.age = hours(24 * 5)});
  options.now = day(10);
  options.is_dry = true;
  const Collected told = value_of(collect(past.folder(), options));  // with the store open
  check_kept(past, trees, 0);
  options.is_dry = false;
  CHECK(text_of(collect(past.folder(), options))
            .starts_with("error: the state folder is in use by another process\n"));
  const Collected done = value_of(past.collect(options));
  CHECK(told.results == done.results);
  CHECK(told.attempts == done.attempts);
  CHECK(told.logs == done.logs);
  CHECK(told.objects == done.objects);
  CHECK(told.bytes == done.bytes);
  CHECK(told.kept_bytes == done.kept_bytes);
  check_kept(past, trees, 5);
}

TEST_CASE("gc: objects that are young stay, and so do strangers' files", "[engine][collect]") {
  Past past;
  const Tree young = past.tree("young", {"a"});
  write(past.folder() + "/objects.git/objects/pack/notes.txt", "mine");
  CollectOptions options = limits({});
  options.spared = std::chrono::minutes(10);
  CHECK(value_of(past.collect(options)).objects == 0);
  CHECK(is_there(past, young));
  CHECK(value_of(past.collect(limits({}))).objects == 3);
  CHECK(fs::exists(past.folder() + "/objects.git/objects/pack/notes.txt"));
}

TEST_CASE("gc: logs that no attempt names go", "[engine][collect]") {
  Past past;
  past.run(1, "test", day(0));
  write(past.folder() + "/logs/002/2001.log", "of a program that died");
  CHECK(value_of(past.collect(limits({}))).logs == 1);
  CHECK_FALSE(fs::exists(past.folder() + "/logs/002"));
  CHECK(fs::exists(past.log(1)));
}

TEST_CASE("gc: where nothing is stored there is nothing to do", "[engine][collect]") {
  const Folder folder;
  CHECK(text_of(collect(folder.path(), limits({})))
            .starts_with("error: nothing has been stored in this state folder yet\n"));
  CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("gc: whatever looks like an id in an unknown value is one", "[engine][collect]") {
  const std::string id = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
  CHECK(ids_in("").empty());
  CHECK(ids_in(id.substr(1)).empty());
  REQUIRE(ids_in("x" + id + "y").size() == 1);
  CHECK(ids_in("x" + id + "y").front() == empty_tree);
  CHECK(ids_in("ab" + id).size() == 3);
  CHECK(ids_in(id + "-" + id).size() == 2);
}
