// inputs.cpp - Var and watch as sources of values.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#include <oche/term/detail/inputs.hpp>

#include <oche/base/clock.hpp>
#include <oche/term/payload.hpp>
#include <oche/term/timetable.hpp>

#include <algorithm>
#include <mutex>
#include <utility>

namespace oche::detail {

class Cell : public std::enable_shared_from_this<Cell> {
 public:
  explicit Cell(Value initial) : value_(std::move(initial)) {}

  Value get() const {
    const std::lock_guard lock(mutex_);
    return value_;
  }

  void set(Value value) {
    std::vector<std::shared_ptr<const std::function<void()>>> readers;
    {
      const std::lock_guard lock(mutex_);
      if (equal(value_, value)) return;
      value_ = std::move(value);
      for (const auto& queue : queues_)
        queue->push_back(value_);
      readers = readers_;
    }
    // Outside the lock, since a reader may take locks of its own, or unsubscribe.
    for (const auto& reader : readers)
      (*reader)();
  }

  /// Values that one follower has not taken yet.
  using Queue = std::vector<Value>;

  /// From now on every value is put into what is returned, the present one first.
  std::shared_ptr<Queue> open_queue() {
    const std::lock_guard lock(mutex_);
    return queues_.emplace_back(std::make_shared<Queue>(1, value_));
  }
  Queue take(Queue& queue) {
    const std::lock_guard lock(mutex_);
    return std::exchange(queue, {});
  }
  void close(const std::shared_ptr<Queue>& queue) {
    const std::lock_guard lock(mutex_);
    std::erase(queues_, queue);
  }

  std::function<void()> subscribe(std::function<void()> changed) {
    auto reader = std::make_shared<const std::function<void()>>(std::move(changed));
    const std::lock_guard lock(mutex_);
    readers_.push_back(reader);
    return [cell = weak_from_this(), gone = std::weak_ptr(reader)] {
      if (const auto self = cell.lock()) self->unsubscribe(gone.lock());
    };
  }

 private:
  void unsubscribe(const std::shared_ptr<const std::function<void()>>& reader) {
    const std::lock_guard lock(mutex_);
    std::erase(readers_, reader);
  }

  mutable std::mutex mutex_;
  Value value_;
  std::vector<std::shared_ptr<Queue>> queues_;
  std::vector<std::shared_ptr<const std::function<void()>>> readers_;
};

std::shared_ptr<Cell> make_cell(Value initial) {
  return std::make_shared<Cell>(std::move(initial));
}

void set(Cell& cell, Value value) { cell.set(std::move(value)); }

namespace {

class CellValues final : public Source::Values {
 public:
  CellValues(std::shared_ptr<Cell> cell, std::function<void()> changed)
      : cell_(std::move(cell)),
        unsubscribe_(cell_->subscribe(std::move(changed))),
        queue_(cell_->open_queue()) {}
  ~CellValues() override {
    cell_->close(queue_);
    unsubscribe_();
  }
  CellValues(const CellValues&) = delete;
  CellValues& operator=(const CellValues&) = delete;
  std::vector<Value> take() override { return cell_->take(*queue_); }

 private:
  std::shared_ptr<Cell> cell_;
  std::function<void()> unsubscribe_;
  std::shared_ptr<Cell::Queue> queue_;
};

class CellSource final : public Source {
 public:
  explicit CellSource(std::shared_ptr<Cell> cell) : cell_(std::move(cell)) {}
  bool is_immediate() const override { return true; }
  Result<Value> read() override { return cell_->get(); }
  std::function<void()> subscribe(std::function<void()> changed) override {
    return cell_->subscribe(std::move(changed));
  }
  std::unique_ptr<Values> follow(const std::function<void()>& changed) override {
    return std::make_unique<CellValues>(cell_, changed);
  }

 private:
  std::shared_ptr<Cell> cell_;
};

class FeedSource final : public Source {
 public:
  explicit FeedSource(std::shared_ptr<Feed> feed) : feed_(std::move(feed)) {}
  bool is_immediate() const override { return false; }
  Result<Value> read() override { return feed_->read(); }
  std::function<void()> subscribe(std::function<void()> changed) override {
    return feed_->subscribe(std::move(changed));
  }

 private:
  std::shared_ptr<Feed> feed_;
};

}  // namespace

Result<Value> TimedSource::read() { return table_->at(system_clock()->now()); }

std::function<void()> TimedSource::subscribe(std::function<void()> /*changed*/) { return nullptr; }

AnyTerm make_input(std::source_location where, std::string_view name, const Type& type,
                   std::shared_ptr<Source> source) {
  static constexpr Operation operation = {.destroy = &destroy_in_place<InputPayload>};
  InputPayload payload{std::move(source)};
  return make(Kind::input, where, {}, with(payload, type, operation, name));
}

AnyTerm make_var(Where where, std::string_view name, const Type& type, std::shared_ptr<Cell> cell) {
  return make_input(where, name, type, std::make_shared<CellSource>(std::move(cell)));
}

AnyTerm make_watch(Where where, std::string_view name, const Type& type,
                   std::shared_ptr<Feed> feed) {
  return make_input(where, name, type, std::make_shared<FeedSource>(std::move(feed)));
}

}  // namespace oche::detail
