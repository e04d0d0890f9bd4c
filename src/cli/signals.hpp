// signals.hpp - SIGINT and SIGTERM as something to read.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/process/descriptor.hpp"

#include <csignal>

namespace oche::cli {

/// While it lives, SIGINT, SIGTERM and SIGHUP make `fd` readable instead of ending the process.
/// Make it before any thread: threads take over what is blocked.
class Signals {
 public:
  Signals();
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;
  [[nodiscard]] int fd() const { return fd_.get(); }

 private:
  sigset_t before_{};
  detail::Descriptor fd_;
};

}  // namespace oche::cli
