// support.hpp - what the tests of child processes share.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/process/processes.hpp"
#include "support/folder.hpp"
#include <oche/base/manual_clock.hpp>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <mutex>
#include <string>
#include <utility>

namespace process_tests {

using namespace oche;
using namespace oche::detail;
using namespace std::chrono_literals;
using tests::Folder;

inline std::string content_of(const std::filesystem::path& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

inline void write(const std::filesystem::path& path, const std::string& content, bool executable) {
  std::ofstream{path, std::ios::binary} << content;
  using std::filesystem::perms;
  std::filesystem::permissions(path, executable ? perms{0755} : perms{0644});
}

inline ProcessRequest shell(std::string script, const std::filesystem::path& folder = "/") {
  ProcessRequest request;
  request.argv = {"sh", "-c", std::move(script)};
  request.folder = folder;
  return request;
}

/// A process that was started, whose output and end can be waited for.
class Watched {
 public:
  Watched(Processes& processes, ProcessRequest request) {
    id_ = processes.start(
        std::move(request), [this](ProcessResult result) { end_.set_value(std::move(result)); },
        [this](std::string_view bytes) {
          const std::lock_guard lock{mutex_};
          output_ += bytes;
          changed_.notify_all();
        });
  }
  [[nodiscard]] ProcessId id() const { return id_; }
  /// Waits until so many lines have come.
  std::string lines(long count) {
    std::unique_lock lock{mutex_};
    const bool came = changed_.wait_for(
        lock, 60s, [&] { return std::count(output_.begin(), output_.end(), '\n') >= count; });
    if (!came) throw std::runtime_error("the process did not say what was expected: " + output_);
    return output_;
  }
  /// Waits for the end.
  ProcessResult result() {
    auto future = end_.get_future();
    if (future.wait_for(120s) != std::future_status::ready) {
      throw std::runtime_error("the process did not end");
    }
    return future.get();
  }
  std::string output() {
    const std::lock_guard lock{mutex_};
    return output_;
  }

 private:
  std::promise<ProcessResult> end_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string output_;
  ProcessId id_ = 0;
};

struct Ended {
  ProcessResult result;
  std::string output;
};

inline Ended run(Processes& processes, ProcessRequest request) {
  Watched watched{processes, std::move(request)};
  auto result = watched.result();
  return {std::move(result), watched.output()};
}

/// Waits until a process is gone; true at once if there is none.
inline bool is_gone(pid_t pid) {
  const Descriptor process{static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))};
  if (!process.is_open()) return true;
  pollfd end{process.get(), POLLIN, 0};
  return ::poll(&end, 1, 20'000) == 1;
}

}  // namespace process_tests
