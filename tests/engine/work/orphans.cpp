// orphans.cpp - what a killed program left in its working folders is ended, and nobody else.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/work/orphans.hpp"

#include "engine/trees/support.hpp"

#include <csignal>

using namespace state_tests;

namespace {

/// A process that does nothing, in that folder; in a session of its own, as commands are.
pid_t idler(const std::string& folder) {
  int ready[2];
  REQUIRE(::pipe(ready) == 0);
  const pid_t child = in_child([&] {
    ::setsid();
    if (::chdir(folder.c_str()) != 0 || ::write(ready[1], "x", 1) != 1) return 1;
    for (;;)
      ::pause();
  });
  char seen = 0;
  REQUIRE(::read(ready[0], &seen, 1) == 1);
  ::close(ready[0]);
  ::close(ready[1]);
  return child;
}

}  // namespace

TEST_CASE("orphans: who works below the folder is ended, and nobody else", "[engine][work]") {
  const Folder folder;
  fs::create_directories(folder / "work/1/deep");
  fs::create_directories(folder / "work-of-others");
  const pid_t orphan = idler(folder / "work/1/deep");
  const pid_t stranger = idler(folder / "work-of-others");
  const pid_t neighbour = idler(folder.path());
  CHECK(end_orphans(folder / "work") == 1);
  CHECK(wait_for(orphan) == 128 + SIGKILL);
  CHECK(end_orphans(folder / "work") == 0);
  CHECK(end_orphans(folder / "nothing") == 0);
  for (const pid_t other : {stranger, neighbour}) {
    CHECK(::kill(other, 0) == 0);
    ::kill(other, SIGKILL);
    CHECK(wait_for(other) == 128 + SIGKILL);
  }
}

TEST_CASE("orphans: a sandbox that was being made is one", "[engine][work]") {
  const Folder folder;
  fs::create_directories(folder / "work/2");
  const std::string inner = fs::canonical(folder / "work/2").string();
  REQUIRE(::mkfifo((folder / "never").c_str(), 0600) == 0);
  int ready[2];
  REQUIRE(::pipe(ready) == 0);
  const pid_t stuck = in_child([&] {
    ::setsid();
    ::dup2(ready[1], 1);
    const std::string script = "echo; read nothing < " + (folder / "never");
    ::execl("/bin/sh", "/usr/bin/bwrap", "-c", script.c_str(), inner.c_str(), nullptr);
    return 1;
  });
  char seen = 0;
  REQUIRE(::read(ready[0], &seen, 1) == 1);
  ::close(ready[0]);
  ::close(ready[1]);
  CHECK(end_orphans(folder / "work") == 1);
  CHECK(wait_for(stuck) == 128 + SIGKILL);
}
