// untrusted_made.cpp - what comes of a quarantine is as untrusted as what went in.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Untrusted: somebody else wrote this, and a trusted term is asked for here
#include "pipeline.hpp"

#ifdef REJECT
const auto made = quarantine(foreign, [](Term<int> n) { return twice(n); });
const auto wrong = show_number(made);
#else
const auto made = quarantine(foreign, [](Term<int> n) { return all(twice(n)); });
const auto right = gate(number, on(made));
#endif
