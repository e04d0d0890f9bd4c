// program.hpp - runs a program as a person would, and tells what came of it.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <catch2/catch.hpp>
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace oche::tests {

struct Ended {
  int status = 0;  ///< 128 + n for signal n
  std::string out;
  std::string errors;
};

/// A program that was started in a folder. What lasts longer than a minute has failed.
class Running {
 public:
  using Environment = std::vector<std::pair<std::string, std::string>>;

  Running(std::vector<std::string> argv, const std::string& folder,
          const Environment& environment = {}) {
    int out[2];
    int errors[2];
    if (pipe2(out, O_CLOEXEC) != 0 || pipe2(errors, O_CLOEXEC) != 0) FAIL("no pipe");
    std::vector<char*> words;
    for (std::string& word : argv)
      words.push_back(word.data());
    words.push_back(nullptr);
    child_ = fork();
    if (child_ == 0) {
      dup2(out[1], STDOUT_FILENO);
      dup2(errors[1], STDERR_FILENO);
      for (const auto& [name, value] : environment)
        setenv(name.c_str(), value.c_str(), 1);
      if (chdir(folder.c_str()) == 0) execvp(words[0], words.data());
      _exit(127);
    }
    close(out[1]);
    close(errors[1]);
    pipes_ = {out[0], errors[0]};
  }
  ~Running() {
    if (child_ > 0) {
      kill(child_, SIGKILL);
      waitpid(child_, nullptr, 0);
    }
    for (const int pipe : pipes_) {
      if (pipe >= 0) close(pipe);
    }
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  /// Reads until standard output holds `text`; all that was written there so far.
  std::string await(const std::string& text) {
    while (texts_[0].find(text) == std::string::npos) {
      if (read_more()) continue;
      FAIL("\"" << text << "\" never came:\n" << texts_[0] << texts_[1]);
    }
    return texts_[0];
  }
  void signal(int number) const { kill(child_, number); }
  [[nodiscard]] pid_t id() const { return child_; }

  /// Waits until it has ended by itself.
  Ended end() {
    while (read_more())
      continue;
    int status = 0;
    if (waitpid(std::exchange(child_, -1), &status, 0) < 0) FAIL("no such program");
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), texts_[0], texts_[1]};
  }

 private:
  /// False when both are closed.
  bool read_more() {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline_ - std::chrono::steady_clock::now());
    std::array<pollfd, 2> readable{pollfd{pipes_[0], POLLIN, 0}, pollfd{pipes_[1], POLLIN, 0}};
    if (pipes_[0] < 0 && pipes_[1] < 0) return false;
    if (left.count() <= 0 || poll(readable.data(), 2, static_cast<int>(left.count())) == 0) {
      FAIL("a minute has passed:\n" << texts_[0] << texts_[1]);
    }
    for (std::size_t i = 0; i < 2; ++i) {
      if (readable[i].revents == 0) continue;
      std::array<char, 4096> buffer;
      const ssize_t size = read(pipes_[i], buffer.data(), buffer.size());
      if (size <= 0) close(std::exchange(pipes_[i], -1));
      if (size > 0) texts_[i].append(buffer.data(), static_cast<std::size_t>(size));
    }
    return true;
  }

  pid_t child_ = -1;
  std::array<int, 2> pipes_{-1, -1};
  std::array<std::string, 2> texts_;
  std::chrono::steady_clock::time_point deadline_ =
      std::chrono::steady_clock::now() + std::chrono::minutes(1);
};

inline Ended run_program(std::vector<std::string> argv, const std::string& folder,
                         const Running::Environment& environment = {}) {
  return Running(std::move(argv), folder, environment).end();
}

}  // namespace oche::tests
