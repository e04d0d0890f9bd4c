// log_reader.hpp - the head that every log starts with, and its last lines made fit for a terminal.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace oche::detail {

/// What the first lines of a command's log say.
struct LogHead {
  std::string key;
  std::vector<std::string> argv;
  std::string isolation;
  std::string host;
};
[[nodiscard]] std::string to_text(const LogHead& head);

/// A command as one line that a person could paste into a shell; control characters escaped.
[[nodiscard]] std::string to_shell_line(const std::vector<std::string>& argv);

/// The last lines of a log, of a file that may still be growing; none if it cannot be read.
/// Lines are made printable, and cut at `width` bytes with a note of how much is missing.
[[nodiscard]] std::vector<std::string> last_lines(const std::filesystem::path& log,
                                                  std::size_t count, std::size_t width = 2000);
/// The same of a text.
[[nodiscard]] std::vector<std::string> last_lines_of(std::string_view text, std::size_t count,
                                                     std::size_t width = 2000);

/// Makes bytes harmless on a terminal: colour sequences are dropped, other control characters and
/// those that reorder text are escaped, what is no UTF-8 becomes U+FFFD. Tabs and newlines stay.
[[nodiscard]] std::string printable(std::string_view bytes);

}  // namespace oche::detail
