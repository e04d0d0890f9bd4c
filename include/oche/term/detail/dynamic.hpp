// dynamic.hpp - checks and makes holes.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/detail/result.hpp>

#include <cstdint>
#include <initializer_list>

namespace oche {
namespace detail {

/// Takes over the closure.
[[nodiscard]] AnyTerm make_dynamic(Where where, std::string_view label, const AnyTerm& x,
                                   const Type& type, const Operation& operation, void* closure,
                                   void (*destroy)(void*) noexcept);
void destroy_dynamic(void* payload) noexcept;
void promise_may_run(const AnyTerm& hole, std::span<const std::string_view> names);
void promise_never(const AnyTerm& hole, std::span<const std::string_view> names);
void promise_at_most(const AnyTerm& hole, std::uint32_t steps);

template <class F, class X>
consteval auto dynamic_check() {
  if constexpr (some_untrusted<X>) {
    static_cast<void>(&refuse_untrusted<X>);
    return NoGood{};
  } else if constexpr (ATerm<F> || !ATerm<X>) {
    static_assert(never<F>, "oche::dynamic(label, f, x): the function comes before the term");
    return NoGood{};
  } else if constexpr (BrokenTerm<X>)
    return NoGood{};
  else if constexpr (!std::is_invocable_v<const F&, const value_of<X>&>) {
    if constexpr (std::is_invocable_v<F&, const value_of<X>&>)
      static_assert(never<F>, "oche::dynamic(label, f, x): f must not be mutable");
    else
      static_assert(never<F>, "oche::dynamic(label, f, x): f must take the value of x");
    return NoGood{};
  } else if constexpr (!ATerm<std::invoke_result_t<const F&, const value_of<X>&>>) {
    static_assert(never<F>,
                  "oche::dynamic(label, f, x): f must return a Term; for a plain function use map");
    return NoGood{};
  } else
    return std::type_identity<value_of<std::invoke_result_t<const F&, const value_of<X>&>>>{};
}
template <class F, class X>
using dynamic_value = typename decltype(dynamic_check<F, X>())::type;

}  // namespace detail

/// What `dynamic` returns: a term whose hole can be bounded. The engine holds it to its promises.
///
///     dynamic("release", f, x).may_run({"build", "publish"}).never({"deploy"}).at_most(50)
template <class T>
class [[nodiscard(
    "oche: a term that nobody reads is not part of the pipeline; return it or put it "
    "into all(...)")]] Dynamic : public Term<T> {
 public:
  explicit Dynamic(const Term<T>& hole) noexcept : Term<T>(hole) {}
  /// Nothing but these steps and commands.
  Dynamic may_run(std::initializer_list<std::string_view> names) const {
    detail::promise_may_run(*this, {names.begin(), names.size()});
    return *this;
  }
  /// None of these.
  Dynamic never(std::initializer_list<std::string_view> names) const {
    detail::promise_never(*this, {names.begin(), names.size()});
    return *this;
  }
  /// No more than so many steps and commands.
  Dynamic at_most(std::uint32_t steps) const {
    detail::promise_at_most(*this, steps);
    return *this;
  }
};

template <>
class Dynamic<detail::Broken> : public Term<detail::Broken> {
 public:
  Dynamic may_run(std::initializer_list<std::string_view>) const;
  Dynamic never(std::initializer_list<std::string_view>) const;
  Dynamic at_most(std::uint32_t) const;
};

namespace detail {

template <class F, class V>
struct Hole {
  static void call(const void* f, const void* const* arguments, std::size_t, void* result) {
    ::new (result) AnyTerm((*static_cast<const F*>(f))(value_at<V>(arguments[0])));
  }
  static constexpr Operation operation = {.call = &call, .destroy = &destroy_dynamic};
};

template <class F, class X>
Dynamic<dynamic_value<F, X>> dynamic(Where where, std::string_view label, F f, const X& x) {
  using R = dynamic_value<F, X>;
  if constexpr (std::same_as<R, Broken>)
    return {};
  else {
    auto* const closure = new F(static_cast<F&&>(f));
    return Dynamic<R>(
        typed<R>(make_dynamic(where, label, x, type_of<R>, Hole<F, value_of<X>>::operation, closure,
                              [](void* p) noexcept { delete static_cast<F*>(p); })));
  }
}

}  // namespace detail
}  // namespace oche
