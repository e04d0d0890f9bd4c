// equal_terms.cpp - terms compared.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Term: a term has no value while the pipeline is being written, so it cannot be
// compared; compare inside map
#include "pipeline.hpp"

#ifdef REJECT
bool f();
bool f() { return number == number; }
#else
bool f();
bool f() { return number.node() == number.node(); }
#endif
