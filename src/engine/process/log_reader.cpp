// log_reader.cpp - the head that every log starts with, and its last lines.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/process/log_reader.hpp"

#include "engine/process/descriptor.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

namespace oche::detail {
namespace {

constexpr std::uint64_t most_read = std::uint64_t{1} << 20;  // of the end of a file

/// The end of a file as it is now: it may grow, or be cut, while we read.
std::string end_of(const std::filesystem::path& path) {
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)};
  struct stat facts{};
  if (!file.is_open() || ::fstat(file.get(), &facts) != 0 || !S_ISREG(facts.st_mode)) return {};
  const auto size = static_cast<std::uint64_t>(facts.st_size);
  std::string text(static_cast<std::size_t>(std::min(size, most_read)), '\0');
  auto at = size - text.size();
  std::size_t filled = 0;
  while (filled < text.size()) {
    const auto count = ::pread(file.get(), text.data() + filled, text.size() - filled,
                               static_cast<off_t>(at + filled));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    filled += static_cast<std::size_t>(count);
  }
  text.resize(filled);
  return text;
}

bool needs_no_quotes(std::string_view word) {
  constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%+,-./:=@_";
  return !word.empty() && word.find_first_not_of(plain) == std::string_view::npos;
}

std::string in_quotes(std::string_view word) {
  if (needs_no_quotes(word)) return std::string(word);
  std::string out = "'";
  for (const char c : word) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out += '\'';
}

}  // namespace

std::string to_shell_line(const std::vector<std::string>& argv) {
  std::string out;
  for (const auto& word : argv) {
    if (!out.empty()) out += ' ';
    out += in_quotes(word);
  }
  out = printable(out);
  for (auto at = out.find('\n'); at != std::string::npos; at = out.find('\n', at)) {
    out.replace(at, 1, "\\n");  // one line, so that the head keeps its shape
  }
  return out;
}

std::string to_text(const LogHead& head) {
  return fmt::format("key        {}\ncommand    {}\nisolation  {}\nhost       {}\n\n", head.key,
                     to_shell_line(head.argv), head.isolation, head.host);
}

std::vector<std::string> last_lines_of(std::string_view text, std::size_t count,
                                       std::size_t width) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  std::vector<std::string> lines;
  while (!text.empty() && lines.size() < count) {
    const auto before = text.rfind('\n');
    auto line = before == std::string_view::npos ? text : text.substr(before + 1);
    text = before == std::string_view::npos ? std::string_view{} : text.substr(0, before);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const auto missing = line.size() - std::min(line.size(), width);
    auto shown = printable(line.substr(0, line.size() - missing));
    if (missing > 0) shown += fmt::format(" … ({} bytes more)", missing);
    lines.push_back(std::move(shown));
  }
  std::ranges::reverse(lines);
  return lines;
}

std::vector<std::string> last_lines(const std::filesystem::path& log, std::size_t count,
                                    std::size_t width) {
  return last_lines_of(end_of(log), count, width);
}

}  // namespace oche::detail
