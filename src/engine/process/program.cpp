// program.cpp - which program a command means, and what identifies it.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/process/program.hpp"

#include "engine/process/descriptor.hpp"
#include "engine/process/log_reader.hpp"
#include "engine/process/request.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

namespace oche::detail {
namespace {

constexpr int most_interpreters = 4;  // as many as the kernel follows

enum class Look { absent, not_executable, program };

Look look(const std::string& path) {
  struct stat facts{};
  if (::stat(path.c_str(), &facts) != 0) return Look::absent;
  if (!S_ISREG(facts.st_mode)) return Look::not_executable;
  return ::faccessat(AT_FDCWD, path.c_str(), X_OK, AT_EACCESS) == 0 ? Look::program
                                                                    : Look::not_executable;
}

Failure not_executable(const std::string& path) {
  return {.what = fmt::format("not an executable program: {}", printable(path)),
          .kind = FailureClass::errored,
          .facts = {{"program", printable(path)}},
          .hint = "`chmod +x` it, or name its interpreter in argv"};
}

Failure not_found(const std::string& name, std::string_view searched) {
  Failure failure{.what = fmt::format("program not found: {}", printable(name)),
                  .kind = FailureClass::errored,
                  .hint = "install it on the machine that runs the command"};
  if (!searched.empty()) failure.facts.push_back({"searched", printable(searched)});
  return failure;
}

/// What the kernel would run for a script; of `/usr/bin/env NAME` it is NAME.
std::string interpreter_in(std::string_view start) {
  if (!start.starts_with("#!")) return {};
  start = start.substr(2, start.find('\n') - 2);
  std::vector<std::string> words;
  constexpr std::string_view blank = " \t\r";
  for (auto at = start.find_first_not_of(blank); at != std::string_view::npos;
       at = start.find_first_not_of(blank)) {
    start.remove_prefix(at);
    const auto end = start.find_first_of(blank);
    words.emplace_back(start.substr(0, end));
    if (end == std::string_view::npos) break;
    start.remove_prefix(end);
  }
  if (words.empty()) return {};
  if (!words.front().ends_with("/env")) return words.front();
  for (const auto& word : std::vector(words.begin() + 1, words.end())) {
    if (word.starts_with('-') || word.find('=') != std::string::npos) continue;
    return find_program(word, fixed_path).path;
  }
  return words.front();
}

}  // namespace

FoundProgram find_program(const std::string& name, std::string_view path) {
  if (name.empty()) {
    return {.failure = Failure{.what = "the command names no program",
                               .kind = FailureClass::errored,
                               .hint = "give argv at least one element"}};
  }
  if (name.find('/') != std::string::npos) {
    if (!name.starts_with('/')) return {.path = name};
    switch (look(name)) {
      case Look::absent:
        return {.failure = not_found(name, "")};
      case Look::not_executable:
        return {.failure = not_executable(name)};
      case Look::program:
        return {.path = name};
    }
  }
  std::string unusable;
  for (auto rest = path; !rest.empty();) {
    const auto folder = rest.substr(0, rest.find(':'));
    rest.remove_prefix(std::min(rest.size(), folder.size() + 1));
    if (!folder.starts_with('/')) continue;  // would depend on where we stand
    auto candidate = fmt::format("{}/{}", folder, name);
    const auto seen = look(candidate);
    if (seen == Look::program) return {.path = std::move(candidate)};
    if (seen == Look::not_executable && unusable.empty()) unusable = std::move(candidate);
  }
  return {.failure = unusable.empty() ? not_found(name, path) : not_executable(unusable)};
}

std::optional<Programs::Known> Programs::look_at(const std::string& path) {
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)};
  struct stat facts{};
  if (!file.is_open() || ::fstat(file.get(), &facts) != 0 || !S_ISREG(facts.st_mode)) return {};
  const auto nanoseconds = [](const timespec& t) { return t.tv_sec * 1'000'000'000 + t.tv_nsec; };
  const Version version{facts.st_dev, facts.st_ino, static_cast<std::uint64_t>(facts.st_size),
                        nanoseconds(facts.st_mtim), nanoseconds(facts.st_ctim)};
  {
    const std::lock_guard lock{mutex_};
    if (const auto at = known_.find(version); at != known_.end()) return at->second;
  }
  Sha256 hasher;
  std::string start;
  std::vector<char> buffer(std::size_t{256} << 10);
  for (;;) {
    const auto count = ::read(file.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return {};
    if (count == 0) break;
    const std::string_view bytes{buffer.data(), static_cast<std::size_t>(count)};
    if (start.empty()) start = bytes.substr(0, 256);
    hasher.update(bytes);
  }
  Known known{hasher.finish(), interpreter_in(start)};
  const std::lock_guard lock{mutex_};
  return known_.insert_or_assign(version, std::move(known)).first->second;
}

Digest Programs::digest(const std::string& path) {
  std::string digests;
  auto next = path;
  for (int followed = 0; next.starts_with('/') && followed <= most_interpreters; ++followed) {
    const auto known = look_at(next);
    if (!known) break;
    digests.append(reinterpret_cast<const char*>(known->bytes.bytes.data()),
                   known->bytes.bytes.size());
    next = known->interpreter;
  }
  return digests.empty() ? Digest{} : sha256(digests);
}

}  // namespace oche::detail
