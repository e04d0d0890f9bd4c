// control_socket.hpp - lines over a local socket.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/process/descriptor.hpp"

#include <sys/socket.h>
#include <sys/un.h>

#include <chrono>
#include <ctime>
#include <optional>
#include <string>

namespace oche::cli {

/// The address of `STATE/socket`. A socket's path may have 107 bytes only, a folder's many more: so
/// the folder is opened and named by its descriptor.
class SocketAddress {
 public:
  explicit SocketAddress(const std::string& state);
  [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&address_); }
  [[nodiscard]] socklen_t size() const { return sizeof address_; }
  [[nodiscard]] bool is_good() const { return folder_.is_open(); }
  void unlink() const;
  /// Binds `socket` there, for this user alone. False, with errno, if that cannot be done.
  [[nodiscard]] bool bind(const detail::Descriptor& socket) const;

 private:
  detail::Descriptor folder_;
  sockaddr_un address_{};
};

[[nodiscard]] detail::Descriptor local_socket();
/// After this time without progress, the other side is given up.
void set_patience(const detail::Descriptor& socket, time_t seconds);
/// Up to the first line end, without it. Nothing if the other side is gone, slow or says too much.
[[nodiscard]] std::optional<std::string> read_line(const detail::Descriptor& socket,
                                                   std::size_t longest,
                                                   std::chrono::seconds patience);
bool write_line(const detail::Descriptor& socket, std::string line);

}  // namespace oche::cli
