// event_log.cpp - the events of one engine, for any number of readers.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/event_log.hpp"

#include <utility>

namespace oche {
namespace detail {

void EventLog::add(Event event) {
  {
    const std::lock_guard lock(mutex_);
    event.sequence = first_ + events_.size();
    events_.push_back(std::move(event));
    if (events_.size() > room_) {
      events_.pop_front();
      ++first_;
    }
  }
  changed_.notify_all();
}

void EventLog::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
}

std::uint64_t EventLog::next_sequence() const {
  const std::lock_guard lock(mutex_);
  return first_ + events_.size();
}

std::optional<Event> EventLog::read_locked(std::uint64_t& position) const {
  if (position < first_) {
    Event gap;
    gap.sequence = first_;
    gap.what = Event::What::gap;
    position = first_;
    return gap;
  }
  if (position >= first_ + events_.size()) return std::nullopt;
  return events_[static_cast<std::size_t>(position++ - first_)];
}

std::optional<Event> EventLog::read(std::uint64_t& position) const {
  const std::lock_guard lock(mutex_);
  return read_locked(position);
}

std::optional<Event> EventLog::wait(std::uint64_t& position) const {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return closed_ || position < first_ + events_.size(); });
  return read_locked(position);
}

}  // namespace detail

std::string_view name_of(Event::What what) {
  switch (what) {
    case Event::What::started:
      return "started";
    case Event::What::finished:
      return "finished";
    case Event::What::reused:
      return "reused";
    case Event::What::waiting:
      return "waiting";
    case Event::What::changed:
      return "changed";
    case Event::What::warning:
      return "warning";
    case Event::What::settled:
      return "settled";
    case Event::What::gap:
      return "gap";
  }
  return "unknown";
}

EventReader::EventReader(std::shared_ptr<detail::EventLog> log)
    : log_(std::move(log)), position_(log_->next_sequence()) {}
EventReader::~EventReader() = default;
EventReader::EventReader(EventReader&&) noexcept = default;
EventReader& EventReader::operator=(EventReader&&) noexcept = default;
std::optional<Event> EventReader::next() { return log_->read(position_); }
std::optional<Event> EventReader::wait() { return log_->wait(position_); }

}  // namespace oche
