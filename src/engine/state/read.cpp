// read.cpp - what a state folder remembers.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "engine/state/opened.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

namespace oche {

namespace {

State shown(detail::AttemptState state) {
  switch (state) {
    case detail::AttemptState::running:
      return State::running;
    case detail::AttemptState::ok:
      return State::ok;
    case detail::AttemptState::failed:
      return State::failed;
    case detail::AttemptState::errored:
      return State::errored;
    case detail::AttemptState::timed_out:
      return State::timed_out;
    case detail::AttemptState::cancelled:
    case detail::AttemptState::lost:
      return State::cancelled;
  }
  return State::errored;
}

AttemptInfo info_of(const detail::Attempt& attempt, const std::string& folder) {
  return {.path = attempt.path,
          .state = shown(attempt.state),
          .is_lost = attempt.state == detail::AttemptState::lost,
          .started = attempt.started,
          .duration = attempt.duration,
          .log = (std::filesystem::path(folder) / attempt.log).string(),
          .isolation = attempt.isolation,
          .text = attempt.text};
}

Result<std::vector<AttemptInfo>> infos_of(const Result<std::vector<detail::Attempt>>& attempts,
                                          const std::string& folder) {
  if (!attempts) return attempts.failure();
  std::vector<AttemptInfo> infos;
  for (const detail::Attempt& attempt : attempts.value())
    infos.push_back(info_of(attempt, folder));
  return infos;
}

}  // namespace

namespace detail {

Result<Attempt> newest_attempt(StoreReader& reader, std::string_view path) {
  const auto found = reader.attempts_of(path, 1);
  if (!found) return found.failure();
  const std::int64_t own = found.value().empty() ? 0 : found.value().front().id;
  // Another path may have asked first for the same: then the history says which attempt it was.
  const auto history = reader.history(path, 1);
  if (!history) return history.failure();
  if (!history.value().empty() && history.value().front().attempt > own) {
    const auto others = reader.attempt(history.value().front().attempt);
    if (!others) return others.failure();
    if (others.value()) return *others.value();
  }
  if (own != 0) return found.value().front();
  Failure failure{.what = fmt::format("nothing has run at \"{}\"", path),
                  .kind = FailureClass::errored,
                  .hint = "`graph` shows every path, `jobs` what has run"};
  if (const auto known = reader.paths()) {
    if (std::string near = did_you_mean(path, known.value()); !near.empty()) failure.hint = near;
  }
  return failure;
}

}  // namespace detail

StateFolder::StateFolder(std::unique_ptr<Opened> opened) : opened_(std::move(opened)) {}
StateFolder::StateFolder(StateFolder&&) noexcept = default;
StateFolder& StateFolder::operator=(StateFolder&&) noexcept = default;
StateFolder::~StateFolder() = default;

Result<StateFolder> StateFolder::open(const std::string& folder) {
  auto reader = detail::StoreReader::open(folder);
  if (!reader) return reader.failure();
  return StateFolder(std::make_unique<Opened>(Opened{folder, std::move(reader).value()}));
}

Result<std::vector<AttemptInfo>> StateFolder::running() const {
  return infos_of(opened_->reader->running_attempts(), opened_->folder);
}

Result<std::vector<AttemptInfo>> StateFolder::recent(std::size_t limit) const {
  return infos_of(opened_->reader->recent_attempts(limit), opened_->folder);
}

Result<AttemptInfo> StateFolder::newest(std::string_view path) const {
  const auto attempt = detail::newest_attempt(*opened_->reader, path);
  if (!attempt) return attempt.failure();
  return info_of(attempt.value(), opened_->folder);
}

std::map<std::string, Duration> StateFolder::usual_durations() const {
  std::map<std::string, Duration> usual;
  if (const auto durations = opened_->reader->durations()) {
    for (const detail::PathDuration& one : durations.value())
      usual.emplace_hint(usual.end(), one.path, one.mean);  // by path, as they come
  }
  return usual;
}

Duration StateFolder::usual_start_up() const {
  const auto start_up = opened_->reader->start_up();
  return start_up && start_up.value() ? start_up.value()->mean : Duration{};
}

Result<> StateFolder::copy_outputs(std::string_view path, const std::string& to) const {
  const auto attempt = detail::newest_attempt(*opened_->reader, path);
  if (!attempt) return attempt.failure();
  const auto result = opened_->reader->find(attempt.value().key);
  if (!result) return result.failure();
  const bool has_files = result.value() && !result.value()->trees.empty();
  if (!has_files) {
    return Failure{.what = fmt::format("{} has made no files that are kept", path),
                   .kind = FailureClass::errored,
                   .hint = "build keeps what its command's `outputs` name"};
  }
  const detail::Trees trees((std::filesystem::path(opened_->folder) / "objects.git").string());
  for (const std::string& tree : result.value()->trees) {
    if (const Result<> copied = trees.checkout({tree}, to); !copied) return copied.failure();
  }
  return {};
}

}  // namespace oche
