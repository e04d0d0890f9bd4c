// many.hpp - map of three to eight terms, and zip of three to eight.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/detail/map.hpp>

// Written out, since no defaulted location can follow a parameter pack.
namespace oche {

template <class F, class A, class B, class C>
  requires detail::some_term<F, A, B, C>
Term<detail::map_value<F, A, B, C>> map(F f, const A& a, const B& b, const C& c,
                                        Where where = Where::current()) {
  return detail::map(where, f, a, b, c);
}
template <class F, class A, class B, class C, class D>
  requires detail::some_term<F, A, B, C, D>
Term<detail::map_value<F, A, B, C, D>> map(F f, const A& a, const B& b, const C& c, const D& d,
                                           Where where = Where::current()) {
  return detail::map(where, f, a, b, c, d);
}
template <class F, class A, class B, class C, class D, class E>
  requires detail::some_term<F, A, B, C, D, E>
Term<detail::map_value<F, A, B, C, D, E>> map(F f, const A& a, const B& b, const C& c, const D& d,
                                              const E& e, Where where = Where::current()) {
  return detail::map(where, f, a, b, c, d, e);
}
template <class F, class A, class B, class C, class D, class E, class G>
  requires detail::some_term<F, A, B, C, D, E, G>
Term<detail::map_value<F, A, B, C, D, E, G>> map(F f, const A& a, const B& b, const C& c,
                                                 const D& d, const E& e, const G& g,
                                                 Where where = Where::current()) {
  return detail::map(where, f, a, b, c, d, e, g);
}
template <class F, class A, class B, class C, class D, class E, class G, class H>
  requires detail::some_term<F, A, B, C, D, E, G, H>
Term<detail::map_value<F, A, B, C, D, E, G, H>> map(F f, const A& a, const B& b, const C& c,
                                                    const D& d, const E& e, const G& g, const H& h,
                                                    Where where = Where::current()) {
  return detail::map(where, f, a, b, c, d, e, g, h);
}
template <class F, class A, class B, class C, class D, class E, class G, class H, class I>
  requires detail::some_term<F, A, B, C, D, E, G, H, I>
Term<detail::map_value<F, A, B, C, D, E, G, H, I>> map(F f, const A& a, const B& b, const C& c,
                                                       const D& d, const E& e, const G& g,
                                                       const H& h, const I& i,
                                                       Where where = Where::current()) {
  return detail::map(where, f, a, b, c, d, e, g, h, i);
}

template <class A, class B, class C>
  requires detail::some_term<A, B, C>
Term<detail::zip_value<A, B, C>> zip(const A& a, const B& b, const C& c,
                                     Where where = Where::current()) {
  return detail::zip(where, a, b, c);
}
template <class A, class B, class C, class D>
  requires detail::some_term<A, B, C, D>
Term<detail::zip_value<A, B, C, D>> zip(const A& a, const B& b, const C& c, const D& d,
                                        Where where = Where::current()) {
  return detail::zip(where, a, b, c, d);
}
template <class A, class B, class C, class D, class E>
  requires detail::some_term<A, B, C, D, E>
Term<detail::zip_value<A, B, C, D, E>> zip(const A& a, const B& b, const C& c, const D& d,
                                           const E& e, Where where = Where::current()) {
  return detail::zip(where, a, b, c, d, e);
}
template <class A, class B, class C, class D, class E, class G>
  requires detail::some_term<A, B, C, D, E, G>
Term<detail::zip_value<A, B, C, D, E, G>> zip(const A& a, const B& b, const C& c, const D& d,
                                              const E& e, const G& g,
                                              Where where = Where::current()) {
  return detail::zip(where, a, b, c, d, e, g);
}
template <class A, class B, class C, class D, class E, class G, class H>
  requires detail::some_term<A, B, C, D, E, G, H>
Term<detail::zip_value<A, B, C, D, E, G, H>> zip(const A& a, const B& b, const C& c, const D& d,
                                                 const E& e, const G& g, const H& h,
                                                 Where where = Where::current()) {
  return detail::zip(where, a, b, c, d, e, g, h);
}
template <class A, class B, class C, class D, class E, class G, class H, class I>
  requires detail::some_term<A, B, C, D, E, G, H, I>
Term<detail::zip_value<A, B, C, D, E, G, H, I>> zip(const A& a, const B& b, const C& c, const D& d,
                                                    const E& e, const G& g, const H& h, const I& i,
                                                    Where where = Where::current()) {
  return detail::zip(where, a, b, c, d, e, g, h, i);
}

}  // namespace oche
