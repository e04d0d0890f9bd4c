// outcome.hpp - what became of a term: ok, active, failed or skipped.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/error.hpp>
#include <oche/base/time.hpp>
#include <oche/base/type.hpp>

#include <utility>
#include <variant>

namespace oche {

/// What an active term waits for.
enum class Phase : std::uint8_t {
  ready,              ///< could start; waits for a slot or a resource
  running,            ///< a job is at work
  awaiting_approval,  ///< a person is asked; costs no worker
};
template <>
inline constexpr const char* value_names<Phase>[3] = {"ready", "running", "awaiting_approval"};

/// Deliberately not done.
struct Skipped {
  std::string reason;
  friend bool operator==(const Skipped&, const Skipped&) = default;
};

/// A value that is being refreshed, or whose last refresh failed.
template <class T>
struct Stale {
  T value;
  std::string reason;
  Time since = {};
};

/// A value, or why there is none. `Result<>{}` is success.
template <class T = Unit>
class [[nodiscard]] Result {
 public:
  using value_type = T;
  using Data = std::variant<T, Failure>;
  Result()
    requires std::is_default_constructible_v<T>
      : data_(std::in_place_index<0>) {}
  Result(T value) : data_(std::in_place_index<0>, std::move(value)) {}
  Result(Failure failure) : data_(std::in_place_index<1>, std::move(failure)) {}

  [[nodiscard]] bool is_ok() const { return data_.index() == 0; }
  [[nodiscard]] bool is_failed() const { return data_.index() == 1; }
  explicit operator bool() const { return is_ok(); }
  /// Requires: is_ok(). Fails: an Error with the failure.
  [[nodiscard]] const T& value() const& {
    check();
    return *std::get_if<0>(&data_);
  }
  [[nodiscard]] T&& value() && {
    check();
    return std::move(*std::get_if<0>(&data_));
  }
  /// Requires: is_failed().
  [[nodiscard]] const Failure& failure() const { return std::get<1>(data_); }
  [[nodiscard]] const Data& data() const { return data_; }
  friend bool operator==(const Result& a, const Result& b)
    requires std::equality_comparable<T>
  {
    return a.data_ == b.data_;
  }

 private:
  friend struct TypeOf<Result>;
  void check() const {
    if (const Failure* failure = std::get_if<1>(&data_)) throw Error(*failure);
  }
  Data data_;
};

/// What became of a term. `Outcome<>{}` is active(ready): nothing is known yet.
template <class T = Unit>
class [[nodiscard]] Outcome {
 public:
  using value_type = T;
  using Data = std::variant<T, Phase, Failure, Skipped, Stale<T>>;
  Outcome() : data_(std::in_place_index<1>, Phase::ready) {}
  Outcome(T value) : data_(std::in_place_index<0>, std::move(value)) {}
  Outcome(Phase phase) : data_(std::in_place_index<1>, phase) {}
  Outcome(Failure failure) : data_(std::in_place_index<2>, std::move(failure)) {}
  Outcome(Skipped skipped) : data_(std::in_place_index<3>, std::move(skipped)) {}
  Outcome(Stale<T> stale) : data_(std::in_place_index<4>, std::move(stale)) {}

  /// Has a value, stale or not.
  [[nodiscard]] bool is_ok() const { return data_.index() == 0 || data_.index() == 4; }
  [[nodiscard]] bool is_active() const { return data_.index() == 1; }
  [[nodiscard]] bool is_failed() const { return data_.index() == 2; }
  [[nodiscard]] bool is_skipped() const { return data_.index() == 3; }
  [[nodiscard]] bool is_stale() const { return data_.index() == 4; }

  /// Requires: is_ok().
  [[nodiscard]] const T& value() const {
    return is_stale() ? std::get<4>(data_).value : std::get<0>(data_);
  }
  /// Requires: is_active().
  [[nodiscard]] Phase phase() const { return std::get<1>(data_); }
  /// Requires: is_failed().
  [[nodiscard]] const Failure& failure() const { return std::get<2>(data_); }
  /// Why it was skipped, or why its value is stale; empty otherwise.
  [[nodiscard]] std::string_view reason() const {
    if (const Skipped* skipped = std::get_if<3>(&data_)) return skipped->reason;
    if (const Stale<T>* stale = std::get_if<4>(&data_)) return stale->reason;
    return {};
  }
  /// Requires: is_stale().
  [[nodiscard]] Time stale_since() const { return std::get<4>(data_).since; }
  [[nodiscard]] const Data& data() const { return data_; }

 private:
  friend struct TypeOf<Outcome>;
  Data data_;
};

template <>
inline constexpr bool has_table<Skipped> = true;
template <>
struct TypeOf<Skipped> {
  static const Type value;
};

}  // namespace oche

#include <oche/base/detail/outcome_tables.hpp>  // IWYU pragma: export
