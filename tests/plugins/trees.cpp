// trees.cpp - subtree, glob and merge: parts of trees, and trees of parts.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/support.hpp"

using namespace plugin_tests;

TEST_CASE("subtree, glob, merge", "[plugins][tree]") {
  World world;
  world.add("app/main.c", "1");
  world.add("app/needs-base", "");
  world.add("base/base.c", "2");
  world.add("tool/needs-base", "");
  world.commit();
  const Term<Tree> source = world.source();
  CHECK(world.files(world.value(subtree(source, "app"))) ==
        Files{{"main.c", "1"}, {"needs-base", ""}});
  CHECK(world.value(glob(source, "*/needs-base")) ==
        std::vector<std::string>{"app/needs-base", "tool/needs-base"});
  CHECK(world.value(glob(source, "*.java")).empty());
  const Tree both = world.value(merge({subtree(source, "app"), subtree(source, "base")}));
  CHECK(world.files(both) == Files{{"base.c", "2"}, {"main.c", "1"}, {"needs-base", ""}});

  const Failure no_folder = world.failure(subtree(source, "bass"));
  CHECK(no_folder.kind == FailureClass::failed);
  CHECK_THAT(render(no_folder), Catch::Contains("bass") && Catch::Contains("base"));
}

TEST_CASE("merge: two files under one path", "[plugins][tree]") {
  World world;
  world.add("a/same", "1");
  world.add("b/same", "1");
  world.add("c/same", "2");
  world.commit();
  const Term<Tree> source = world.source();
  CHECK(world.files(world.value(merge({subtree(source, "a"), subtree(source, "b")}))) ==
        Files{{"same", "1"}});
  const Failure clash = world.failure(merge({subtree(source, "a"), subtree(source, "c")}));
  CHECK(clash.kind == FailureClass::failed);
  CHECK_THAT(render(clash), Catch::Contains("same"));
}

TEST_CASE("what reads a folder is not repeated when something outside changes", "[plugins][tree]") {
  World world;
  world.add("app/main.c", "1");
  world.add("other", "1");
  world.commit();
  const auto built = [&] {
    const Evaluation run =
        world.engine().start(exec(subtree(world.source(), "app"), {.argv = {"true"}}));
    run.wait_until_settled();
    REQUIRE(run.outcome().is_ok());
    return run.counts().ran;
  };
  CHECK(built() == 1);
  world.add("other", "2");
  world.commit();
  CHECK(built() == 0);
}
