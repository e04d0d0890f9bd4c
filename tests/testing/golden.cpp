// golden.cpp - a text is compared with a file, which is replaced only when told to.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/testing/golden.hpp>

#include "testing/scratch_folder.hpp"
#include "testing/support.hpp"

#include <cstdlib>

using namespace testing_tests;
namespace fs = std::filesystem;

TEST_CASE("golden: an equal text is right, another is kept beside and refused", "[testing]") {
  const ScratchFolder folder;
  const fs::path file = fs::path(folder.path()) / "deep" / "one-golden.txt";
  const fs::path seen = "one-golden.txt.seen";
  ::unsetenv("OCHE_PROMOTE");
  CHECK_FALSE(golden(file, "first\n"));  // there is none yet
  CHECK_FALSE(fs::exists(file));
  CHECK(read_text(seen) == "first\n");
  ::setenv("OCHE_PROMOTE", "1", 1);
  CHECK(golden(file, "first\n"));
  ::unsetenv("OCHE_PROMOTE");
  CHECK(golden(file, "first\n"));
  CHECK_FALSE(golden(file, "second\n"));
  CHECK(read_text(file) == "first\n");
  CHECK(golden(file, "FIRST\n", [](std::string text) {
    for (char& c : text)
      c = static_cast<char>(c | 0x20);
    return text;
  }));
  fs::remove(seen);
}
