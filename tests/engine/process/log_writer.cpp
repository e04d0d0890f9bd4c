// log_writer.cpp - a log is bounded, masked, and survives a full disk.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/process/log_writer.hpp"

#include "engine/process/support.hpp"

#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>

#include <random>

using namespace process_tests;

TEST_CASE("log: lines of ours stand by themselves", "[engine][process][log]") {
  const Folder folder;
  LogWriter log{folder / "deep/er/log"};
  log.line("head");
  log.append("no newline");
  log.line("ours");
  log.append("whole\n");
  log.line("ours again");
  CHECK(content_of(log.path()) == "head\nno newline\nours\nwhole\nours again\n");
  const auto status = log.finish();
  CHECK(status.is_complete());
  CHECK(status.seen == content_of(log.path()).size());
  log.append("too late");
  CHECK(log.finish().seen == status.seen);
}

TEST_CASE("log: no secret reaches the file", "[engine][process][log]") {
  const Folder folder;
  LogWriter log{folder / "log", {.secrets = {"hush-hush"}}};
  log.append("with hush-h");
  CHECK(content_of(log.path()) == "with ");
  log.append("ush, hu");
  log.line("our hush-hush");
  log.append("hush-hus");
  log.finish();
  CHECK(content_of(log.path()) == "with ***, hu\nour ***\nhush-hus");
}

TEST_CASE("log: past the limit head and tail are kept", "[engine][process][log]") {
  const Folder folder;
  std::mt19937 random{3};
  for (const std::size_t total : {0u, 89u, 90u, 91u, 99u, 100u, 101u, 1000u, 4321u}) {
    CAPTURE(total);
    std::string text;
    for (std::size_t i = 0; i < total; ++i)
      text += static_cast<char>('a' + random() % 26);
    LogWriter log{folder / "log", {.limit = 100, .tail = 10}};
    for (std::size_t at = 0; at < total;) {
      const auto piece = 1 + random() % 40;
      log.append(std::string_view{text}.substr(at, piece));
      at += piece;
    }
    const auto status = log.finish();
    const auto file = content_of(log.path());
    CHECK(status.seen == total);
    CHECK(status.left_out == (total > 100 ? total - 100 : 0));
    CHECK(file.starts_with(text.substr(0, 90)));
    if (total <= 90) {
      CHECK(file == text);
    } else {
      CHECK(file.ends_with(
          " left out here\n" +
          text.substr(std::max<std::size_t>(90, total - std::min<std::size_t>(10, total)))));
    }
  }
}

TEST_CASE("log: a full disk is reported, and nothing else happens", "[engine][process][log]") {
  SECTION("full from the start, with a running command") {
    Processes processes;
    auto request = shell("echo one; echo two; exit 3");
    request.log = std::make_shared<LogWriter>("/dev/full");
    const auto ended = run(processes, request);
    CHECK(ended.result.exit_code == 3);
    CHECK(ended.output == "one\ntwo\n");
    CHECK(ended.result.log.trouble == "No space left on device");
    CHECK(ended.result.log.left_out == 8);
  }
  SECTION("no folder to be had") {
    LogWriter log{"/proc/nowhere/log"};
    log.append("lost");
    CHECK(log.finish().trouble == "No such file or directory");
    CHECK(log.status().left_out == 4);
  }
  SECTION("full half-way") {
    const Folder folder;
    const auto place = folder.path();
    const pid_t child = ::fork();  // mounts a disk of 64 KiB that only it sees
    if (child == 0) {
      const bool mounted = ::unshare(CLONE_NEWNS) == 0 &&
                           ::mount("", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                           ::mount("tiny", place.c_str(), "tmpfs", 0, "size=64k") == 0;
      if (!mounted) ::_exit(77);
      LogWriter log{folder / "log"};
      const std::string line(1023, 'x');
      for (int i = 0; i < 100; ++i)
        log.line(line);
      const auto status = log.finish();
      const bool good = status.trouble == "No space left on device" && status.seen == 102'400 &&
                        status.left_out == 102'400 - 65'536 &&
                        std::filesystem::file_size(folder / "log") == 65'536;
      ::_exit(good ? 0 : 1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    if (WEXITSTATUS(status) == 77) {
      WARN("skipped: mounting is not permitted");
    } else {
      CHECK(WEXITSTATUS(status) == 0);
    }
  }
}
