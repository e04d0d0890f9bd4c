// git_program.cpp - one child process and its two pipes.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/trees/git_program.hpp"

#include "engine/caught.hpp"
#include "engine/process/descriptor.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <string_view>

namespace oche::detail {

namespace {

// What git gets: this process's environment, but nothing that could make it talk to a person, nor
// what a surrounding git (a hook, say) has set for its own repository.
std::vector<std::string> environment() {
  std::vector<std::string> result;
  for (char** entry = ::environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const bool own = text.starts_with("GIT_DIR=") || text.starts_with("GIT_WORK_TREE=") ||
                     text.starts_with("GIT_INDEX_FILE=") || text.starts_with("GIT_OBJECT_DIR") ||
                     text.starts_with("GIT_ALTERNATE_") || text.starts_with("GIT_NAMESPACE=") ||
                     text.starts_with("GIT_TERMINAL_PROMPT=") || text.starts_with("LC_ALL=");
    if (!own) result.emplace_back(text);
  }
  result.emplace_back("GIT_TERMINAL_PROMPT=0");
  result.emplace_back("LC_ALL=C");
  return result;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts)
    result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

class Child {
 public:
  Child(std::vector<std::string> argv, const Pipe& out, const Pipe& err) {
    std::vector<std::string> env = environment();
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out.writing.get(), 1);
    posix_spawn_file_actions_adddup2(&actions, err.writing.get(), 2);
    // A group of its own, so that cancelling reaches the ssh that git starts, too.
    // Our threads may block signals; git must not.
    sigset_t none;
    ::sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
    const int error = ::posix_spawnp(&pid_, argv.front().c_str(), &actions, &attributes,
                                     pointers(argv).data(), pointers(env).data());
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (error != 0) {
      throw errored("cannot run the git program", {{"reason", reason_of(error)}},
                    "repositories on other machines need it: apt-get install git");
    }
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (pid_ > 0) {
      stop();
      (void)wait();
    }
  }

  void stop() const { ::kill(-pid_, SIGKILL); }

  // The exit status; 128 + signal; or 255 if somebody else in this process took it.
  int wait() {
    int status = 0;
    const pid_t pid = std::exchange(pid_, -1);
    while (::waitpid(pid, &status, 0) < 0) {
      if (errno != EINTR) return 255;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  pid_t pid_ = -1;
};

// Appends what is there; false at the end.
bool take(int pipe, std::string& text) {
  std::array<char, 65536> piece;
  const ssize_t got = ::read(pipe, piece.data(), piece.size());
  if (got > 0) text.append(piece.data(), static_cast<std::size_t>(got));
  return got > 0 || (got < 0 && errno == EINTR);
}

}  // namespace

GitAnswer run_git(const std::vector<std::string>& arguments, const RemoteOptions& options) {
  std::vector<std::string> argv{"git"};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  Pipe out = make_pipe();
  Pipe err = make_pipe();
  if (!out.reading.is_open() || !err.reading.is_open()) {
    throw errored("cannot run the git program", {{"reason", reason_of(errno)}});
  }
  Child child(std::move(argv), out, err);
  out.writing.close();
  err.writing.close();
  GitAnswer answer;
  while (out.reading.is_open() || err.reading.is_open()) {
    std::array<pollfd, 2> pipes{
        {{out.reading.get(), POLLIN, 0}, {err.reading.get(), POLLIN, 0}}};  // -1 is skipped
    const int ready = ::poll(pipes.data(), pipes.size(), options.cancelled ? 100 : -1);
    if (options.cancelled && options.cancelled()) {
      throw Error(Failure{"talking to a repository was cancelled", FailureClass::cancelled});
    }
    if (ready <= 0) continue;
    if (pipes[0].revents != 0 && !take(out.reading.get(), answer.output)) out.reading.close();
    if (pipes[1].revents != 0 && !take(err.reading.get(), answer.errors)) err.reading.close();
  }
  answer.exit_status = child.wait();
  while (answer.errors.ends_with('\n'))
    answer.errors.pop_back();
  return answer;
}

}  // namespace oche::detail
