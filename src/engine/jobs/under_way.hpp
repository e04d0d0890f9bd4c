// under_way.hpp - what an evaluation waits for before it has settled.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <utility>

namespace oche::detail {

/// Counts for as long as it lives; may outlive whoever counts. Threads: the engine's.
class UnderWay {
 public:
  UnderWay() = default;
  explicit UnderWay(std::shared_ptr<unsigned> count) : count_(std::move(count)) { ++*count_; }
  UnderWay(const UnderWay& other) : count_(other.count_) {
    if (count_) ++*count_;
  }
  UnderWay(UnderWay&& other) noexcept : count_(std::exchange(other.count_, nullptr)) {}
  UnderWay& operator=(UnderWay other) noexcept {
    std::swap(count_, other.count_);
    return *this;
  }
  ~UnderWay() {
    if (count_) --*count_;
  }

 private:
  std::shared_ptr<unsigned> count_;
};

}  // namespace oche::detail
