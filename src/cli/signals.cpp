// signals.cpp - SIGINT and SIGTERM as something to read.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "cli/signals.hpp"

#include <sys/signalfd.h>
#include <unistd.h>

namespace oche::cli {

Signals::Signals() {
  sigset_t taken;
  sigemptyset(&taken);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP})
    sigaddset(&taken, signal);
  pthread_sigmask(SIG_BLOCK, &taken, &before_);
  fd_ = detail::Descriptor(signalfd(-1, &taken, SFD_CLOEXEC | SFD_NONBLOCK));
}

Signals::~Signals() {
  // What came has been dealt with: unblocked it would end the process after all.
  signalfd_siginfo taken;
  while (read(fd_.get(), &taken, sizeof taken) > 0)
    continue;
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace oche::cli
