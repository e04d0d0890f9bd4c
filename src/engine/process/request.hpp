// request.hpp - what a child process is asked to be, and what came of it.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/process/log_writer.hpp"
#include <oche/base/failure.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oche::detail {

/// Environment of a command: everything that it gets, in the order given.
using Environment = std::vector<std::pair<std::string, std::string>>;

/// The only PATH that commands have, so that no caller's can reach a result.
inline constexpr std::string_view fixed_path = "/usr/local/bin:/usr/bin:/bin";

enum class Isolation {
  none,       ///< runs as the engine itself would
  preferred,  ///< a sandbox where the machine offers one
  required,   ///< a sandbox, or the command is not started
};

/// Something of the host that a sandboxed command may see too; without a sandbox it has no effect.
struct Bind {
  std::filesystem::path host;
  std::filesystem::path inside;
  bool writable = false;
};

struct ProcessRequest {
  std::vector<std::string> argv = {};   ///< the program is looked up in PATH unless it has a slash
  Environment environment = {};         ///< complete; PATH is `fixed_path` unless given
  std::filesystem::path folder = {};    ///< the command's own; in a sandbox it is `sandbox_folder`
  std::filesystem::path start_in = {};  ///< below `folder`
  std::shared_ptr<LogWriter> log = nullptr;  ///< null: output goes to `OnOutput` only
  Isolation isolation = Isolation::none;
  bool network = false;                            ///< only a sandbox can withhold it
  std::vector<Bind> binds = {};                    ///< for a sandbox
  std::vector<std::filesystem::path> hidden = {};  ///< folders of the host, empty in a sandbox
  std::optional<std::chrono::nanoseconds> timeout = std::nullopt;
  std::chrono::nanoseconds grace = std::chrono::seconds{10};  ///< between TERM and KILL
};

struct ProcessResult {
  std::optional<int> exit_code = std::nullopt;  ///< none: a signal ended it, or it never ran
  int signal = 0;
  bool timed_out = false;
  bool cancelled = false;
  bool sandboxed = false;      ///< then a signal shows as exit code 128 and more
  bool left_somebody = false;  ///< something that it started may still run
  std::optional<Failure> not_started = std::nullopt;  ///< or its end was taken from us; `errored`
  std::chrono::nanoseconds duration{};                ///< by the clock
  std::chrono::nanoseconds cpu{};  ///< user and system time of it and what it waited for
  std::uint64_t peak_memory = 0;   ///< bytes resident, of the largest process of it
  LogStatus log = {};              ///< so far: whoever made the log finishes it

  [[nodiscard]] bool is_success() const {
    return !not_started && exit_code == 0 && !timed_out && !cancelled;
  }
};

/// Output as it arrives, unmasked. Called on the process thread: quick, and may not throw.
using OnOutput = std::function<void(std::string_view bytes)>;
/// Called once for each start, on the process thread: quick, and may not throw.
using OnExit = std::function<void(ProcessResult result)>;

/// How a process ended, in words: "exit status 1", "killed by SIGSEGV", "timed out", …
[[nodiscard]] std::string describe(const ProcessResult& result);
/// The failure that a result amounts to; nothing for success.
[[nodiscard]] std::optional<Failure> failure_of(const ProcessResult& result);

}  // namespace oche::detail
