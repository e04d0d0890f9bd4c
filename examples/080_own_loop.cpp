// 080_own_loop.cpp - a program with a poll loop, children and a SIGCHLD handler, and two engines.
// Layer: examples.
// SPDX-License-Identifier: Apache-2.0
#include <oche/engine/engine.hpp>
#include <oche/oche.hpp>

#include <fmt/core.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <map>

using namespace oche;

namespace {

// The handler is the program's own: engines install none, and take no child that is not theirs.
volatile std::sig_atomic_t heard = 0;
void hear(int) { heard = heard + 1; }

/// SIGCHLD comes while the loop waits, and at no other time.
class ChildSignals {
 public:
  ChildSignals() {
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGCHLD);
    sigprocmask(SIG_BLOCK, &blocked, &while_waiting_);
    sigdelset(&while_waiting_, SIGCHLD);
    struct sigaction action = {};
    action.sa_handler = hear;
    sigaction(SIGCHLD, &action, nullptr);
  }
  [[nodiscard]] const sigset_t* while_waiting() const { return &while_waiting_; }

 private:
  sigset_t while_waiting_;
};

pid_t start_child(const char* script) {
  std::string words[] = {"sh", "-c", script};
  char* const argv[] = {words[0].data(), words[1].data(), words[2].data(), nullptr};
  pid_t child = -1;
  posix_spawnp(&child, argv[0], nullptr, nullptr, argv, environ);
  return child;
}

/// Two commands, the second on what the first has made.
Term<> pipeline(const std::string& name) {
  auto nothing = constant(Tree{"4b825dc642cb6eb9a060e54bf8d69288fbee4904"}, "nothing");
  auto made = build(nothing, {.argv = sh("echo " + name + " > made"), .outputs = {"made"}});
  return exec(made, {.argv = {"grep", "-q", name, "made"}, .label = "look"});
}

void tell(const char* name, const Evaluation& run) {
  fmt::print("{}: {}, {} ran\n", name, run.outcome().is_ok() ? "ok" : "not ok", run.counts().ran);
}

}  // namespace

int main() {
  const ChildSignals signals;
  Engine one{{.state = "one", .loop = Loop::host}};
  Engine other{{.state = "other", .loop = Loop::host}};
  const Evaluation first = one.start(pipeline("first"));
  const Evaluation second = other.start(pipeline("second"));
  std::map<pid_t, const char*> children = {{start_child("exit 3"), "one child"},
                                           {start_child("kill $$"), "another"}};

  while (!first.is_settled() || !second.is_settled() || !children.empty()) {
    pollfd readable[] = {{one.fd(), POLLIN, 0}, {other.fd(), POLLIN, 0}};
    if (ppoll(readable, 2, nullptr, signals.while_waiting()) > 0) {
      if (readable[0].revents != 0) one.advance();
      if (readable[1].revents != 0) other.advance();
    }
    // By its number each: `waitpid(-1, …)` would take the engines' children from them.
    for (auto child = children.begin(); child != children.end();) {
      int status = 0;
      if (waitpid(child->first, &status, WNOHANG) == 0) {
        ++child;
        continue;
      }
      fmt::print("{}: {}\n", child->second,
                 WIFEXITED(status) ? fmt::format("exit status {}", WEXITSTATUS(status))
                                   : fmt::format("signal {}", WTERMSIG(status)));
      child = children.erase(child);
    }
  }
  tell("one", first);
  tell("other", second);
  fmt::print("signals heard: {}\n", heard > 0 ? "some" : "none");
  return first.outcome().is_ok() && second.outcome().is_ok() ? 0 : 1;
}
