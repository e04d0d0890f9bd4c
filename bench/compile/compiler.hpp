// compiler.hpp - run a compiler on a source and see what it costs.
// Layer: bench.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

namespace bench {

/// What one compilation took: processor time, which a busy machine changes little, and the most
/// memory that any of the compiler's processes had.
struct Cost {
  double milliseconds = 0;
  double megabytes = 0;
};

/// The middle of several costs, time and memory each for itself.
inline Cost median(std::vector<Cost> costs) {
  const auto middle = [&costs](double Cost::* part) {
    const auto at = costs.begin() + static_cast<std::ptrdiff_t>(costs.size() / 2);
    std::nth_element(costs.begin(), at, costs.end(),
                     [part](const Cost& a, const Cost& b) { return a.*part < b.*part; });
    return (*at).*part;
  };
  return {middle(&Cost::milliseconds), middle(&Cost::megabytes)};
}

/// The first of `names` that is on the PATH; empty if none is.
inline std::string first_on_path(const std::vector<std::string>& names) {
  const char* path = std::getenv("PATH");
  for (const std::string& name : names) {
    std::string rest = path == nullptr ? "/usr/bin:/bin" : path;
    while (!rest.empty()) {
      const std::size_t colon = std::min(rest.find(':'), rest.size());
      if (::access((rest.substr(0, colon) + "/" + name).c_str(), X_OK) == 0) return name;
      rest.erase(0, colon + 1);
    }
  }
  return {};
}

/// Compiles one source after another into a folder of its own.
class Compiler {
 public:
  Compiler(std::string program, std::string include, std::string folder)
      : program_(std::move(program)), include_(std::move(include)), folder_(std::move(folder)) {}

  [[nodiscard]] const std::string& program() const { return program_; }

  /// Fails: std::runtime_error with the compiler's words.
  [[nodiscard]] Cost operator()(const std::string& source) const {
    const std::string file = folder_ + "/source.cpp", words = folder_ + "/words";
    std::ofstream{file} << source;
    const std::vector<const char*> argv = {
        program_.c_str(), "-std=c++20", "-O0",  "-w", "-I", include_.c_str(), "-c", "-o",
        "/dev/null",      file.c_str(), nullptr};
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("no process for the compiler");
    if (child == 0) start(argv, words);
    int status = 0;
    rusage used = {};
    if (::wait4(child, &status, 0, &used) != child)
      throw std::runtime_error("the compiler is lost");
    if (status != 0) throw std::runtime_error(program_ + " says no:\n" + text_of(words));
    return {milliseconds(used.ru_utime) + milliseconds(used.ru_stime),
            static_cast<double>(used.ru_maxrss) / 1024.0};
  }

 private:
  [[noreturn]] static void start(const std::vector<const char*>& argv, const std::string& words) {
    const int log = ::open(words.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    ::dup2(log, STDOUT_FILENO);
    ::dup2(log, STDERR_FILENO);
    ::setenv("CCACHE_DISABLE", "1", 1);  // where the compiler's name leads to ccache
    ::execvp(argv[0], const_cast<char* const*>(argv.data()));
    ::_exit(127);
  }

  static double milliseconds(const timeval& time) {
    return 1e3 * static_cast<double>(time.tv_sec) + 1e-3 * static_cast<double>(time.tv_usec);
  }

  static std::string text_of(const std::string& file) {
    std::ifstream in{file};
    return std::string{std::istreambuf_iterator<char>{in}, {}}.substr(0, 2000);
  }

  std::string program_;
  std::string include_;
  std::string folder_;
};

}  // namespace bench
