// end_child.cpp - what a process says while it runs, and how it ends.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/process/log_reader.hpp"
#include "engine/process/process_loop.hpp"
#include "engine/process/reap.hpp"
#include "engine/process/successors.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace oche::detail {
namespace {

constexpr int reads_at_once = 8;  // then it is another child's turn
constexpr std::size_t complaint_size = 4096;

bool is_readable(const Descriptor& descriptor) {
  pollfd state{descriptor.get(), POLLIN, 0};
  return ::poll(&state, 1, 0) == 1;
}

void hand_on(Child& child, std::string_view bytes) {
  if (child.result.sandboxed && child.first_output.size() < complaint_size) {
    child.first_output += bytes.substr(0, complaint_size - child.first_output.size());
  }
  if (child.request.log) child.request.log->append(bytes);
  if (child.on_output) child.on_output(bytes);
}

/// What is in the pipe at this moment: somebody who survived may go on writing for ever.
void drain(Child& child, std::vector<char>& buffer) {
  int waiting = 0;
  if (!child.output.is_open() || ::ioctl(child.output.get(), FIONREAD, &waiting) != 0) return;
  while (waiting > 0) {
    const auto most = std::min(buffer.size(), static_cast<std::size_t>(waiting));
    const auto count = ::read(child.output.get(), buffer.data(), most);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    hand_on(child, {buffer.data(), static_cast<std::size_t>(count)});
    waiting -= static_cast<int>(count);
  }
}

Failure sandbox_failure(const Child& child) {
  Failure failure{.what = "the sandbox could not start the command",
                  .kind = FailureClass::errored,
                  .hint = "a program has to lie in the system's folders or in the command's own"};
  const auto said = last_lines_of(child.first_output, 1, 400);
  if (!said.empty()) failure.facts.push_back({"reason", said.front()});
  return failure;
}

Failure status_lost() {
  return {.what = "the exit status was taken by another part of this program",
          .kind = FailureClass::errored,
          .hint = "the host program must neither ignore SIGCHLD nor wait for any child"};
}

void note_end(Child& child, const Reaped& reaped) {
  auto& result = child.result;
  result.cpu = reaped.cpu;
  result.peak_memory = reaped.peak_memory;
  if (!reaped.is_known) {
    result.not_started = status_lost();
    return;
  }
  const auto inside = read_sandbox_status(child.status_text);
  if (result.sandboxed && inside.ran) {
    result.exit_code = inside.exit_code;
  } else if (reaped.signal != 0) {
    result.signal = reaped.signal;
  } else if (result.sandboxed) {
    result.not_started = sandbox_failure(child);
  } else {
    result.exit_code = reaped.exit_code;
  }
}

}  // namespace

void ProcessLoop::read_output(Child& child) {
  for (int i = 0; i < reads_at_once; ++i) {
    const auto count = ::read(child.output.get(), buffer_.data(), buffer_.size());
    if (count > 0) {
      hand_on(child, {buffer_.data(), static_cast<std::size_t>(count)});
      if (static_cast<std::size_t>(count) < buffer_.size()) return;  // empty, or soon told again
    } else if (count == 0) {
      return forget(child.output);
    } else if (errno != EINTR) {
      if (errno != EAGAIN) forget(child.output);
      return;
    }
  }
}

void ProcessLoop::read_status(Child& child) {
  if (!child.status.is_open()) return;
  for (;;) {
    const auto count = ::read(child.status.get(), buffer_.data(), buffer_.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) break;
    if (count <= 0) {
      forget(child.status);
      break;
    }
    child.status_text.append(buffer_.data(), static_cast<std::size_t>(count));
  }
  if (child.sandbox_init != 0 || !child.status_text.ends_with('\n')) return;
  child.sandbox_init = read_sandbox_status(child.status_text).init;
  if (child.sandbox_init == 0) return;
  child.sandbox = Descriptor{static_cast<int>(::syscall(SYS_pidfd_open, child.sandbox_init, 0))};
}

void ProcessLoop::end_child(Child& child) {
  if (!child.exited && is_readable(child.exit)) {
    child.exited = true;
    unwatch(child.exit.get());
    read_status(child);
    if (child.state == Child::State::running) clear_timer(child);
    if (child.sandbox.is_open()) watch(child.sandbox.get(), child.id, Watch::sandbox);
  }
  std::erase_if(child.descendants, [this](Descendant& descendant) {
    const bool gone = is_readable(descendant.process);
    if (gone) forget(descendant.process);
    return gone;
  });
  const bool asks_fence = child.fence && (child.exited || child.is_fence_watched);
  const bool has_company = asks_fence && !child.is_fence_stuck && child.fence->holds_somebody();
  if (!child.exited) return;
  const bool is_stopping = child.state == Child::State::stopping;
  if (is_stopping && (has_company || !child.descendants.empty())) return;  // until KILL
  if (has_company) return kill_fence(child);  // whatever it has started ends with it
  // The first process of a sandbox ends after all others in it: then nobody writes any more.
  if (child.sandbox.is_open() && !is_readable(child.sandbox)) return;
  if (!child.result.sandboxed && is_still_ours(child.exit)) ::kill(-child.pid, SIGKILL);
  drain(child, buffer_);
  if (!child.result.sandboxed) {
    child.result.left_somebody = child.fence ? child.is_fence_stuck : may_have_left_somebody(child);
  }
  note_end(child, reap(child.exit));
  report(child);
}

bool ProcessLoop::may_have_left_somebody(const Child& ended) const {
  return may_have_successors(ended.pid, [this](pid_t pid) {
    return std::any_of(children_.begin(), children_.end(),
                       [pid](const auto& entry) { return entry.second->pid == pid; });
  });
}

void ProcessLoop::report(Child& ended) {
  const auto at = children_.find(ended.id);
  const auto child = std::move(at->second);
  children_.erase(at);
  clear_timer(*child);
  for (auto* descriptor : {&child->output, &child->status, &child->sandbox, &child->exit}) {
    forget(*descriptor);
  }
  for (auto& descendant : child->descendants)
    forget(descendant.process);
  if (child->fence) {
    if (child->is_fence_watched) unwatch(child->fence->changes());
    if (!child->is_fence_stuck) fences_->give_back(std::move(child->fence));
  }
  auto& result = child->result;
  result.duration = clock_->steady() - child->started;
  if (child->request.log) result.log = child->request.log->status();
  if (child->on_exit) child->on_exit(std::move(result));
}

}  // namespace oche::detail
