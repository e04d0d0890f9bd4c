// isolation.cpp - which sandbox this machine offers, and what a command is granted.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/process/isolation.hpp"

#include "engine/process/log_reader.hpp"
#include "engine/process/program.hpp"
#include "engine/process/spawn.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <cerrno>
#include <string_view>

namespace oche::detail {
namespace {

constexpr int longest_probe = 5000;  // ms; a machine on which the sandbox hangs has none

/// Keeps the host's handlers out of a child that still shares our memory.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_;
};

std::string read_all(int descriptor) {
  std::string text;
  char buffer[4096];
  while (text.size() < 65536) {
    const auto count = ::read(descriptor, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    text.append(buffer, static_cast<std::size_t>(count));
  }
  return text;
}

/// Empty if the plan ran and succeeded, else what it said.
std::string trial(const SpawnPlan& plan_without_pipes) {
  auto plan = plan_without_pipes;
  auto output = make_pipe();
  auto status = make_pipe();
  const Descriptor nothing{::open("/dev/null", O_RDWR | O_CLOEXEC)};
  if (!output.reading.is_open() || !status.reading.is_open() || !nothing.is_open()) {
    return "no descriptors left to try it";
  }
  plan.input = nothing.get();
  plan.output = output.writing.get();
  plan.status = status.writing.get();
  const SignalsBlocked blocked;
  Spawner spawner;
  const auto spawned = spawner.spawn(plan);
  if (spawned.error != 0) return fmt::format("it does not start: errno {}", spawned.error);
  output.writing.close();
  status.writing.close();
  pollfd end{spawned.handle.get(), POLLIN, 0};
  const bool ended = ::poll(&end, 1, longest_probe) == 1;
  if (!ended) ::kill(-spawned.pid, SIGKILL);
  siginfo_t info{};
  while (::waitid(P_PIDFD, static_cast<id_t>(spawned.handle.get()), &info, WEXITED) != 0 &&
         errno == EINTR) {
  }
  if (!ended) return "it hangs";
  const auto how = read_sandbox_status(read_all(status.reading.get()));
  if (how.ran && how.exit_code == 0) return {};
  const auto said = last_lines_of(read_all(output.reading.get()), 1);
  return said.empty() ? std::string("it fails without a word") : said.front();
}

}  // namespace

IsolationOffer probe_isolation(std::string_view path, int fence) {
  const auto found = find_program("bwrap", path);
  if (found.failure) return {.why_not = "bubblewrap is not installed (no bwrap in PATH)"};
  const SandboxRoot root{"/"};
  const auto tried = find_program("true", fixed_path);
  ProcessRequest request;
  request.folder = "/usr";  // any folder that every machine has
  SpawnPlan plan{.program = found.path,
                 .argv = root.wrap(found.path, tried.path, request),
                 .environment = {fmt::format("PATH={}", fixed_path)},
                 .folder = "/",
                 .fence = fence};
  auto trouble = trial(plan);
  if (!trouble.empty()) return {.why_not = fmt::format("bubblewrap does not work: {}", trouble)};
  return {.bwrap = found.path, .root = root};
}

IsolationGrant grant(Isolation wish, bool network, const IsolationOffer& offer) {
  if (wish == Isolation::none) return {.text = "none"};
  if (!offer.is_available()) return {.text = "none", .why_not = offer.why_not};
  return {.sandboxed = true,
          .text = fmt::format("bubblewrap: read-only root, {}, uid {}, fresh home and /tmp",
                              network ? "host network" : "no network", sandbox_user)};
}

}  // namespace oche::detail
