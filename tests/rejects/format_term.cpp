// format_term.cpp - a term printed.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Term: a term has no value while the pipeline is being written, so it cannot be
// printed
#include "pipeline.hpp"

#ifdef REJECT
std::string f();
std::string f() { return fmt::format("{}", number); }
#else
std::string f();
std::string f() { return fmt::format("{}", 3); }
#endif
