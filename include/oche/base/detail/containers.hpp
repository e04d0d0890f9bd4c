// containers.hpp - how to walk and fill optionals, lists, sets and tables.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/detail/parts.hpp>

namespace oche::detail {

template <class T>
constexpr Type bare(Shape shape);
template <class T>
constexpr bool can_copy();

template <class E>
struct ValueNames {
  static constexpr std::uint32_t count = static_cast<std::uint32_t>(std::size(value_names<E>));
  struct Table {
    Member names[count + 1] = {};
  };
  static constexpr Table named = [] {
    Table t;
    for (std::uint32_t i = 0; i < count; ++i)
      t.names[i].name = value_names<E>[i];
    return t;
  }();
  static constexpr const Member* table = named.names;
};

template <class T>
void visit_all(const void* self, Type::Visit visit, void* context) {
  if constexpr (PackedBools<T>) {
    // Packed elements have no address; these two have one that outlives the call.
    static constexpr bool no = false;
    static constexpr bool yes = true;
    for (const bool x : *static_cast<const T*>(self))
      visit(context, x ? &yes : &no);
  } else {
    for (const auto& x : *static_cast<const T*>(self))
      visit(context, address_of(x));
  }
}

template <class T>
std::size_t length(const void* self) {
  if constexpr (requires(const T& t) { t.size(); })
    return static_cast<std::size_t>(static_cast<const T*>(self)->size());
  else {  // std::forward_list
    std::size_t n = 0;
    for (auto i = static_cast<const T*>(self)->begin(); i != static_cast<const T*>(self)->end();
         ++i)
      ++n;
    return n;
  }
}

/// Null where elements do not lie side by side.
template <class T>
constexpr auto data_of() -> const void* (*)(const void*) {
  if constexpr (requires(const T& t) {
                  { t.data() } -> std::same_as<const typename T::value_type*>;
                })
    return [](const void* self) -> const void* { return static_cast<const T*>(self)->data(); };
  else
    return nullptr;
}

template <class T>
void clear(void* self) {
  static_cast<T*>(self)->clear();
}

template <class T>
constexpr Type optional() {
  using E = std::remove_cv_t<typename T::value_type>;
  Type t = bare<T>(Shape::optional);
  t.element = &TypeOf<E>::value;
  t.index = [](const void* p) -> std::size_t { return static_cast<const T*>(p)->has_value(); };
  t.each = [](const void* p, Type::Visit visit, void* context) {
    if (const T& o = *static_cast<const T*>(p); o.has_value()) visit(context, address_of(*o));
  };
  t.clear = [](void* p) { static_cast<T*>(p)->reset(); };
  if constexpr (can_copy<E>())
    t.push = [](void* p, const void* x) { static_cast<T*>(p)->emplace(*static_cast<const E*>(x)); };
  if constexpr (std::is_default_constructible_v<E>)
    t.append = [](void* p, std::size_t) { return address_of(static_cast<T*>(p)->emplace()); };
  return t;
}

template <class T>
constexpr Type list() {
  using E = std::remove_cv_t<typename T::value_type>;
  Type t = bare<T>(Shape::list);
  t.element = &TypeOf<E>::value;
  t.index = &length<T>;
  t.each = &visit_all<T>;
  t.data = data_of<T>();
  t.clear = &clear<T>;
  if constexpr (can_copy<E>() && requires(T& c, const E& x) { c.push_back(x); })
    t.push = [](void* p, const void* x) {
      static_cast<T*>(p)->push_back(*static_cast<const E*>(x));
    };
  if constexpr (!PackedBools<T> && std::is_default_constructible_v<E> &&
                requires(T& c) { c.emplace_back(); })
    t.append = [](void* p, std::size_t) { return address_of(static_cast<T*>(p)->emplace_back()); };
  return t;
}

template <class T>
constexpr Type array() {
  Type t = bare<T>(Shape::list);
  t.element = &TypeOf<std::remove_cv_t<typename T::value_type>>::value;
  t.count = static_cast<std::uint32_t>(std::tuple_size<T>::value);
  t.index = &length<T>;
  t.each = &visit_all<T>;
  t.data = data_of<T>();
  t.append = [](void* p, std::size_t which) { return address_of((*static_cast<T*>(p))[which]); };
  return t;
}

template <class T>
constexpr Type set() {
  using E = typename T::key_type;
  Type t = bare<T>(Shape::set);
  t.element = &TypeOf<E>::value;
  t.index = &length<T>;
  t.each = &visit_all<T>;
  t.clear = &clear<T>;
  if constexpr (can_copy<E>())
    t.push = [](void* p, const void* x) { static_cast<T*>(p)->insert(*static_cast<const E*>(x)); };
  return t;
}

template <class T>
struct TableParts {
  using K = typename T::key_type;
  using V = typename T::mapped_type;
  static constexpr Member table[2] = {Member{"", &TypeOf<K>::value}, Member{"", &TypeOf<V>::value}};
};

template <class T>
constexpr Type table() {
  using K = typename T::key_type;
  using V = typename T::mapped_type;
  Type t = bare<T>(Shape::table);
  // A multimap has no operator[]; its keys need not be unique, so it is no JSON object.
  t.is_named = (TextLike<K> || PathLike<K>) && requires(T& map, const K& key) { map[key]; };
  t.count = 2;
  t.members = TableParts<T>::table;
  t.index = &length<T>;
  t.clear = &clear<T>;
  t.each = [](const void* p, Type::Visit visit, void* context) {
    for (const auto& [key, value] : *static_cast<const T*>(p)) {
      const Entry entry{address_of(key), address_of(value)};
      visit(context, &entry);
    }
  };
  if constexpr (can_copy<K>() && can_copy<V>())
    t.push = [](void* p, const void* x) {
      const Entry& entry = *static_cast<const Entry*>(x);
      static_cast<T*>(p)->emplace(*static_cast<const K*>(entry.key),
                                  *static_cast<const V*>(entry.value));
    };
  return t;
}

}  // namespace oche::detail
