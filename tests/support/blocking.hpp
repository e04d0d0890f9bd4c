// blocking.hpp - a repository whose tests wait until the test that uses it lets them go.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "support/sample.hpp"

#include <sys/stat.h>

namespace oche::tests {

/// A sample project in a folder, and a pipe that its `tests.sh` reads a line from. Run it with
/// `--isolation none`: a sandbox would hide the pipe.
class Blocking {
 public:
  /// `scripts` are the `tests.sh` that wait.
  explicit Blocking(const std::string& sample,
                    const std::vector<std::string>& scripts = {"tests.sh"}) {
    make_repository(sample, repository());
    REQUIRE(mkfifo((folder_ / "pipe").c_str(), 0600) == 0);
    // Held open both ways: neither side waits for the other to come.
    pipe_ = open((folder_ / "pipe").c_str(), O_RDWR | O_CLOEXEC);
    REQUIRE(pipe_ >= 0);
    for (const std::string& script : scripts) {
      const std::string file = repository() + "/" + script;
      write_text(file, "echo begun\nread line <'" + (folder_ / "pipe") + "'\n" + read_text(file));
    }
    commit_all(repository());
  }
  ~Blocking() { close(pipe_); }
  Blocking(const Blocking&) = delete;
  Blocking& operator=(const Blocking&) = delete;

  [[nodiscard]] const std::string& folder() const { return folder_.path(); }
  [[nodiscard]] std::string repository() const { return folder_ / "repository"; }
  /// One waiting script goes on.
  void let_go() const { REQUIRE(write(pipe_, "go\n", 3) == 3); }

  /// The command line of an example on this repository.
  [[nodiscard]] std::vector<std::string> example(std::string_view name,
                                                 std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--repo", repository()});
    return tests::example(name, std::move(arguments));
  }

 private:
  Folder folder_;
  int pipe_ = -1;
};

}  // namespace oche::tests
