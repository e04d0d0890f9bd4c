// program.cpp - which program a command means, and its digest.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/process/program.hpp"

#include "engine/process/support.hpp"

using namespace process_tests;

TEST_CASE("program: is looked up in absolute folders, in order", "[engine][process]") {
  const Folder folder;
  for (const auto* name : {"one", "two", "three"}) {
    std::filesystem::create_directory(folder / name);
  }
  const auto in = [&](const char* name) { return folder / name; };
  const auto path = ":.:relative:" + in("one") + ":" + in("two") + ":" + in("three");
  write(in("one") + "/tool", "#!/bin/sh\n", false);
  std::filesystem::create_directory(in("two") + "/tool");
  CHECK(find_program("tool", path).failure->what ==
        "not an executable program: " + in("one") + "/tool");
  write(in("three") + "/tool", "#!/bin/sh\n", true);
  CHECK(find_program("tool", path).path == in("three") + "/tool");
  CHECK(find_program("./tool", path).path == "./tool");
  CHECK(find_program("/bin/sh", "").path == "/bin/sh");
  CHECK(find_program("tool", "").failure->what == "program not found: tool");
  CHECK(find_program("tool", path + "x").path.empty());
}

TEST_CASE("program: its digest follows its bytes and its interpreter's", "[engine][process]") {
  const Folder folder;
  const auto tool = folder / "tool";
  const auto language = folder / "language";
  Programs programs;
  write(language, "version 1", true);
  write(tool, "#! " + language + " -x\nprint\n", true);
  const auto first = programs.digest(tool);
  CHECK_FALSE(first.is_none());
  CHECK(programs.digest(tool) == first);
  CHECK(Programs{}.digest(tool) == first);

  write(language, "version 20", true);
  const auto second = programs.digest(tool);
  CHECK(second != first);
  write(tool, "#! " + language + " -x\nprint more\n", true);
  CHECK(programs.digest(tool) != second);

  write(tool, "#!" + tool + "\n", true);  // its own interpreter: ends
  CHECK_FALSE(programs.digest(tool).is_none());
  write(tool, "#!/usr/bin/env -S sh -e\n", true);
  const auto through_env = programs.digest(tool);
  write(tool, "#!/nowhere/sh\n", true);
  CHECK(programs.digest(tool) != through_env);
  CHECK(programs.digest("./tool").is_none());
  CHECK(programs.digest("/nowhere/tool").is_none());
}
