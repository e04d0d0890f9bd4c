// control_socket.cpp - lines over a local socket.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "cli/control_socket.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstring>

namespace oche::cli {

namespace {}  // namespace

SocketAddress::SocketAddress(const std::string& state)
    : folder_(open(state.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)) {
  address_.sun_family = AF_UNIX;
  const std::string path = fmt::format("/proc/self/fd/{}/socket", folder_.get());
  std::memcpy(address_.sun_path, path.c_str(), path.size() + 1);
}

bool SocketAddress::bind(const detail::Descriptor& socket) const {
  return ::bind(socket.get(), get(), size()) == 0 &&
         fchmodat(folder_.get(), "socket", S_IRUSR | S_IWUSR, 0) == 0;
}

void SocketAddress::unlink() const { ::unlinkat(folder_.get(), "socket", 0); }

detail::Descriptor local_socket() {
  return detail::Descriptor(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
}

void set_patience(const detail::Descriptor& socket, time_t seconds) {
  const timeval limit{seconds, 0};
  setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

std::optional<std::string> read_line(const detail::Descriptor& socket, std::size_t longest,
                                     std::chrono::seconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  std::string line;
  std::array<char, 4096> buffer;
  for (;;) {
    const ssize_t size = recv(socket.get(), buffer.data(), buffer.size(), 0);
    if (size <= 0) return std::nullopt;
    line.append(buffer.data(), static_cast<std::size_t>(size));
    if (const std::size_t end = line.find('\n'); end != std::string::npos) {
      line.resize(end);
      return line;
    }
    // A byte now and then is no way to hold the others up.
    if (line.size() > longest || std::chrono::steady_clock::now() > deadline) return std::nullopt;
  }
}

bool write_line(const detail::Descriptor& socket, std::string line) {
  line += '\n';
  for (std::size_t at = 0; at < line.size();) {
    const ssize_t sent = send(socket.get(), line.data() + at, line.size() - at, MSG_NOSIGNAL);
    if (sent <= 0) return false;
    at += static_cast<std::size_t>(sent);
  }
  return true;
}

}  // namespace oche::cli
