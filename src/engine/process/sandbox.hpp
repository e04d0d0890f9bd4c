// sandbox.hpp - the bubblewrap command line that a command is wrapped in.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/process/request.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace oche::detail {

inline constexpr std::string_view sandbox_folder =
    "/build";  ///< where a command's folder is inside
inline constexpr std::string_view sandbox_home = "/home/builder";  ///< fresh and empty
inline constexpr int sandbox_user = 1000;
inline constexpr int sandbox_status = 3;  ///< descriptor on which bwrap says how it went

/// What of the host every sandbox shows, read-only: what lies in `/` except state, devices and
/// people's own, and of that nothing which other users of the machine may not read.
class SandboxRoot {
 public:
  SandboxRoot() = default;
  /// Reads the host's folders once.
  explicit SandboxRoot(const std::string& root);

  /// bwrap's arguments, `bwrap` first, up to and including `program`; the command's own follow.
  /// No value of the environment is among them.
  [[nodiscard]] std::vector<std::string> wrap(const std::string& bwrap, const std::string& program,
                                              const ProcessRequest& request) const;

 private:
  std::vector<std::string> shown_;  // arguments that show the host
};

/// What bwrap wrote to its status descriptor.
struct SandboxStatus {
  bool ran = false;  ///< the program itself was started
  int exit_code = 0;
  int init = 0;  ///< the process id, on the host, of the sandbox's first process
};
[[nodiscard]] SandboxStatus read_sandbox_status(std::string_view text);

}  // namespace oche::detail
