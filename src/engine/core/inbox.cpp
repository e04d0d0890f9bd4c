// inbox.cpp - how other threads hand something to the engine's thread.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/inbox.hpp"

#include <oche/base/error.hpp>

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <utility>

namespace oche::detail {

Inbox::Inbox() : fd_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (fd_ < 0) {
    throw Error(Failure{.what = "cannot make an event descriptor for the engine",
                        .kind = FailureClass::errored,
                        .facts = {{"system", std::strerror(errno)}},
                        .hint = "raise the limit of open files (ulimit -n)"});
  }
}

Inbox::~Inbox() { close(fd_); }

void Inbox::post(Message message) {
  {
    const std::lock_guard lock(mutex_);
    messages_.push_back(std::move(message));
    ++posted_;
    if (messages_.size() > 1) return;  // whoever put the first one has woken the engine
  }
  wake();
}

void Inbox::wake() {
  const std::uint64_t one = 1;
  // A full counter (EAGAIN) is readable already, which is all that is wanted.
  [[maybe_unused]] const ssize_t written = write(fd_, &one, sizeof one);
}

std::uint64_t Inbox::posted() const {
  const std::lock_guard lock(mutex_);
  return posted_;
}

std::vector<Inbox::Message> Inbox::take() {
  std::uint64_t count = 0;
  [[maybe_unused]] const ssize_t got = read(fd_, &count, sizeof count);
  const std::lock_guard lock(mutex_);
  return std::exchange(messages_, {});
}

}  // namespace oche::detail
