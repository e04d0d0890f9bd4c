// inputs.hpp - what Var and watch are made of.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/outcome.hpp>
#include <oche/base/value.hpp>
#include <oche/term/detail/result.hpp>

namespace oche {

/// A function without parameters, as an input hands it out and takes it; cheap to copy.
///
/// Any function or lambda converts to it, and it to std::function<void()>.
class Action {
 public:
  Action() = default;
  template <class F>
    requires(!std::same_as<std::remove_cvref_t<F>, Action> && std::is_invocable_v<std::decay_t<F>&>)
  Action(F&& f)
      : function_(std::make_shared<std::decay_t<F>>(static_cast<F&&>(f))),
        call_([](void* function) { (*static_cast<std::decay_t<F>*>(function))(); }) {}
  void operator()() const {
    if (call_ != nullptr) call_(function_.get());
  }
  explicit operator bool() const { return call_ != nullptr; }

 private:
  std::shared_ptr<void> function_;
  void (*call_)(void*) = nullptr;
};

namespace detail {

/// The value of a Var, shared by its handle and its node.
class Cell;
[[nodiscard]] std::shared_ptr<Cell> make_cell(Value initial);
void set(Cell& cell, Value value);
[[nodiscard]] AnyTerm make_var(Where where, std::string_view name, const Type& type,
                               std::shared_ptr<Cell> cell);

/// A watch, as its node asks it; payload.hpp's Source without <functional>.
class Feed {
 public:
  virtual ~Feed() = default;
  virtual Result<Value> read() = 0;
  virtual Action subscribe(Action changed) = 0;
};
[[nodiscard]] AnyTerm make_watch(Where where, std::string_view name, const Type& type,
                                 std::shared_ptr<Feed> feed);

template <class R>
inline constexpr bool is_result = false;
template <class R>
inline constexpr bool is_result<Result<R>> = true;

template <class T, class Read, class Subscribe>
class WatchFeed final : public Feed {
 public:
  WatchFeed(Read read, Subscribe subscribe)
      : read_(static_cast<Read&&>(read)), subscribe_(static_cast<Subscribe&&>(subscribe)) {}
  Result<Value> read() override {
    auto got = read_();
    if constexpr (is_result<decltype(got)>) {
      if (got.is_failed()) return got.failure();
      return Value::make(T(static_cast<decltype(got)&&>(got).value()));
    } else
      return Value::make(T(static_cast<decltype(got)&&>(got)));
  }
  Action subscribe(Action changed) override { return subscribe_(static_cast<Action&&>(changed)); }

 private:
  Read read_;
  Subscribe subscribe_;
};

template <class R, class T>
concept Gives = std::is_convertible_v<R, T> || std::is_convertible_v<R, Result<T>>;

template <class T, class Read, class Subscribe>
consteval auto watch_check() {
  if constexpr (!std::is_invocable_v<Read&>) {
    static_assert(never<Read>,
                  "oche::watch<T>(name, read, subscribe): read must be a function without "
                  "parameters that gives a T or a Result<T>");
    return NoGood{};
  } else if constexpr (!Gives<std::invoke_result_t<Read&>, T>) {
    static_assert(never<Read>,
                  "oche::watch<T>(name, read, subscribe): read must give a T or a Result<T>");
    return NoGood{};
  } else if constexpr (!std::is_invocable_v<Subscribe&, Action>) {
    static_assert(never<Read>,
                  "oche::watch<T>(name, read, subscribe): subscribe must take the function to call "
                  "when reading again is worth it, as std::function<void()>, and return one that "
                  "unsubscribes");
    return NoGood{};
  } else if constexpr (!std::is_convertible_v<std::invoke_result_t<Subscribe&, Action>, Action>) {
    static_assert(never<Read>,
                  "oche::watch<T>(name, read, subscribe): subscribe must return a function that "
                  "unsubscribes");
    return NoGood{};
  } else {
    OCHE_REQUIRE_RECORD(T, "oche::watch<T>(name, read, subscribe): T");
    return std::conditional_t<Record<T>, std::type_identity<T>, NoGood>{};
  }
}
template <class T, class Read, class Subscribe>
using watch_value = typename decltype(watch_check<T, Read, Subscribe>())::type;

template <class T, class Read, class Subscribe>
Term<watch_value<T, Read, Subscribe>> watch(Where where, std::string_view name, Read read,
                                            Subscribe subscribe) {
  if constexpr (std::same_as<watch_value<T, Read, Subscribe>, Broken>)
    return {};
  else
    return typed<T>(
        make_watch(where, name, type_of<T>,
                   std::make_shared<WatchFeed<T, Read, Subscribe>>(
                       static_cast<Read&&>(read), static_cast<Subscribe&&>(subscribe))));
}

// ---- known outcomes ----------------------------------------------------------------------------

[[nodiscard]] AnyTerm make_constant(Where where, std::string_view label, Value value);
[[nodiscard]] AnyTerm make_failed(Where where, const Type& type, Failure failure);
[[nodiscard]] AnyTerm make_pending(Where where, const Type& type, Phase phase);

template <class T>
consteval auto constant_check() {
  if constexpr (ATerm<T>) {
    static_assert(never<T>, "oche::constant(v): v is a Term already; use it as it is");
    return NoGood{};
  } else if constexpr (std::same_as<T, std::nullptr_t>) {
    static_assert(never<T>, "oche::constant(v): nullptr is no value; write std::optional");
    return NoGood{};
  } else
    return std::type_identity<stored<T>>{};
}
template <class T>
using constant_value = typename decltype(constant_check<T>())::type;

}  // namespace detail
}  // namespace oche
