// log_writer.hpp - the log file of one attempt: bounded, masked, readable while it grows.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/process/descriptor.hpp"
#include "engine/process/masker.hpp"
#include "engine/process/tail_buffer.hpp"

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace oche::detail {

struct LogOptions {
  std::uint64_t limit = std::uint64_t{64} << 20;  ///< of the file, about
  std::uint64_t tail = std::uint64_t{1} << 20;    ///< part of it kept for the end of the output
  std::vector<std::string> secrets = {};          ///< never reach the file
};

struct LogStatus {
  std::uint64_t seen = 0;      ///< bytes of output
  std::uint64_t left_out = 0;  ///< of them, not in the file
  std::string trouble;         ///< what kept the file from being written: "No space left on device"

  [[nodiscard]] bool is_complete() const { return left_out == 0 && trouble.empty(); }
};

/// Appends output to a file as it comes, byte for byte. Past the limit only the end is kept, in
/// memory, and follows a marker once the output is over. Where the file cannot be written the
/// output is dropped and the status says why: a full disk never stops a command.
///
/// Threads: any.
class LogWriter {
 public:
  /// Makes the file anew, and its folder.
  explicit LogWriter(const std::filesystem::path& path, LogOptions options = {});
  ~LogWriter();
  LogWriter(const LogWriter&) = delete;
  LogWriter& operator=(const LogWriter&) = delete;

  /// Adds bytes as they are, but for secrets.
  void append(std::string_view bytes);
  /// Adds a line of our own, and ends the line before it if that was left open.
  void line(std::string_view text);
  /// Writes what was held back; later appends are dropped. Again: only says the status.
  LogStatus finish();
  [[nodiscard]] LogStatus status() const;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  void take(std::string_view masked);
  void write(std::string_view bytes);

  const std::filesystem::path path_;
  const LogOptions options_;
  mutable std::mutex mutex_;
  Descriptor file_;
  Masker masker_;
  TailBuffer tail_;
  std::string scratch_;
  std::uint64_t room_ = 0;
  bool open_line_ = false;
  bool finished_ = false;
  LogStatus status_;
};

}  // namespace oche::detail
