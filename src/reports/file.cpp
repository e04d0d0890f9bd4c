// file.cpp - fetch a report from the folder that a command worked in.
// Layer: reports.
// SPDX-License-Identifier: Apache-2.0
#include <oche/reports/file.hpp>

#include "reports/errors.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace oche {
namespace {

constexpr off_t largest = off_t{1} << 30;

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int get() const { return number_; }
  [[nodiscard]] bool is_open() const { return number_ >= 0; }

 private:
  int number_;
};

Failure not_there(const std::string& path, std::string reason) {
  Failure failure = detail::unreadable(fmt::format("the command left no report at {}", path),
                                       "give the command the same path as the step (pytest: "
                                       "--junitxml=FILE, --cov-report=xml:FILE)");
  failure.facts.push_back({"because", std::move(reason)});
  return failure;
}

Failure refused(const std::string& path, std::string reason) {
  return detail::unreadable(fmt::format("the report {} is not read: {}", path, reason),
                            "let the command write a plain file inside its folder");
}

Failure from_errno(const std::string& path, int error) {
  if (error == ELOOP) return refused(path, "there is a link on the way");
  return not_there(path, std::strerror(error));
}

// O_NOFOLLOW guards the last part of a path only, so the parts are opened one by one.
Result<std::shared_ptr<Descriptor>> open_inside(const std::string& folder,
                                                const std::string& path) {
  constexpr int flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
  const auto at = std::make_shared<Descriptor>(::open(folder.c_str(), O_PATH | O_CLOEXEC));
  if (!at->is_open()) return not_there(path, std::strerror(errno));
  for (std::size_t from = 0; from < path.size();) {
    const std::size_t slash = std::min(path.find('/', from), path.size());
    const std::string part = path.substr(from, slash - from);
    from = slash + 1;
    if (part.empty() || part == ".") continue;
    const bool last = from >= path.size();
    struct stat found = {};
    if (::fstatat(at->get(), part.c_str(), &found, AT_SYMLINK_NOFOLLOW) != 0) {
      return from_errno(path, errno);
    }
    if (S_ISLNK(found.st_mode)) return refused(path, "there is a link on the way");
    if (last && !S_ISREG(found.st_mode)) return refused(path, "it is not a plain file");
    Descriptor next{::openat(at->get(), part.c_str(), last ? flags : flags | O_DIRECTORY)};
    if (!next.is_open()) return from_errno(path, errno);
    *at = std::move(next);
  }
  return at;
}

bool leaves_folder(const std::string& path) {
  if (path.empty() || path.front() == '/') return true;
  const std::string framed = "/" + path + "/";
  return framed.find("/../") != std::string::npos;
}

}  // namespace

Result<std::string> read_report(const std::string& folder, const std::string& path) {
  if (leaves_folder(path)) return refused(path, "the path leads out of the command's folder");
  const Result<std::shared_ptr<Descriptor>> opened = open_inside(folder, path);
  if (!opened.is_ok()) return opened.failure();
  const int file = opened.value()->get();
  struct stat found = {};
  // Asked again of the open file: what stood there may have been exchanged meanwhile.
  if (::fstat(file, &found) != 0) return not_there(path, std::strerror(errno));
  if (!S_ISREG(found.st_mode)) return refused(path, "it is not a plain file");
  if (found.st_size > largest) return refused(path, "it is larger than 1 GiB");

  std::string text;
  text.resize(static_cast<std::size_t>(found.st_size));
  std::size_t have = 0;
  while (have < text.size()) {
    const ssize_t got = ::read(file, text.data() + have, text.size() - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return not_there(path, std::strerror(errno));
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  text.resize(have);
  return text;
}

}  // namespace oche
