// tail_buffer.hpp - remembers the last bytes of a stream.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace oche::detail {

/// The last `capacity` bytes that were added; takes memory only once something is added.
class TailBuffer {
 public:
  explicit TailBuffer(std::size_t capacity) : capacity_(capacity) {}

  void add(std::string_view bytes);
  [[nodiscard]] std::uint64_t seen() const { return seen_; }
  [[nodiscard]] std::uint64_t forgotten() const { return seen_ - ring_.size(); }
  [[nodiscard]] std::string text() const;
  void clear();

 private:
  std::size_t capacity_;
  std::string ring_;
  std::size_t next_ = 0;  // where the oldest byte is once the ring is full
  std::uint64_t seen_ = 0;
};

}  // namespace oche::detail
