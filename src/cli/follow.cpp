// follow.cpp - shows a log, also one that is being written.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "cli/follow.hpp"

#include "cli/terminal.hpp"
#include "engine/process/descriptor.hpp"
#include "engine/process/log_reader.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cstring>

namespace oche::cli {

namespace {

constexpr int look_again = 500;  // ms: the end of a job is told by the store, not by its log

/// Prints what is there from where the file stands; whole lines on a terminal, so that a character
/// is never cut.
void show_rest(const detail::Descriptor& file, std::string& held, bool is_end) {
  std::array<char, 65536> buffer;
  const bool made_harmless = is_terminal(stdout);
  for (;;) {
    const ssize_t size = read(file.get(), buffer.data(), buffer.size());
    if (size <= 0) break;
    held.append(buffer.data(), static_cast<std::size_t>(size));
    const std::size_t whole = made_harmless ? held.rfind('\n') + 1 : held.size();
    print(made_harmless ? detail::printable(held.substr(0, whole)) : held.substr(0, whole));
    held.erase(0, whole);
  }
  if (is_end) print(made_harmless ? detail::printable(held) : held);
}

}  // namespace

Result<> show_log(const std::string& log, const std::function<bool()>& goes_on) {
  const detail::Descriptor file(open(log.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) {
    return Failure{.what = "the log cannot be read",
                   .kind = FailureClass::errored,
                   .facts = {{"log", log}, {"system", std::strerror(errno)}},
                   .hint = "`rebuild` makes a new one"};
  }
  const detail::Descriptor events(inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
  inotify_add_watch(events.get(), log.c_str(), IN_MODIFY);
  std::string held;
  for (;;) {
    const bool is_end = !goes_on();
    show_rest(file, held, is_end);
    if (is_end) return {};
    pollfd readable{events.get(), POLLIN, 0};
    poll(&readable, 1, look_again);
    std::array<char, 4096> ignored;
    while (read(events.get(), ignored.data(), ignored.size()) > 0)
      continue;
  }
}

}  // namespace oche::cli
