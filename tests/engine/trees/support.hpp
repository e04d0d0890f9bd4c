// support.hpp - what the tests of trees and of the store share: folders, git, small disks.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/trees/git_program.hpp"
#include "engine/trees/trees.hpp"
#include "support/folder.hpp"

#include <catch2/catch.hpp>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace state_tests {

using namespace oche;
using namespace oche::detail;
namespace fs = std::filesystem;
using tests::Folder;

/// A small disk of its own, where this machine lets us make one.
class SmallDisk {
 public:
  explicit SmallDisk(const char* options) {
    mounted_ = ::mount("none", folder_.path().c_str(), "tmpfs", 0, options) == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.path().c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  [[nodiscard]] bool is_there() const { return mounted_; }
  [[nodiscard]] const std::string& path() const { return folder_.path(); }

 private:
  Folder folder_;
  bool mounted_ = false;
};

inline std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void write(const std::string& path, std::string_view content, bool executable = false) {
  fs::create_directories(fs::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << content;
  if (executable) fs::permissions(path, fs::perms::owner_exec, fs::perm_options::add);
}

/// Runs git in a folder; its output without the last newline.
inline std::string git(const std::string& folder, std::vector<std::string> arguments) {
  std::vector<std::string> all{"-c", "user.name=Test",
                               "-c", "user.email=test@example.org",
                               "-c", "init.defaultBranch=main",
                               "-c", "commit.gpgSign=false",
                               "-C", folder};
  all.insert(all.end(), arguments.begin(), arguments.end());
  GitAnswer answer = run_git(all, {});
  INFO(arguments.front() << ": " << answer.errors);
  REQUIRE(answer.exit_status == 0);
  if (answer.output.ends_with('\n')) answer.output.pop_back();
  return answer.output;
}

/// A repository with the files that are in the folder, as one commit on `main`.
inline void commit_all(const std::string& folder, const std::string& message = "change") {
  if (!fs::exists(folder + "/.git")) git(folder, {"init", "--quiet"});
  git(folder, {"add", "-A"});
  git(folder, {"commit", "--quiet", "--allow-empty", "-m", message});
}

template <class T>
T value_of(Result<T> result) {
  if (result.is_failed()) FAIL(render(result.failure()));
  return std::move(result).value();
}

template <class T>
std::string text_of(const Result<T>& result) {
  return result.is_failed() ? render(result.failure()) : "no failure";
}

/// What `git fsck` has against an object store; empty if nothing.
inline std::string fsck(const std::string& store) {
  const GitAnswer answer =
      run_git({"--git-dir", store, "fsck", "--full", "--strict", "--no-dangling"}, {});
  std::string text = answer.output + answer.errors;
  for (const std::string_view line :
       {"notice: HEAD points to an unborn branch (none)\n",
        "notice: HEAD points to an unborn branch (none)", "notice: No default references\n",
        "notice: No default references"}) {
    if (const std::size_t at = text.find(line); at != text.npos) text.erase(at, line.size());
  }
  return text;
}

/// Runs `work` in a child process; its result is the exit status, 99 for an exception.
inline pid_t in_child(const std::function<int()>& work) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  int status = 99;
  try {
    status = work();
  } catch (...) {
  }
  ::_exit(status);
}

inline int wait_for(pid_t child) {
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace state_tests
