// own_loop.cpp - a host program's loop, children and signals beside two engines.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "support/sample.hpp"

using namespace oche::tests;

TEST_CASE("a host's loop drives two engines, and its children and SIGCHLD stay its own",
          "[examples][embedding]") {
  const Folder folder;
  for (const bool is_first : {true, false}) {
    const Ended ended = run_program(example("080_own_loop", {}), folder.path());
    INFO(ended.out << ended.errors);
    CHECK(ended.status == 0);
    CHECK(ended.errors.empty());
    const std::string ran = is_first ? "2 ran" : "0 ran";  // both remember, each in its own folder
    for (const std::string& line :
         {std::string("one child: exit status 3\n"), std::string("another: signal 15\n"),
          "one: ok, " + ran + "\n", "other: ok, " + ran + "\n",
          std::string("signals heard: some\n")}) {
      CHECK_THAT(ended.out, Catch::Contains(line));
    }
  }
}
