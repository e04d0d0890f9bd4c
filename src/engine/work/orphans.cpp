// orphans.cpp - ends what a killed program left running in its working folders.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/work/orphans.hpp"

#include "engine/process/descriptor.hpp"

#include <poll.h>
#include <sys/syscall.h>

#include <charconv>
#include <csignal>
#include <fstream>
#include <string>
#include <system_error>
#include <vector>

namespace oche::detail {

namespace fs = std::filesystem;

namespace {

/// A sandbox that was being made when its maker was killed waits for it for ever: all that it has
/// of the folder is the name in its arguments.
bool is_sandbox_below(const fs::path& process, const std::string& root) {
  std::ifstream file(process / "cmdline", std::ios::binary);
  std::string word;
  if (!std::getline(file, word, '\0') || fs::path(word).filename() != "bwrap") return false;
  while (std::getline(file, word, '\0')) {
    if (word.starts_with(root + "/")) return true;
  }
  return false;
}

bool works_below(const fs::path& process, const std::string& root) {
  std::error_code error;
  const std::string folder = fs::read_symlink(process / "cwd", error).string();
  return (!error && folder.starts_with(root + "/")) || is_sandbox_below(process, root);
}

/// A person who looks around in the folder has one.
bool has_terminal(const fs::path& process) {
  std::ifstream file(process / "stat");
  std::string line;
  std::getline(file, line);
  // After the name, which may hold anything: state, parent, group, session, terminal.
  const std::size_t name_end = line.rfind(')');
  if (name_end == std::string::npos) return true;  // it is gone
  std::size_t at = name_end;
  for (int word = 0; word < 5 && at != std::string::npos; ++word)
    at = line.find(' ', at + 1);
  return at == std::string::npos || line.compare(at, 3, " 0 ") != 0;
}

}  // namespace

std::size_t end_orphans(const fs::path& root) {
  std::error_code error;
  const std::string real = fs::canonical(root, error).string();
  if (error) return 0;  // no such folder: nobody works in it
  std::vector<Descriptor> killed;
  for (const fs::directory_entry& process : fs::directory_iterator("/proc", error)) {
    const std::string name = process.path().filename().string();
    int pid = 0;
    const auto [end, bad] = std::from_chars(name.data(), name.data() + name.size(), pid);
    if (bad != std::errc() || end != name.data() + name.size()) continue;
    if (!works_below(process.path(), real)) continue;
    Descriptor handle(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    // Asked once more of the very process that will be killed: numbers are used again.
    if (!handle.is_open() || !works_below(process.path(), real)) continue;
    if (has_terminal(process.path())) continue;
    if (::syscall(SYS_pidfd_send_signal, handle.get(), SIGKILL, nullptr, 0) == 0) {
      killed.push_back(std::move(handle));
    }
  }
  constexpr int patience = 1000;  // ms
  for (const Descriptor& handle : killed) {
    pollfd ended{handle.get(), POLLIN, 0};
    ::poll(&ended, 1, patience);
  }
  return killed.size();
}

}  // namespace oche::detail
