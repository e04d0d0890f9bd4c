// member_of_term.cpp - a term asked for a member of its value.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Term: a term has no value while the pipeline is being written; use the value inside
// map(f, x) or in a step
#include "pipeline.hpp"

#ifdef REJECT
std::string f();
std::string f() { return wheel->package; }
#else
auto f();
auto f() { return map(&package_of, wheel); }
#endif
