// publish.cpp - a folder feed: numbered versions, the latest, and nothing half-written.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/feed/folder_feed.hpp"
#include "plugins/support.hpp"

using namespace plugin_tests;

namespace {

std::string latest(const std::string& feed) { return fs::read_symlink(feed + "/latest").string(); }

std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

TEST_CASE("publish: A, B, A gives two versions, and the first is the latest again",
          "[plugins][feed]") {
  World world;
  const std::string feed = world.folder / "feed";
  const auto published = [&](const char* content) {
    world.add("file", content);
    world.commit();
    return world.value(publish(feed, gate(world.source(), on(constant(1, "checked")))));
  };
  CHECK(published("A") == Version{feed, 1});
  CHECK(published("B") == Version{feed, 2});
  CHECK(latest(feed) == "2");
  CHECK(published("A") == Version{feed, 1});
  CHECK(latest(feed) == "1");
  CHECK(content_of(feed + "/1/file") == "A");
  CHECK(content_of(feed + "/2/file") == "B");
  CHECK(names_in(feed) == std::vector<std::string>{"1", "1.tree", "2", "2.tree", "latest"});
}

TEST_CASE("publish: a plain name is a feed below the state folder", "[plugins][feed]") {
  World world;
  world.add("file", "A");
  world.commit();
  const auto ready = gate(world.source(), on(constant(1, "checked")));
  CHECK(world.value(publish("releases", ready)) == Version{"releases", 1});
  CHECK(content_of(world.folder / "state/feeds/releases/latest/file") == "A");
  CHECK_THROWS_WITH(publish("", ready), Catch::Contains("publish is given no feed"));
}

TEST_CASE("publish: a feed that cannot be written", "[plugins][feed]") {
  World world;
  world.add("file", "A");
  world.commit();
  write(world.folder / "plain", "a file where the folder should be");
  const Failure failure = world.failure(
      publish(world.folder / "plain/feed", gate(world.source(), on(constant(1, "x")))));
  CHECK(failure.kind == FailureClass::errored);
  CHECK_THAT(render(failure), Catch::Contains("cannot publish to feed") &&
                                  Catch::Contains("publish.cpp:") && Catch::Contains("hint: "));
}

TEST_CASE("a feed shows a version whole or not at all", "[plugins][feed]") {
  const Folder folder;
  const std::string path = folder / "feed";
  const Tree tree{std::string(40, 'a')};
  {
    detail::FolderFeed feed(path);
    CHECK_THROWS(feed.add(tree, [&](const std::string& aside) {
      write(aside + "/file", "half");
      throw std::runtime_error("the power went");
    }));
    for (const std::string& name : names_in(path))
      CHECK(name.starts_with(".partial-"));
    CHECK_FALSE(feed.find(tree));
  }
  detail::FolderFeed feed(path);
  CHECK(names_in(path).empty());
  CHECK(feed.add(tree, [](const std::string& aside) { write(aside + "/file", "whole"); }) == 1);
  feed.set_latest(1);
  CHECK(feed.find(tree) == 1);
  // A crash between the two renames leaves the name of a tree without its version.
  fs::remove_all(path + "/1");
  CHECK_FALSE(feed.find(tree));
}
