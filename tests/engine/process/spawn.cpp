// spawn.cpp - a program that is started is inside its fence from its first instant.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/process/spawn.hpp"

#include "engine/process/clone_into.hpp"
#include "engine/process/fence.hpp"
#include "engine/process/support.hpp"

#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace {

using namespace oche::detail;

struct Said {
  std::string text;
  bool is_fenced;
};

/// What `cat FILE` prints, behind that fence.
Said cat(Spawner& spawner, const char* file, int fence) {
  std::array<int, 2> pipe{};
  REQUIRE(::pipe2(pipe.data(), O_CLOEXEC) == 0);
  const Descriptor reading{pipe[0]};
  Descriptor writing{pipe[1]};
  const Spawned spawned = spawner.spawn(
      {.program = "/bin/cat", .argv = {"cat", file}, .output = writing.get(), .fence = fence});
  REQUIRE(spawned.error == 0);
  writing.close();
  Said said{.is_fenced = spawned.is_fenced};
  std::array<char, 4096> buffer{};
  for (ssize_t size = 0; (size = ::read(reading.get(), buffer.data(), buffer.size())) > 0;)
    said.text.append(buffer.data(), static_cast<std::size_t>(size));
  siginfo_t ended{};
  REQUIRE(::waitid(P_PIDFD, static_cast<id_t>(spawned.handle.get()), &ended, WEXITED) == 0);
  CHECK(ended.si_status == 0);
  return said;
}

}  // namespace

TEST_CASE("spawn: a program begins inside its fence", "[engine][process]") {
  Fences fences;
  const auto fence = fences.take();
  if (!fence) return;  // no cgroups here
  Spawner spawner;
  const Said said = cat(spawner, "/proc/self/cgroup", fence->entrance());
  CHECK(said.is_fenced);
  CHECK(said.text.find("oche-") != std::string::npos);
  CHECK_FALSE(fence->holds_somebody());
  CHECK(cat(spawner, "/proc/self/cgroup", -1).text.find("oche-") == std::string::npos);
}

TEST_CASE("spawn: a fence in which all were killed lets in, and is not used again",
          "[engine][process]") {
  Fences fences;
  auto killed = fences.take();
  if (!killed) return;
  const auto folder = killed->folder();
  killed->kill();
  Spawner spawner;
  const Said said = cat(spawner, "/proc/self/comm", killed->entrance());
  CHECK(said.is_fenced);
  CHECK(said.text == "cat\n");
  fences.give_back(std::move(killed));
  CHECK_FALSE(std::filesystem::exists(folder));
  auto kept = fences.take();
  CHECK(cat(spawner, "/proc/self/comm", kept->entrance()).text == "cat\n");
  const auto same = kept->folder();
  fences.give_back(std::move(kept));
  CHECK(fences.take()->folder() == same);
}

TEST_CASE("spawn: what is no fence keeps nothing from starting", "[engine][process]") {
  Spawner spawner;
  const Descriptor folder{::open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  const Said said = cat(spawner, "/proc/self/comm", folder.get());
  CHECK_FALSE(said.is_fenced);
  CHECK(said.text == "cat\n");
}

TEST_CASE("clone_into: what is no cgroup is an error, and no process", "[engine][process]") {
  const Descriptor folder{::open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  alignas(16) std::array<std::byte, 8192> stack{};
  const auto never = [](void*) {
    ::syscall(SYS_exit_group, 1);
    return 1;
  };
  int handle = -1;
  CHECK(clone_into(folder.get(), never, nullptr, stack.data(), stack.size(), handle) == -1);
  CHECK((errno == EBADF || errno == ENOSYS || errno == EPERM));
  CHECK(handle == -1);
}
