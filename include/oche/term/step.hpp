// step.hpp - turns a captureless function into a step: named, keyed, run on a worker thread.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/format.hpp>
#include <oche/term/detail/part.hpp>
#include <oche/term/detail/step.hpp>
#include <oche/term/step_options.hpp>
#include <oche/term/term.hpp>

namespace oche {

/// A text that is known when compiling, and therefore lives for ever.
class Name {
 public:
  template <std::size_t N>
  consteval Name(const char (&text)[N]) : text_(text, N - 1) {}
  constexpr operator std::string_view() const { return text_; }

 private:
  std::string_view text_;
};

/// A step: called with a Term or a plain value for each parameter of its function after `Job&`, it
/// makes one node. Made by `step`; a literal type, so that it may be a constant of a header.
template <class R, class... P>
class [[nodiscard]] Step<R(P...)> {
 public:
  constexpr Step(Name name, const detail::StepKind& kind, const StepOptions& options)
      : kind_(&kind), name_(name), options_(options), is_plain_(options == StepOptions{}) {}

  Term<R> operator()(Input<P>... arguments, Where where = Where::current()) const {
    AnyTerm inputs[sizeof...(P) + 1] = {static_cast<Input<P>&&>(arguments).take(where)...,
                                        AnyTerm(nullptr)};
    return detail::typed<R>(detail::make_step(where, *kind_, name_, is_plain_ ? nullptr : &options_,
                                              {inputs, sizeof...(P)}));
  }
  /// The shape of a pipeline, see `shape_of`.
  template <class... A>
    requires(detail::shape::SomePart<A...> && sizeof...(A) == sizeof...(P))
  constexpr detail::shape::Part operator()(const A&... arguments) const {
    return detail::shape::call_step(name_, options_.label, arguments...);
  }
  template <class... A>
    requires(!detail::is_complete<sizeof...(P), A...>)
  Term<detail::Broken> operator()(const A&...) const {
    static_assert(detail::never<A...>,
                  "oche::step: too few or too many arguments for this step; give a Term or a value "
                  "for each parameter of its function after Job&");
    return {};
  }

  [[nodiscard]] constexpr std::string_view name() const { return name_; }
  [[nodiscard]] constexpr const StepOptions& options() const { return options_; }

 private:
  const detail::StepKind* kind_;
  std::string_view name_;
  StepOptions options_;
  bool is_plain_;
};

/// Makes a step of `f`, which takes `Job&` and then records, and gives a record, a Result of one,
/// or nothing; if it throws, the step has errored.
///
///     const auto describe = step("describe", [](Job& job, const Wheel& wheel) -> std::string {
///       job.log("reading {}", wheel.package);
///       return wheel.package;
///     });
///     auto text = describe(wheel);         // a Term<Wheel>, or a Wheel
///
/// The key is the name, the version and the arguments. The body is not: raise `version` with it.
template <class F>
[[nodiscard]] constexpr auto step(Name name, [[maybe_unused]] F f,
                                  const StepOptions& options = {}) {
  using S = detail::step_of<F>;
  if constexpr (std::same_as<S, detail::Broken>)
    return detail::BrokenStep{};
  else
    return typename S::type(name, S::kind, options);
}

/// The same for a plain function: `step<compress>("compress")`.
template <auto Function>
[[nodiscard]] constexpr auto step(Name name, const StepOptions& options = {}) {
  return step(name, detail::Named<Function, decltype(Function)>{}, options);
}

/// A name that is not known when compiling.
template <class N, class F>
  requires(!std::is_array_v<N> && !std::same_as<N, Name>)
[[nodiscard]] constexpr detail::BrokenStep step(const N&, const F&, const StepOptions& = {}) {
  static_assert(
      detail::never<N>,
      "oche::step(name, f): the name comes first and must be a string literal, since it is "
      "part of every key; what varies is an argument, or a label");
  return {};
}
/// A name alone.
template <class N>
[[nodiscard]] constexpr detail::BrokenStep step(const N&) {
  static_assert(detail::never<N>,
                "oche::step(name, f): a step needs a name and a function; write step(\"name\", "
                "[](Job& job, ...) { ... })");
  return {};
}

}  // namespace oche

namespace oche::detail {
/// One for each type of term, though fmt asks for several kinds of context.
template <class T>
struct Unprintable {
  static constexpr void refuse() {
    static_assert(
        never<T>,
        "oche::Term: a term has no value while the pipeline is being written, so it cannot "
        "be printed; print inside a step, or draw the pipeline");
  }
};
}  // namespace oche::detail

/// A term has no text, since it has no value yet.
template <class T>
struct fmt::formatter<oche::Term<T>, char> {
  template <class Context>
  constexpr auto parse(Context& context) {
    oche::detail::Unprintable<std::conditional_t<sizeof(Context) != 0, T, void>>::refuse();
    return context.begin();
  }
  template <class Context>
  auto format(const oche::Term<T>&, Context& context) const {
    return context.out();
  }
};
