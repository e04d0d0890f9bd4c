// timetable.hpp - inputs that go by the clock.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/time.hpp>
#include <oche/term/payload.hpp>

#include <memory>
#include <source_location>
#include <string_view>

namespace oche::detail {

/// What is so at which time. No I/O; quick. Threads: any.
class Timetable {
 public:
  virtual ~Timetable() = default;
  [[nodiscard]] virtual Value at(Time now) const = 0;
  /// When that changes next, which is after `now`.
  [[nodiscard]] virtual Time next(Time now) const = 0;
};

/// Its values are those of a timetable, by the clock of whoever wants them: nobody subscribes.
class TimedSource final : public Source {
 public:
  explicit TimedSource(std::unique_ptr<const Timetable> table)
      : table_(static_cast<std::unique_ptr<const Timetable>&&>(table)) {}
  [[nodiscard]] const Timetable& table() const { return *table_; }

  [[nodiscard]] bool is_immediate() const override { return true; }
  /// By the machine's clock.
  [[nodiscard]] Result<Value> read() override;
  [[nodiscard]] std::function<void()> subscribe(std::function<void()> changed) override;

 private:
  std::unique_ptr<const Timetable> table_;
};

/// An input that reads `source`, whose values are of `type`.
[[nodiscard]] AnyTerm make_input(std::source_location where, std::string_view name,
                                 const Type& type, std::shared_ptr<Source> source);

}  // namespace oche::detail
