// sample.hpp - the repositories that the examples build, and the examples themselves.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "support/folder.hpp"
#include "support/golden.hpp"
#include "support/program.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace oche::tests {

namespace fs = std::filesystem;

inline void write_text(const std::string& file, std::string_view text) {
  fs::create_directories(fs::path(file).parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

inline std::string git(const std::string& folder, std::vector<std::string> arguments) {
  std::vector<std::string> argv{"git",
                                "-c",
                                "user.name=Test",
                                "-c",
                                "user.email=test@example.org",
                                "-c",
                                "commit.gpgSign=false"};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  const Ended ended = run_program(argv, folder);
  INFO(arguments.front() << ": " << ended.errors);
  REQUIRE(ended.status == 0);
  return ended.out;
}

/// Everything in the folder, as one more commit on `main`.
inline void commit_all(const std::string& folder) {
  if (!fs::exists(folder + "/.git")) git(folder, {"init", "-q", "-b", "main"});
  git(folder, {"add", "-A"});
  git(folder, {"commit", "-q", "--allow-empty", "-m", "change"});
}

/// A copy of one of the sample projects (`projects/program`) as a git repository.
inline void make_repository(const std::string& sample, const std::string& folder) {
  fs::copy(fs::path(OCHE_TESTS_FOLDER).parent_path() / "examples" / sample, folder,
           fs::copy_options::recursive);
  commit_all(folder);
}

/// The command line of an example program.
inline std::vector<std::string> example(std::string_view name, std::vector<std::string> arguments) {
  std::vector<std::string> argv{OCHE_EXAMPLES_FOLDER "/" + std::string(name)};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  return argv;
}

}  // namespace oche::tests
