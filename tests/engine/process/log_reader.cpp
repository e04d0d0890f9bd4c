// log_reader.cpp - what of a log is shown to people.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/process/log_reader.hpp"

#include "engine/process/support.hpp"

using namespace process_tests;
using Lines = std::vector<std::string>;

TEST_CASE("log: the head says key, command, isolation, host", "[engine][process][log]") {
  CHECK(to_text({.key = "6f3a",
                 .argv = {"python3", "-m", "pytest", "it's"},
                 .isolation = "none",
                 .host = "build-3"}) ==
        "key        6f3a\n"
        "command    python3 -m pytest 'it'\\''s'\n"
        "isolation  none\n"
        "host       build-3\n"
        "\n");
  CHECK(to_shell_line({"", "a b", "$HOME", "two\nlines", "\x1b[2J"}) ==
        "'' 'a b' '$HOME' 'two\\nlines' '\\x1b[2J'");
}

TEST_CASE("log: its last lines", "[engine][process][log]") {
  CHECK(last_lines_of("", 3) == Lines{});
  CHECK(last_lines_of("one", 3) == Lines{"one"});
  CHECK(last_lines_of("one\ntwo\n", 3) == Lines{"one", "two"});
  CHECK(last_lines_of("one\ntwo\r\n\nfour", 3) == Lines{"two", "", "four"});
  CHECK(last_lines_of("one\ntwo", 0) == Lines{});
  CHECK(last_lines_of(std::string(50, 'x'), 1, 10) == Lines{"xxxxxxxxxx … (40 bytes more)"});
  const Folder folder;
  std::string text;
  for (int i = 0; i < 300'000; ++i)
    text += std::to_string(i) + "\n";
  write(folder / "log", text, false);
  CHECK(last_lines(folder / "log", 2) == Lines{"299998", "299999"});
  CHECK(last_lines(folder / "none", 2) == Lines{});
  CHECK(last_lines(folder.path(), 2) == Lines{});
}

TEST_CASE("log: bytes of any kind are made harmless", "[engine][process][log]") {
  CHECK(printable("plain\ttext\n") == "plain\ttext\n");
  CHECK(printable("grün ✔ 漢 😀") == "grün ✔ 漢 😀");
  CHECK(printable("\x1b[1;31mred\x1b[0m") == "red");
  CHECK(printable("\x1b]0;title\x07\x1b[2J\r") == "\\x1b]0;title\\x07\\x1b[2J\\x0d");
  CHECK(printable(std::string_view{"a\0b\x7f", 4}) == "a\\x00b\\x7f");
  CHECK(printable("\xc2\x9b"
                  "31m") == "\\x9b31m");
  CHECK(printable("\xe2\x80\xae"
                  "cod.exe") == "\\u{202e}cod.exe");
  const std::string unknown = "\xEF\xBF\xBD";
  CHECK(printable("\xff") == unknown);
  CHECK(printable("\xc0\xaf") == unknown + unknown);                // overlong
  CHECK(printable("\xed\xa0\x80") == unknown + unknown + unknown);  // a surrogate
  CHECK(printable("\xf4\x90\x80\x80") == unknown + unknown + unknown + unknown);
  CHECK(printable("\xe2\x82") == unknown + unknown);  // cut off
}
