// terminal.cpp - what a person sees while a pipeline runs: on a terminal, and in a pipe.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "support/blocking.hpp"

#include <pty.h>

using namespace oche::tests;

namespace {

/// A program on a terminal of its own.
class OnTerminal {
 public:
  OnTerminal(std::vector<std::string> argv, const std::string& folder, const char* no_colour) {
    std::vector<char*> words;
    for (std::string& word : argv)
      words.push_back(word.data());
    words.push_back(nullptr);
    const winsize size{24, 80, 0, 0};
    child_ = forkpty(&terminal_, nullptr, nullptr, &size);
    if (child_ == 0) {
      setenv("TERM", "xterm", 1);
      setenv("NO_COLOR", no_colour, 1);
      if (chdir(folder.c_str()) == 0) execv(words[0], words.data());
      _exit(127);
    }
    REQUIRE(child_ > 0);
  }
  ~OnTerminal() {
    if (child_ > 0) {
      kill(child_, SIGKILL);
      waitpid(child_, nullptr, 0);
    }
    close(terminal_);
  }
  OnTerminal(const OnTerminal&) = delete;
  OnTerminal& operator=(const OnTerminal&) = delete;

  std::string await(const std::string& text) {
    while (text_.find(text) == std::string::npos) {
      if (!read_more()) FAIL("\"" << text << "\" never came:\n" << text_);
    }
    return text_;
  }
  int end() {
    while (read_more())
      continue;
    int status = 0;
    REQUIRE(waitpid(std::exchange(child_, -1), &status, 0) > 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  [[nodiscard]] const std::string& text() const { return text_; }
  void type(std::string_view keys) const {
    REQUIRE(write(terminal_, keys.data(), keys.size()) > 0);
  }

 private:
  bool read_more() {
    pollfd readable{terminal_, POLLIN, 0};
    if (poll(&readable, 1, 60'000) == 0) FAIL("a minute of silence:\n" << text_);
    std::array<char, 4096> buffer;
    const ssize_t size = read(terminal_, buffer.data(), buffer.size());
    if (size > 0) text_.append(buffer.data(), static_cast<std::size_t>(size));
    return size > 0;
  }

  int terminal_ = -1;
  pid_t child_ = -1;
  std::string text_;
};

}  // namespace

TEST_CASE("a terminal shows what runs, since when, and how far the whole is", "[cli][terminal]") {
  const Blocking project("projects/program");
  const auto words = project.example("050_fetch_build_test", {"run", "--isolation", "none"});
  for (const bool is_first : {true, false}) {
    OnTerminal run(words, project.folder(), "");
    run.await("… test ");
    const std::string shown = run.await("1 running, 0 to come");
    CHECK_THAT(shown,
               Catch::Contains("\x1b[32m✔ ") && Catch::Contains(" %") && Catch::Contains("["));
    // Durations are known from the second time on.
    if (!is_first) {
      run.await(" of about ");
      run.await("1 running, 0 to come, about ");
    }
    project.let_go();
    CHECK(run.end() == 0);
    // What moved is gone at the end: no line of it comes after the last time that it was erased.
    const std::size_t erased = run.text().rfind("\x1b[J");
    REQUIRE(erased != std::string::npos);
    CHECK_THAT(run.text().substr(erased),
               !Catch::Contains(" running, ") && Catch::Contains("ok: "));
    if (is_first) {
      const Ended rebuilt = run_program(
          project.example("050_fetch_build_test", {"rebuild", "test"}), project.folder());
      REQUIRE(rebuilt.status == 0);
    }
  }
}

TEST_CASE("control-C at the terminal interrupts", "[cli][terminal]") {
  const Blocking project("projects/program");
  OnTerminal run(project.example("050_fetch_build_test", {"run", "--isolation", "none"}),
                 project.folder(), "");
  run.await("… test ");
  run.type("\x03");
  CHECK(run.end() == 130);
  CHECK_THAT(run.text(), Catch::Contains("interrupted; what had finished is kept"));
}

TEST_CASE("NO_COLOR leaves the marks and the words", "[cli][terminal]") {
  const Folder folder;
  for (const char* command : {"run", "graph"}) {
    OnTerminal plain(example("020_gated_deploy", {command}), folder.path(), "1");
    CHECK(plain.end() == (std::string_view(command) == "run" ? 3 : 0));
    for (const char* colour : {"\x1b[32m", "\x1b[34m", "\x1b[1m"}) {
      CHECK(plain.text().find(colour) == std::string::npos);
    }
    CHECK_THAT(plain.text(), Catch::Contains("compile"));
  }
}
