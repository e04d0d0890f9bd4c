// list.hpp - checks and records the templates of list_map, list_iter and option_map.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/value.hpp>
#include <oche/term/detail/map.hpp>
#include <oche/term/scope.hpp>

#include <optional>

namespace oche {

/// Which members identify an item; made by `by`.
template <class G>
struct By {
  G get;
};

namespace detail {

/// What a list's node needs beside its inputs; copied into its ListPayload (payload.hpp).
struct ListParts {
  const Type* item = nullptr;
  std::shared_ptr<const void> getter = nullptr;
  Value (*identity)(const void* getter, const void* item) = nullptr;
  std::string (*item_name)(const void* item) = nullptr;
};
[[nodiscard]] AnyTerm make_list(Kind kind, Where where, const AnyTerm& list, const AnyTerm& item,
                                const AnyTerm& body, const Type& type, const Operation& operation,
                                ListParts parts);
void destroy_list(void* payload) noexcept;

// ---- what a list holds -------------------------------------------------------------------------

template <class V>
struct ItemOf {
  using type = void;
};
template <class V>
  requires is_vector<V>
struct ItemOf<V> {
  using type = typename V::value_type;
};
template <OptionalLike V>
struct ItemOf<V> {
  using type = typename V::value_type;
};
template <class L>
using item_of = typename ItemOf<value_of<L>>::type;

template <class T>
constexpr auto item_namer() -> std::string (*)(const void*) {
  if constexpr (requires(const T& x) {
                  { item_name(x) } -> std::convertible_to<std::string>;
                })
    return [](const void* x) -> std::string { return item_name(*static_cast<const T*>(x)); };
  else if constexpr (requires(const T& x) {
                       { x.item_name() } -> std::convertible_to<std::string>;
                     })
    return [](const void* x) -> std::string { return static_cast<const T*>(x)->item_name(); };
  else
    return nullptr;
}

// ---- identity ----------------------------------------------------------------------------------

template <class G, class T>
decltype(auto) get_from(const G& get, const T& item) {
  if constexpr (std::is_member_object_pointer_v<G>)
    return item.*get;
  else if constexpr (std::is_member_function_pointer_v<G>)
    return (item.*get)();
  else
    return get(item);
}
template <class G, class T>
concept GetterOf = requires(const G& get, const T& item) { get_from(get, item); } &&
                   (std::is_member_pointer_v<G> ? std::is_invocable_v<G, const T&>
                                                : std::is_invocable_v<const G&, const T&>);

template <class T, class G>
Value identity_of(const void* getter, const void* item) {
  return Value::make(std::remove_cvref_t<std::invoke_result_t<const G&, const T&>>(
      get_from(*static_cast<const G*>(getter), *static_cast<const T*>(item))));
}

struct NoKey {};  ///< items are identified by their whole value

// ---- checks ------------------------------------------------------------------------------------

template <class L, class F, class G>
consteval auto list_check();
template <class L, class F>
consteval auto option_check();

template <class L, class F, class G = NoKey>
using list_value = typename decltype(list_check<L, F, G>())::type;
template <class L, class F>
using option_value = typename decltype(option_check<L, F>())::type;

template <class T, class G>
consteval bool key_check() {
  if constexpr (std::same_as<G, NoKey>) {
    OCHE_REQUIRE_RECORD(T, "oche::list_map(xs, f): an item");
    return Record<T>;
  } else if constexpr (!std::is_invocable_v<const G&, const T&>) {
    static_assert(never<G>,
                  "oche::list_map(xs, by(key), f): key must be a member of the list's items, such "
                  "as &Branch::name, or a function of one item");
    return false;
  } else {
    using K = std::remove_cvref_t<std::invoke_result_t<const G&, const T&>>;
    OCHE_REQUIRE_RECORD(K, "oche::list_map(xs, by(key), f): the key");
    return Record<K>;
  }
}

template <class L, class F, class G>
consteval auto list_check() {
  if constexpr (!ATerm<L>) {
    static_assert(never<L>,
                  "oche::list_map(xs, f): the list comes first, then the function, and the list "
                  "must be a Term<std::vector<T>>; wrap a known one as constant(list)");
    return NoGood{};
  } else if constexpr (BrokenTerm<L>)
    return NoGood{};
  else if constexpr (!is_vector<value_of<L>>) {
    static_assert(never<L>,
                  "oche::list_map(xs, f): xs must be a Term<std::vector<T>>; for a "
                  "Term<std::optional<T>> use option_map");
    return NoGood{};
  } else if constexpr (ATerm<F>) {
    static_assert(never<L>,
                  "oche::list_map(xs, f): f must be a function of one Term<T>; it runs once, on a "
                  "symbolic item, before the list is known");
    return NoGood{};
  } else {
    using T = item_of<L>;
    if constexpr (!std::is_invocable_v<F&, Term<T>>) {
      static_assert(never<L>,
                    "oche::list_map(xs, f): f must take one Term<T> for a list of T; it runs once, "
                    "on a symbolic item, before the list is known");
      return NoGood{};
    } else if constexpr (!ATerm<std::invoke_result_t<F&, Term<T>>>) {
      static_assert(never<L>,
                    "oche::list_map(xs, f): f must return a Term; for a plain function of each "
                    "value use map on the whole list");
      return NoGood{};
    } else if constexpr (!key_check<T, G>())
      return NoGood{};
    else
      return std::type_identity<value_of<std::invoke_result_t<F&, Term<T>>>>{};
  }
}

template <class L, class F>
consteval auto option_check() {
  if constexpr (!ATerm<L>) {
    static_assert(
        never<L>,
        "oche::option_map(x, f): the optional comes first, then the function, and it must "
        "be a Term<std::optional<T>>; wrap a known one as constant(option)");
    return NoGood{};
  } else if constexpr (BrokenTerm<L>)
    return NoGood{};
  else if constexpr (!OptionalLike<value_of<L>>) {
    static_assert(never<L>,
                  "oche::option_map(x, f): x must be a Term<std::optional<T>>; for a "
                  "Term<std::vector<T>> use list_map");
    return NoGood{};
  } else {
    using T = item_of<L>;
    if constexpr (!std::is_invocable_v<F&, Term<T>>) {
      static_assert(never<L>,
                    "oche::option_map(x, f): f must take one Term<T> for an optional T; it runs "
                    "once, on a symbolic item, before the optional is known");
      return NoGood{};
    } else if constexpr (!ATerm<std::invoke_result_t<F&, Term<T>>>) {
      static_assert(never<L>,
                    "oche::option_map(x, f): f must return a Term; for a plain function of the "
                    "value use map");
      return NoGood{};
    } else {
      OCHE_REQUIRE_RECORD(T, "oche::option_map(x, f): the value");
      return std::conditional_t<
          Record<T>, std::type_identity<value_of<std::invoke_result_t<F&, Term<T>>>>, NoGood>{};
    }
  }
}

// ---- making ------------------------------------------------------------------------------------

template <class R>
struct OptionCall {
  static void call(const void*, const void* const* arguments, std::size_t count, void* result) {
    auto* const option = ::new (result) R;
    if (count != 0) option->emplace(value_at<typename R::value_type>(arguments[0]));
  }
};

template <class T>
void join(std::span<const Run> runs, std::size_t size, void* result) {
  auto* const values = ::new (result) std::vector<T>;
  try {
    values->reserve(size);
    for (const Run& run : runs) {
      const T* const first = static_cast<const T*>(run.first);
      if constexpr (std::is_trivially_copyable_v<T> && std::is_copy_assignable_v<T>)
        values->insert(values->end(), first, first + run.count);
      else
        for (std::size_t i = 0; i < run.count; ++i)
          values->push_back(first[i]);
    }
  } catch (...) {
    destroy_in_place<std::vector<T>>(values);
    throw;
  }
}
/// A `Term<>` may stand for a term of another type, and `bool`s are packed.
template <class T>
inline constexpr Join join_of = std::same_as<T, Unit> || std::same_as<T, bool> ? nullptr : &join<T>;

inline constexpr Operation list_iter_operation = {.destroy = &destroy_list};
template <class R>
inline constexpr Operation list_map_operation = {
    .call = &Collect<R>::call, .destroy = &destroy_list, .join = join_of<R>};
template <class R>
inline constexpr Operation option_map_operation = {.call = &OptionCall<std::optional<R>>::call,
                                                   .destroy = &destroy_list};

/// Runs `f` once, on a symbolic item, and records what it builds.
template <class L, class F, class G>
AnyTerm record(Kind kind, Where where, const L& list, F& f, const G& getter, const Type& type,
               const Operation& operation) {
  using T = item_of<L>;
  const Term<T> item = typed<T>(make(Kind::item, where, {}, {.type = &type_of<T>}));
  const AnyTerm body = [&]() -> AnyTerm {
    const Enter scope(where, ScopeKind::item, item);
    return f(item);
  }();
  ListParts parts = {.item = &type_of<T>, .item_name = item_namer<T>()};
  if constexpr (!std::same_as<G, NoKey>) {
    parts.getter = std::make_shared<G>(getter);
    parts.identity = &identity_of<T, G>;
  }
  return make_list(kind, where, list, item, body, type, operation, static_cast<ListParts&&>(parts));
}

template <class R, class L, class F, class G>
auto list_map(Where where, const L& xs, F& f, const G& getter) {
  if constexpr (std::same_as<R, Broken>)
    return Term<Broken>{};
  else
    return typed<std::vector<R>>(record(Kind::list_map, where, xs, f, getter,
                                        type_of<std::vector<R>>, list_map_operation<R>));
}
template <class R, class L, class F, class G>
auto list_iter(Where where, const L& xs, F& f, const G& getter) {
  if constexpr (std::same_as<R, Broken>)
    return Term<Broken>{};
  else
    return typed<Unit>(
        record(Kind::list_iter, where, xs, f, getter, type_of<Unit>, list_iter_operation));
}
template <class R, class L, class F>
auto option_map(Where where, const L& x, F& f) {
  if constexpr (std::same_as<R, Broken>)
    return Term<Broken>{};
  else
    return typed<std::optional<R>>(record(Kind::option_map, where, x, f, NoKey{},
                                          type_of<std::optional<R>>, option_map_operation<R>));
}

}  // namespace detail
}  // namespace oche
