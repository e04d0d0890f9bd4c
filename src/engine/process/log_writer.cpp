// log_writer.cpp - the log file of one attempt: bounded, masked, readable while it grows.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/process/log_writer.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace oche::detail {
namespace {

int open_anew(const std::filesystem::path& path) {
  return ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC | O_NOCTTY, 0644);
}

std::string text_of(int error) { return std::generic_category().message(error); }

std::string in_units(std::uint64_t bytes) {
  if (bytes >= 10u << 20) return fmt::format("{} MiB", bytes >> 20);
  if (bytes >= 10u << 10) return fmt::format("{} KiB", bytes >> 10);
  return fmt::format("{} bytes", bytes);
}

}  // namespace

LogWriter::LogWriter(const std::filesystem::path& path, LogOptions options)
    : path_(path),
      options_(std::move(options)),
      masker_(options_.secrets),
      tail_(static_cast<std::size_t>(options_.tail)),
      room_(options_.limit - std::min(options_.limit, options_.tail)) {
  file_ = Descriptor{open_anew(path_)};
  if (!file_.is_open() && errno == ENOENT && path_.has_parent_path()) {
    std::error_code ignored;  // opening says it again, better
    std::filesystem::create_directories(path_.parent_path(), ignored);
    file_ = Descriptor{open_anew(path_)};
  }
  if (!file_.is_open()) status_.trouble = text_of(errno);
}

LogWriter::~LogWriter() { finish(); }

void LogWriter::append(std::string_view bytes) {
  const std::lock_guard lock{mutex_};
  if (finished_) return;
  if (masker_.is_idle()) return take(bytes);
  scratch_.clear();
  masker_.feed(bytes, scratch_);
  take(scratch_);
}

void LogWriter::line(std::string_view text) {
  const std::lock_guard lock{mutex_};
  if (finished_) return;
  scratch_.clear();
  masker_.flush(scratch_);  // what is held belongs before this line
  if (scratch_.empty() ? open_line_ : !scratch_.ends_with('\n')) scratch_ += '\n';
  Masker{options_.secrets}.feed(text, scratch_);
  scratch_ += '\n';
  take(scratch_);
}

void LogWriter::take(std::string_view masked) {
  if (masked.empty()) return;
  status_.seen += masked.size();
  open_line_ = masked.back() != '\n';
  const auto head = static_cast<std::size_t>(std::min<std::uint64_t>(room_, masked.size()));
  room_ -= head;
  if (status_.trouble.empty()) {
    write(masked.substr(0, head));
  } else {
    status_.left_out += head;
  }
  masked.remove_prefix(head);
  if (masked.empty()) return;
  if (tail_.seen() == 0) {
    write(fmt::format("\noche: more than {} of output; the end of it follows when it is over\n",
                      in_units(status_.seen - masked.size())));
  }
  tail_.add(masked);
}

void LogWriter::write(std::string_view bytes) {
  while (!bytes.empty() && status_.trouble.empty()) {
    const auto written = ::write(file_.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      status_.trouble = text_of(errno);
      break;
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  status_.left_out += bytes.size();
}

LogStatus LogWriter::finish() {
  const std::lock_guard lock{mutex_};
  if (finished_) return status_;
  scratch_.clear();
  masker_.flush(scratch_);
  take(scratch_);
  finished_ = true;
  if (tail_.seen() > 0) {
    status_.left_out += tail_.forgotten();
    write(fmt::format("oche: {} left out here\n", in_units(tail_.forgotten())));
    write(tail_.text());
    tail_.clear();
  }
  if (!status_.trouble.empty() && file_.is_open()) {
    // One try more: the disk may have room again, and a log that lacks bytes should say so.
    const auto note = fmt::format("\noche: {} of output could not be written here: {}\n",
                                  in_units(status_.left_out), status_.trouble);
    [[maybe_unused]] const auto written = ::write(file_.get(), note.data(), note.size());
  }
  file_.close();
  return status_;
}

LogStatus LogWriter::status() const {
  const std::lock_guard lock{mutex_};
  return status_;
}

}  // namespace oche::detail
