// control.hpp - how a command reaches the program that is running on the same state folder.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/outcome.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace oche::cli {

/// What is asked of the running program: one line of JSON over the socket `STATE/socket`.
struct Request {
  std::string command;  ///< "cancel", "rebuild", "rebuild-failed", "approve", "waiting", "picture"
  std::vector<std::string> paths;
  std::string who;
};

/// Paths that were acted on, or what is wrong.
using Reply = Result<std::vector<std::string>>;

/// Answers requests on a thread of its own until it is destroyed. A client that is slow, says
/// nonsense or too much is cut off; it stops nothing.
class ControlServer {
 public:
  using Answer = std::function<Reply(const Request&)>;
  /// Fails: throws oche::Error if the socket cannot be made.
  ControlServer(const std::string& state, Answer answer);
  ~ControlServer();
  ControlServer(const ControlServer&) = delete;
  ControlServer& operator=(const ControlServer&) = delete;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Nothing if no program is running on that state folder.
[[nodiscard]] std::optional<Reply> ask(const std::string& state, const Request& request);

}  // namespace oche::cli
