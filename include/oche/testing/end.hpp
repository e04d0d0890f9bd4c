// end.hpp - how a step or command ends where a test says so.
// Layer: testing.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/outcome.hpp>
#include <oche/base/value.hpp>
#include <oche/term/detail/result.hpp>
#include <oche/term/step_options.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <type_traits>

namespace oche::testing {

/// Names, relative to the folder that a command works in, and texts.
using Files = std::map<std::string, std::string>;

/// How one attempt ends. Made by the functions below.
class End {
 public:
  /// So long after it began; without this, as soon as it has.
  [[nodiscard]] End after(Duration duration) const {
    End later = *this;
    later.duration_ = duration;
    return later;
  }
  /// It goes on when it is cancelled or has had its time, as a function that never looks. A command
  /// is killed after the grace time.
  [[nodiscard]] End ignoring_cancel() const {
    End stubborn = *this;
    stubborn.ignores_cancel_ = true;
    return stubborn;
  }

  // ---- for the test engine ----
  enum class How : std::uint8_t { value, usual, failure, exit, function, never };
  explicit End(How how) : how_(how) {}
  [[nodiscard]] static End with(detail::Value value) {
    End end(How::value);
    end.value_ = static_cast<detail::Value&&>(value);
    return end;
  }
  [[nodiscard]] static End with(Failure failure) {
    End end(How::failure);
    end.failure_ = static_cast<Failure&&>(failure);
    return end;
  }
  [[nodiscard]] static End with(int status, Files files) {
    End end(How::exit);
    end.status_ = status;
    end.files_ = static_cast<Files&&>(files);
    return end;
  }
  [[nodiscard]] How how() const { return how_; }
  [[nodiscard]] const detail::Value& value() const { return value_; }
  [[nodiscard]] const Failure& failure() const { return failure_; }
  [[nodiscard]] int status() const { return status_; }
  [[nodiscard]] const Files& files() const { return files_; }
  [[nodiscard]] Duration duration() const { return duration_; }
  [[nodiscard]] bool ignores_cancel() const { return ignores_cancel_; }

 private:
  How how_;
  detail::Value value_ = {};
  Failure failure_ = {};
  int status_ = 0;
  Files files_ = {};
  Duration duration_ = {};
  bool ignores_cancel_ = false;
};

/// A step gives the default of what it gives; a command's program exits with 0 and leaves nothing.
[[nodiscard]] inline End succeeds() { return End(End::How::usual); }

/// It gives this value, which must be of the very type that the step or command gives.
template <class T>
  requires(Record<detail::stored<std::remove_cvref_t<T>>>)
[[nodiscard]] End succeeds(T&& value) {
  using V = detail::stored<std::remove_cvref_t<T>>;
  return End::with(detail::Value::make(V(static_cast<T&&>(value))));
}

/// It ran and said no, or whatever else the class says.
[[nodiscard]] inline End fails(std::string what, FailureClass kind = FailureClass::failed) {
  return End::with(Failure{.what = static_cast<std::string&&>(what), .kind = kind});
}
[[nodiscard]] inline End fails(Failure failure) {
  return End::with(static_cast<Failure&&>(failure));
}

/// What it ran on is gone: it has errored, as after a machine that was switched off.
[[nodiscard]] inline End dies() { return fails("what it ran on died", FailureClass::errored); }

/// A command's program leaves these files and this exit status. What follows is real: its outputs
/// are kept as a tree and its reports are read.
///
///     engine.script("tests", exits(1, {{"junit.xml", junit_with_one_red_test}}));
[[nodiscard]] inline End exits(int status, Files files = {}) {
  return End::with(status, static_cast<Files&&>(files));
}

/// The step's own function is called, on the test's thread.
[[nodiscard]] inline End runs() { return End(End::How::function); }

/// It goes on until `finish` ends it, a timeout, or somebody who cancels it.
[[nodiscard]] inline End hangs() { return End(End::How::never); }

}  // namespace oche::testing
