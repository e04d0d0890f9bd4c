// term.hpp - the language: what a pipeline is written with, in teaching order.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/detail/all.hpp>
#include <oche/term/detail/dynamic.hpp>
#include <oche/term/detail/inputs.hpp>
#include <oche/term/detail/list.hpp>
#include <oche/term/detail/map.hpp>
#include <oche/term/detail/scopes.hpp>
#include <oche/term/detail/state.hpp>

#include <optional>

// A pipeline is a Term: a description of what will be known, and what for. Nothing runs while it is
// being written. Every function here makes one node of the diagram, and remembers the line of the
// program that called it (the last parameter, which nobody needs to give).
//
// Outcomes are ok, active, failed or skipped; docs/semantics.md says who wins where several meet.
// Terms are lazy: what nobody asks for is not done.

namespace oche {

// ---- 1. What is known --------------------------------------------------------------------------

/// A value that is known now.
///
///     auto mirror = constant("https://mirror.example", "mirror");   // a Term<std::string>
///
/// Diagram: a plain box with the label, else the value.
template <class T>
Term<detail::constant_value<T>> constant(T value, std::string_view label = {},
                                         Where where = Where::current()) {
  using R = detail::constant_value<T>;
  if constexpr (std::same_as<R, detail::Broken>)
    return {};
  else
    return detail::typed<R>(
        detail::make_constant(where, label, detail::Value::make(R(static_cast<T&&>(value)))));
}

/// A failure that is known now; its line is this one unless the failure names another.
template <class T = Unit>
Term<T> failed(Failure failure, Where where = Where::current()) {
  return detail::typed<T>(detail::make_failed(where, type_of<T>, static_cast<Failure&&>(failure)));
}

/// Active for ever: for tests and drawings.
template <class T = Unit>
Term<T> pending(Phase phase = Phase::running, Where where = Where::current()) {
  return detail::typed<T>(detail::make_pending(where, type_of<T>, phase));
}

// ---- 2. What comes from outside ----------------------------------------------------------------

/// An input that the host program changes.
///
///     Var<int> replicas{"replicas", 3};
///     auto deployed = deploy(image, replicas.term());
///     replicas.set(5);      // what follows from it is done again; an equal value changes nothing
///
/// Threads: `set` may be called from any.
template <class T>
class Var {
  OCHE_REQUIRE_RECORD(T, "oche::Var<T>: T");

 public:
  Var(std::string_view name, T initial, Where where = Where::current())
      : cell_(detail::make_cell(detail::Value::make(static_cast<T&&>(initial)))),
        term_(detail::typed<T>(detail::make_var(where, name, type_of<T>, cell_))) {}
  [[nodiscard]] Term<T> term() const { return term_; }
  void set(T value) { detail::set(*cell_, detail::Value::make(static_cast<T&&>(value))); }

 private:
  std::shared_ptr<detail::Cell> cell_;
  Term<T> term_;
};
Var(std::string_view, const char*) -> Var<std::string>;

/// An input from outside: `read` gives it (or a Result of it, or throws), and `subscribe` is handed
/// the function to call when reading again is worth it, and returns one that unsubscribes.
///
/// After a failed read the last good value stays, and is stale.
/// Threads: `read` runs on a worker, one call at a time; the function handed out may be called from
/// any thread.
template <class T, class Read, class Subscribe>
Term<detail::watch_value<T, Read, Subscribe>> watch(std::string_view name, Read read,
                                                    Subscribe subscribe,
                                                    Where where = Where::current()) {
  return detail::watch<T>(where, name, static_cast<Read&&>(read),
                          static_cast<Subscribe&&>(subscribe));
}

// ---- 3. Values ---------------------------------------------------------------------------------

/// A pure function of the values of one to eight terms; if it throws, this node has failed.
///
///     auto tag = map([](const Commit& c) { return c.id.substr(0, 8); }, commit);
///
/// Must be quick: it runs on the engine's thread. What takes time or touches the world is a step.
/// The forms for three to eight terms are at the end of this page.
template <class F, class A>
  requires detail::some_term<F, A>
Term<detail::map_value<F, A>> map(F f, const A& a, Where where = Where::current()) {
  return detail::map(where, f, a);
}
template <class F, class A, class B>
  requires detail::some_term<F, A, B>
Term<detail::map_value<F, A, B>> map(F f, const A& a, const B& b, Where where = Where::current()) {
  return detail::map(where, f, a, b);
}

/// `x`, with its failure rewritten by `f` if it has failed; the failure is then this node's own.
template <class F, class X>
  requires detail::some_term<F, X>
Term<detail::map_error_value<F, X>> map_error(F f, const X& x, Where where = Where::current()) {
  using R = detail::map_error_value<F, X>;
  if constexpr (std::same_as<R, detail::Broken>)
    return {};
  else {
    const AnyTerm inputs[] = {x};
    return detail::typed<R>(
        detail::make(Kind::map_error, where, inputs,
                     detail::with(f, type_of<R>, detail::MapError<F>::operation)));
  }
}

/// The values of two to eight terms, as a tuple.
template <class A, class B>
  requires detail::some_term<A, B>
Term<detail::zip_value<A, B>> zip(const A& a, const B& b, Where where = Where::current()) {
  return detail::zip(where, a, b);
}

/// The values of any number of terms of one type, in order.
template <detail::RangeOfTerms R>
auto collect(const R& terms, Where where = Where::current()) {
  return detail::collect(where, terms);
}
template <class T>
Term<std::vector<T>> collect(std::initializer_list<Term<T>> terms, Where where = Where::current()) {
  return detail::collect(where, terms);
}

// ---- 4. Success --------------------------------------------------------------------------------

/// Success of every one, whatever they hold; a skipped one counts as success.
///
///     return all(lint, tests);
///     return all({{"lint", lint}, {"tests", tests}});          // named in the diagram and in
///     errors return all(terms);                                       // a range of terms, or of
///     pairs
///
/// Every failure is reported, equal ones once: `debian, alpine failed: no space left`.
template <std::derived_from<AnyTerm>... X>
Term<> all(detail::FirstTerm first, const X&... others) {
  const AnyTerm terms[] = {first.term, others...};
  return detail::make_all(first.where, terms);
}
Term<> all(std::initializer_list<Labelled> terms, Where where = Where::current());
template <detail::RangeOfAny R>
Term<> all(const R& terms, Where where = Where::current()) {
  return detail::all_of(where, terms);
}
/// Of none: success.
Term<> all(Where where = Where::current());

/// The controls of a gate: what must have succeeded.
template <class... C>
[[nodiscard]] On on(const C&... controls) {
  static_assert(sizeof...(C) > 0,
                "oche::on(): a gate without a control lets everything through; name what must "
                "succeed first");
  static_assert((std::derived_from<C, AnyTerm> && ...),
                "oche::on(a, b, ...): every control must be a Term");
  std::vector<AnyTerm> list;
  if constexpr ((std::derived_from<C, AnyTerm> && ...)) (list.emplace_back(controls), ...);
  return On(static_cast<std::vector<AnyTerm>&&>(list));
}

/// Passes `x` through once every control has succeeded; until then the outcome is the controls'.
///
/// Nothing upstream waits: only what reads the result is held back.
///
///     auto image = build(source, recipe);
///     push(gate(image, on(test(image, suite))), "app:latest");
///
/// Diagram: a circle; `x` arrives solid, controls dashed.
template <ATerm X>
Gated<value_of<X>> gate(const X& x, const On& controls, Where where = Where::current()) {
  using T = value_of<X>;
  if constexpr (detail::BrokenTerm<X>)
    return x;
  else
    return Gated<T>(detail::Key{}, detail::make_gate(where, x, controls, type_of<T>));
}

/// `x` while the condition holds; otherwise skipped for that reason, and so is what follows from
/// it.
///
/// While the condition is false nobody asks for `x`, so it is not done: `only_if(is_main, push(i))`
/// pushes on main only.
template <class C, class X>
  requires detail::some_term<C, X>
detail::only_if_term<C, X> only_if(const C& condition, const X& x, std::string_view reason,
                                   Where where = Where::current()) {
  return detail::pass<detail::only_if_term<C, X>>(Kind::only_if, where, reason, condition, x);
}

// ---- 5. Lists that are not known yet -----------------------------------------------------------

/// What `f` builds for each item, as one list in the same order.
///
/// `f` runs exactly once, now, on a symbolic item: the diagram is complete before the list is
/// known, and nothing that `f` captured by reference can dangle. Items keep their identity by
/// value.
///
///     auto tested = list_map(platforms, [&](Term<Platform> p) { return test(compile(source, p));
///     });
template <class L, class F>
  requires detail::some_term<L, F>
auto list_map(const L& xs, F f, Where where = Where::current()) {
  return detail::list_map<detail::list_value<L, F>>(where, xs, f, detail::NoKey{});
}
/// Which member identifies an item: a changed item then keeps its place, its state and its history.
///
///     list_map(branches, by(&Branch::name), [](Term<Branch> b) { return check(b); })
template <class G>
[[nodiscard]] By<G> by(G key) {
  static_assert(!ATerm<G>, "oche::by(key): key is a member of the items, such as &Branch::name");
  return {key};
}
template <class L, class G, class F>
  requires detail::some_term<L, F>
auto list_map(const L& xs, By<G> key, F f, Where where = Where::current()) {
  return detail::list_map<detail::list_value<L, F, G>>(where, xs, f, key.get);
}

/// The same for success only: as `all`, an empty list is ok, and no list of results is made.
template <class L, class F>
  requires detail::some_term<L, F>
auto list_iter(const L& xs, F f, Where where = Where::current()) {
  return detail::list_iter<detail::list_value<L, F>>(where, xs, f, detail::NoKey{});
}
template <class L, class G, class F>
  requires detail::some_term<L, F>
auto list_iter(const L& xs, By<G> key, F f, Where where = Where::current()) {
  return detail::list_iter<detail::list_value<L, F, G>>(where, xs, f, key.get);
}

/// What `f` builds for the value, if there is one; likewise recorded once, on a symbolic value.
template <class L, class F>
  requires detail::some_term<L, F>
auto option_map(const L& x, F f, Where where = Where::current()) {
  return detail::option_map<detail::option_value<L, F>>(where, x, f);
}

// ---- 6. Failures and other states --------------------------------------------------------------

/// A failure as a value; active and skipped pass through.
template <ATerm X>
detail::wrapped<Result, X> attempt(const X& x, Where where = Where::current()) {
  return detail::look_at<Result, detail::AttemptCall>(Kind::attempt, where, x);
}

/// Whatever `x` is, as a value; always ok.
template <ATerm X>
detail::wrapped<Outcome, X> state_of(const X& x, Where where = Where::current()) {
  return detail::look_at<Outcome, detail::StateOf>(Kind::state_of, where, x);
}

/// `y` if `x` has failed, else `x`; nobody asks for `y` before that.
template <class X, class Y>
  requires detail::some_term<X, Y>
Term<detail::or_else_value<X, Y>> or_else(const X& x, const Y& y, Where where = Where::current()) {
  return detail::pass<Term<detail::or_else_value<X, Y>>>(Kind::or_else, where, {}, x, y);
}

/// Success once `x` has finished, however; its failure is shown amber and reported as a warning.
Term<> advisory(const AnyTerm& x, Where where = Where::current());

// ---- 7. People, and memory ---------------------------------------------------------------------

/// `x`, once a person has agreed to `what`; a new value asks anew. Waiting costs no worker.
template <class X>
  requires(!detail::has_own_rules<X>)
detail::approve_term<X> approve(std::string_view what, const X& x, Where where = Where::current()) {
  return detail::pass<detail::approve_term<X>>(Kind::approve, where, what, x);
}

/// State over the successive values of `x`: `f(state, value)` is the next state.
///
/// Stored under its path, so that it survives a restart. Every value that a `Var` is given is seen,
/// in order, however fast they come.
///
///     auto count = fold("commits", 0, [](int n, const Commit&) { return n + 1; }, commit);
template <class S, class F, class X>
Term<detail::fold_value<S, F, X>> fold(std::string_view name, S initial, F f, const X& x,
                                       Where where = Where::current()) {
  return detail::fold(where, name, static_cast<S&&>(initial), static_cast<F&&>(f), x);
}

// ---- 8. The drawing ----------------------------------------------------------------------------

/// What `f` returns; what it builds is one group in the diagram, which can be folded, and its name
/// begins their paths. No effect on outcomes.
template <class F>
detail::section_result<F> section(std::string name, F f, Where where = Where::current()) {
  return detail::section(where, static_cast<std::string&&>(name), f);
}

/// What `f` returns; what it builds is drawn after `c`. No effect on outcomes.
template <class C, class F>
detail::context_result<C, F> with_context(const C& c, F f, Where where = Where::current()) {
  return detail::with_context(where, c, f);
}

// ---- 9. The escape hatch -----------------------------------------------------------------------

/// What `f` builds from the value of `x`, once there is one: a hole in every analysis until then.
///
/// Prefer `map`, `list_map` and `option_map`: the plan stays complete. Say what the hole may do:
///
///     dynamic("release", plan_release, version).may_run({"publish"}).never({"deploy"}).at_most(9)
template <class F, class X>
Dynamic<detail::dynamic_value<F, X>> dynamic(std::string_view label, F f, const X& x,
                                             Where where = Where::current()) {
  return detail::dynamic(where, label, static_cast<F&&>(f), x);
}

}  // namespace oche

#include <oche/term/detail/many.hpp>      // IWYU pragma: export
#include <oche/term/detail/mistakes.hpp>  // IWYU pragma: export
