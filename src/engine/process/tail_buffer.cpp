// tail_buffer.cpp - remembers the last bytes of a stream.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/process/tail_buffer.hpp"

#include <algorithm>

namespace oche::detail {

void TailBuffer::add(std::string_view bytes) {
  seen_ += bytes.size();
  if (bytes.size() > capacity_) bytes.remove_prefix(bytes.size() - capacity_);
  const auto growth = std::min(bytes.size(), capacity_ - ring_.size());
  ring_.append(bytes.substr(0, growth));
  bytes.remove_prefix(growth);
  while (!bytes.empty()) {
    const auto piece = std::min(bytes.size(), capacity_ - next_);
    bytes.copy(ring_.data() + next_, piece);
    next_ = (next_ + piece) % capacity_;
    bytes.remove_prefix(piece);
  }
}

std::string TailBuffer::text() const { return ring_.substr(next_) + ring_.substr(0, next_); }

void TailBuffer::clear() {
  ring_.clear();
  ring_.shrink_to_fit();
  next_ = 0;
  seen_ = 0;
}

}  // namespace oche::detail
