// git.cpp - branches, commits and folders that somebody works in, as inputs.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/support.hpp"

using namespace plugin_tests;

TEST_CASE("head: the newest commit of a branch, now and when it moves", "[plugins][git]") {
  World world;
  world.add("a", "1");
  world.commit();
  const std::string first = state_tests::git(world.repository(), {"rev-parse", "HEAD"});
  const Commit commit = world.value(git::head(world.repository(), "main"));
  CHECK(commit.id == first);
  CHECK(commit.repository == world.repository());

  Folder seen;
  const Evaluation run = world.engine().start(world.source());
  run.wait_until_settled();
  EventReader events = world.engine().events();
  const std::uint32_t before = run.counts().ran;
  world.add("a", "2");
  world.commit();
  // The watch tells the engine; the next thing that happens is that the new commit is fetched.
  bool was_fetched = false;
  while (!was_fetched) {
    const std::optional<Event> event = events.wait();
    REQUIRE(event);
    was_fetched = event->what == Event::What::finished && event->path == "fetch" &&
                  event->state == State::ok && run.counts().ran >= before;
    if (was_fetched) CHECK_THAT(content_of(event->log), !Catch::Contains(first));
  }
}

TEST_CASE("head: what is wrong with a repository or a branch", "[plugins][git]") {
  World world;
  world.add("a", "1");
  world.commit();
  state_tests::git(world.repository(), {"branch", "release"});
  const Failure branch = world.failure(git::head(world.repository(), "relaese"));
  CHECK_THAT(render(branch), Catch::Contains("relaese") && Catch::Contains("release") &&
                                 Catch::Contains("git.cpp:"));
  fs::create_directories(world.folder / "plain");
  const Failure plain = world.failure(git::head(world.folder / "plain", "main"));
  CHECK_THAT(render(plain), Catch::Contains("plain"));
  CHECK(plain.kind == FailureClass::errored);
  CHECK(world.failure(git::head(world.folder / "absent", "main")).kind == FailureClass::errored);
}

TEST_CASE("refs: in the order of their names, each an item of its own", "[plugins][git]") {
  World world;
  world.add("a", "1");
  world.commit();
  for (const char* name : {"release/2", "release/1", "other"}) {
    state_tests::git(world.repository(), {"branch", name});
  }
  state_tests::git(world.repository(), {"tag", "v1"});
  std::vector<std::string> names;
  for (const Commit& commit : world.value(git::refs(world.repository(), {"main", "release/*"}))) {
    names.push_back(item_name(commit));
  }
  CHECK(names == std::vector<std::string>{"main", "release/1", "release/2"});
  CHECK(world.value(git::refs(world.repository(), {"nothing*"})).empty());
  CHECK(item_name(Commit{"r", "0123456789abcdef0123", ""}) == "0123456789ab");
  CHECK(item_name(Commit{"r", "0", "refs/tags/v1"}) == "v1");
}

TEST_CASE("fetch: git's own tree, the same for every commit of it", "[plugins][git]") {
  World world;
  world.add("a/b", "1");
  world.commit();
  const Tree first = world.value(world.source());
  CHECK(first.id == state_tests::git(world.repository(), {"rev-parse", "HEAD^{tree}"}));
  CHECK(world.files(first) == Files{{"a/b", "1"}});
  const Failure gone = world.failure(fetch(constant(
      Commit{world.repository(), std::string(40, 'a'), "main"}, "a commit that is not there")));
  CHECK(gone.kind == FailureClass::errored);
}

TEST_CASE("worktree: a folder as it is, with what is not committed", "[plugins][git]") {
  World world;
  world.add("kept", "1");
  world.add(".gitignore", "ignored\n");
  world.commit();
  world.add("kept", "2");
  world.add("new", "3");
  world.add("ignored", "4");
  const Tree tree = world.value(fetch(git::head("worktree:" + world.repository(), "main")));
  CHECK(world.files(tree) == Files{{".gitignore", "ignored\n"}, {"kept", "2"}, {"new", "3"}});
  CHECK_THAT(state_tests::git(world.repository(), {"status", "--porcelain"}),
             Catch::Contains("?? new") && Catch::Contains(" M kept"));
}
