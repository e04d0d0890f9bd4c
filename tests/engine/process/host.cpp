// host.cpp - the program around the engine keeps its own children and its SIGCHLD.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/process/support.hpp"

#include <sys/wait.h>

#include <atomic>
#include <thread>

using namespace process_tests;

namespace {

std::atomic<int> heard{0};
void hear(int) { ++heard; }

std::string own_program() { return std::filesystem::read_symlink("/proc/self/exe").string(); }

}  // namespace

TEST_CASE("process: the host's children and its SIGCHLD handler stay its own",
          "[engine][process]") {
  struct sigaction ours{}, before{}, after{};
  ours.sa_handler = hear;
  ours.sa_flags = SA_RESTART;
  ::sigaction(SIGCHLD, &ours, &before);
  {
    Processes processes;
    int gate[2];
    REQUIRE(::pipe(gate) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
      char byte = 0;
      ::close(gate[1]);
      ::_exit(::read(gate[0], &byte, 1) == 1 ? 42 : 1);
    }
    for (int i = 0; i < 20; ++i)
      CHECK(run(processes, shell("exit 3")).result.exit_code == 3);
    REQUIRE(::write(gate[1], "x", 1) == 1);
    int status = 0;
    CHECK(::waitpid(child, &status, 0) == child);  // nobody took it
    CHECK(WEXITSTATUS(status) == 42);
    ::close(gate[0]);
    ::close(gate[1]);
  }
  CHECK(heard > 0);
  ::sigaction(SIGCHLD, &before, &after);
  CHECK(after.sa_handler == hear);  // nobody replaced it
}

TEST_CASE("process: a host that ignores SIGCHLD is survived", "[engine][process]") {
  ::signal(SIGCHLD, SIG_IGN);
  {
    Processes processes;
    const auto [result, output] = run(processes, shell("echo said; exit 3"));
    CHECK(output == "said\n");
    if (result.not_started) {  // kernels before 6.15 forget
      CHECK(result.not_started->what ==
            "the exit status was taken by another part of this program");
    } else {
      CHECK(result.exit_code == 3);
    }
  }
  ::signal(SIGCHLD, SIG_DFL);
}

TEST_CASE("process helper: runs one for ever", "[.][process-helper]") {
  Processes processes;
  Watched watched{processes, shell("echo $$; exec sleep 1000")};
  ::dprintf(1, "%s", watched.lines(1).c_str());
  ::pause();
}

TEST_CASE("process: nothing survives a kill -9 of the engine", "[engine][process]") {
  Processes processes;
  Watched engine{processes, shell("echo $$; exec '" + own_program() + "' '[process-helper]'")};
  const auto said = engine.lines(2);
  const auto engine_id = std::stoi(said);
  const auto child_id = std::stoi(said.substr(said.find('\n') + 1));
  REQUIRE(::kill(child_id, 0) == 0);
  REQUIRE(::kill(engine_id, SIGKILL) == 0);
  CHECK(engine.result().signal == SIGKILL);
  CHECK(is_gone(child_id));
}

TEST_CASE("process: may be used from many threads", "[engine][process]") {
  Processes processes;
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 10; ++i) {
        Watched watched{processes, shell("echo up; exec sleep 1000")};
        watched.lines(1);
        processes.cancel(watched.id());
        if (watched.result().cancelled) ++good;
      }
    });
  }
  for (auto& thread : threads)
    thread.join();
  CHECK(good == 40);
}
