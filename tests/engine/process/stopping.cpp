// stopping.cpp - time limits, cancelling, and what survives them: nothing.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/process/fence.hpp"
#include "engine/process/support.hpp"
#include <oche/base/manual_clock.hpp>

#include <sstream>

using namespace process_tests;

namespace {

/// The process ids that a command printed, one a line.
std::vector<pid_t> ids_in(const std::string& output) {
  std::istringstream lines{output};
  std::vector<pid_t> ids;
  for (pid_t id = 0; lines >> id;)
    ids.push_back(id);
  return ids;
}

}  // namespace

TEST_CASE("process: a time limit is the clock's", "[engine][process]") {
  auto clock = std::make_shared<ManualClock>();
  Processes processes{clock};
  auto request = shell("echo $$; exec sleep 1000");
  request.timeout = 30s;
  Watched watched{processes, request};
  const auto id = ids_in(watched.lines(1)).front();
  clock->advance(29s);
  CHECK(run(processes, shell("true")).result.is_success());  // the thread has looked at the clock
  CHECK(::kill(id, 0) == 0);
  clock->advance(1s);
  const auto result = watched.result();
  CHECK(result.timed_out);
  CHECK_FALSE(result.cancelled);
  CHECK(result.signal == SIGTERM);
  CHECK(result.duration == 30s);
  CHECK(describe(result) == "timed out");
  CHECK(failure_of(result)->kind == FailureClass::timed_out);
  CHECK(is_gone(id));
}

TEST_CASE("process: a real clock's limits fire by themselves", "[engine][process]") {
  Processes processes;
  auto limited = shell("sleep 1000");
  limited.timeout = 20ms;
  const auto late = run(processes, limited);
  CHECK(late.result.timed_out);
  CHECK(late.result.duration >= 20ms);
  auto stubborn = shell("trap '' TERM; echo up; while :; do sleep 1000; done");
  stubborn.grace = 20ms;
  Watched watched{processes, stubborn};
  watched.lines(1);  // from here on only KILL ends it
  processes.cancel(watched.id());
  CHECK(watched.result().cancelled);
}

TEST_CASE("process: TERM lets it tidy up", "[engine][process]") {
  Processes processes;
  Watched watched{processes, shell("trap 'echo tidy; exit 9' TERM; echo up; sleep 1000 & wait")};
  watched.lines(1);
  processes.cancel(watched.id());
  const auto result = watched.result();
  CHECK(result.cancelled);
  CHECK(result.exit_code == 9);
  CHECK_FALSE(result.is_success());
  CHECK(watched.output() == "up\ntidy\n");
  processes.cancel(watched.id());  // of one that has ended: nothing
}

TEST_CASE("process: KILL comes after the grace time to all that ignore TERM", "[engine][process]") {
  const auto fencing = GENERATE(Fencing::preferred, Fencing::none);
  auto clock = std::make_shared<ManualClock>();
  Processes processes{clock, fencing};
  // The process itself goes at TERM; a grandchild in its group does not, another has left the
  // group.
  auto request = shell(
      "sh -c 'trap \"\" TERM; echo $$; while :; do sleep 1000; done' &"
      "setsid sh -c 'trap \"\" TERM; echo $$; while :; do sleep 1000; done' &"
      "wait");
  request.grace = 10s;
  Watched watched{processes, request};
  const auto ids = ids_in(watched.lines(2));
  processes.cancel(watched.id());
  // Ordered behind the cancel, and done before the clock moves.
  CHECK(run(processes, shell("true")).result.is_success());
  for (const auto id : ids)
    CHECK(::kill(id, 0) == 0);
  clock->advance(10s);
  const auto result = watched.result();
  CHECK(result.cancelled);
  CHECK(result.duration == 10s);
  for (const auto id : ids)
    CHECK(is_gone(id));
}

TEST_CASE("process: no descendant slips away between being found and being killed",
          "[engine][process]") {
  // Descendants in sessions of their own that start new ones as fast as they can. All of them hold
  // the
  // lock that the last of them lets go.
  for (int i = 0; i < 10; ++i) {
    const Folder folder;
    Processes processes{system_clock(), i % 2 == 0 ? Fencing::none : Fencing::preferred};
    auto request = shell(
        "mkfifo gate; exec 8<>gate 9>lock; flock 9;"
        "for i in 1 2 3; do setsid sh -c 'trap \"\" TERM; echo up; echo >&8;"
        "  for n in $(seq 500); do sleep 0; sleep 60 & done' & done; wait",
        folder.path());
    request.grace = 0s;
    Watched watched{processes, request};
    watched.lines(3);
    processes.cancel(watched.id());
    CHECK(watched.result().cancelled);
    CHECK(run(processes, shell("flock -w 20 lock true", folder.path())).result.is_success());
  }
}

TEST_CASE("process: whoever holds the pipe does not delay the end", "[engine][process]") {
  const Folder folder;
  Processes processes{system_clock(), Fencing::none};
  const auto ended = run(processes, shell("mkfifo gate;"
                                          "setsid sh -c 'echo $$ >gate; exec sleep 1000' &"
                                          "read id <gate; sleep 1000 & echo $id $!; exit 6",
                                          folder.path()));
  CHECK(ended.result.exit_code == 6);
  const auto ids = ids_in(ended.output);
  REQUIRE(ids.size() == 2);
  CHECK(is_gone(ids[1]));  // it was in the group
  CHECK(ended.result.left_somebody);
  // It had a session of its own, so only a sandbox or a fence holds it.
  CHECK(::kill(ids[0], SIGKILL) == 0);
}

TEST_CASE("process: behind a fence nobody survives the end of the command", "[engine][process]") {
  if (Fences::own_cgroup().empty() || !Fences().take()) return;  // there is no such thing here
  const Folder folder;
  Processes processes;
  // One with a session of its own, and one whose parents are gone: both let TERM pass.
  const auto ended =
      run(processes, shell("mkfifo gate; exec 3<>gate;"  // no end of file between the two
                           "setsid sh -c 'trap \"\" TERM; echo $$ >gate; exec sleep 1000' &"
                           "read first <&3;"
                           "(setsid sh -c 'trap \"\" TERM; echo $$ >gate; exec sleep 1000' &);"
                           "read second <&3; echo $first $second; exit 6",
                           folder.path()));
  CHECK(ended.result.exit_code == 6);
  CHECK_FALSE(ended.result.left_somebody);
  const auto ids = ids_in(ended.output);
  REQUIRE(ids.size() == 2);
  for (const auto id : ids)
    CHECK(is_gone(id));
}

TEST_CASE("process: whoever has lost its parents is asked to stop, too, behind a fence",
          "[engine][process]") {
  if (Fences::own_cgroup().empty() || !Fences().take()) return;
  auto clock = std::make_shared<ManualClock>();
  Processes processes{clock};
  auto request = shell(
      "exec 2>/dev/null;"  // where shells tell of the sleeps that are ended
      "(setsid sh -c 'trap \"echo asked; exit\" TERM; echo $$; while :; do sleep 0.01; done' &);"
      "(setsid sh -c 'trap \"\" TERM; echo $$; while :; do sleep 1000; done' &);"
      "trap '' TERM; while :; do sleep 1000; done");
  request.grace = 10s;
  Watched watched{processes, request};
  const auto ids = ids_in(watched.lines(2));
  processes.cancel(watched.id());
  CHECK(watched.lines(3).find("asked") != std::string::npos);
  clock->advance(10s);
  CHECK(watched.result().cancelled);
  for (const auto id : ids)
    CHECK(is_gone(id));
}

TEST_CASE("process: a flood neither fills the disk nor blocks", "[engine][process]") {
  const Folder folder;
  Processes processes;
  auto request =
      shell("echo beginning; head -c 200000000 /dev/zero | tr '\\0' x; echo; echo the end");
  request.log =
      std::make_shared<LogWriter>(folder / "log", LogOptions{.limit = 8 << 20, .tail = 1 << 20});
  const auto ended = run(processes, {request.argv, {}, "/", {}, request.log});
  CHECK(ended.result.is_success());
  const auto status = request.log->finish();
  CHECK(status.seen == 200'000'000 + 10 + 9);
  CHECK(status.left_out == status.seen - (8 << 20));
  const auto text = content_of(folder / "log");
  CHECK(text.size() < (8 << 20) + 300);
  CHECK(text.starts_with("beginning\nxxx"));
  CHECK(text.ends_with("xxx\nthe end\n"));
  CHECK(text.find("\noche: more than 7168 KiB of output; the end of it follows") !=
        std::string::npos);
  CHECK(text.find("oche: 182 MiB left out here\n") != std::string::npos);
}

TEST_CASE("process: a command that never stops writing is stopped", "[engine][process]") {
  const Folder folder;
  auto clock = std::make_shared<ManualClock>();
  Processes processes{clock};
  auto request = shell("exec yes");
  request.timeout = 5s;
  request.log =
      std::make_shared<LogWriter>(folder / "log", LogOptions{.limit = 100'000, .tail = 10'000});
  std::promise<ProcessResult> end;
  std::promise<void> flooded;
  std::size_t seen = 0;
  processes.start(
      request, [&](ProcessResult result) { end.set_value(std::move(result)); },
      [&](std::string_view bytes) {
        const auto before = std::exchange(seen, seen + bytes.size());
        if (before < 10'000'000 && seen >= 10'000'000) flooded.set_value();
      });
  flooded.get_future().wait();
  // Another one gets its turn meanwhile.
  CHECK(run(processes, shell("echo through")).output == "through\n");
  clock->advance(5s);
  CHECK(end.get_future().get().timed_out);
  CHECK(std::filesystem::file_size(folder / "log") < 101'000);
}

TEST_CASE("process: ending the engine ends its children", "[engine][process]") {
  std::promise<ProcessResult> end;
  std::promise<pid_t> id;
  {
    Processes processes;
    processes.start(
        shell("trap '' TERM; echo $$; while :; do sleep 1000; done"),
        [&](ProcessResult result) { end.set_value(std::move(result)); },
        [&](std::string_view bytes) { id.set_value(std::stoi(std::string(bytes))); });
    const auto pid = id.get_future().get();
    CHECK(::kill(pid, 0) == 0);
  }
  const auto result = end.get_future().get();
  CHECK(result.cancelled);
  CHECK(result.signal == SIGKILL);
}
