// terminal.cpp - where the commands print, and what they may print there.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal.hpp"

#include <oche/base/error.hpp>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <fstream>

namespace oche::cli {

bool is_terminal(std::FILE* stream) {
  const char* kind = std::getenv("TERM");
  return isatty(fileno(stream)) == 1 && kind != nullptr && std::strcmp(kind, "dumb") != 0;
}

TextStyle style_of(std::FILE* stream) {
  const char* no_colour = std::getenv("NO_COLOR");
  const bool is_off = no_colour != nullptr && *no_colour != '\0';
  return is_terminal(stream) && !is_off ? TextStyle::coloured : TextStyle::plain;
}

unsigned width_of(std::FILE* stream) {
  constexpr unsigned usual = 80;
  winsize size{};
  if (ioctl(fileno(stream), TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return usual;
  return size.ws_col;
}

void print_failure(const Failure& failure) {
  const std::string text = render(failure, style_of(stderr));
  std::fwrite(text.data(), 1, text.size(), stderr);
}

void print(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

void print_to(const std::string& file, std::string_view text) {
  if (file.empty()) return print(text);
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (!out) throw Error(Failure{.what = fmt::format("{} cannot be written", file)});
}

}  // namespace oche::cli
