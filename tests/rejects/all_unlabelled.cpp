// all_unlabelled.cpp - terms in braces without labels.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::all({...}): a term in braces needs a label
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = all({number, flag});
const auto later = all(wrong);
#else
const auto right = all({{"number", number}, {"flag", flag}});
const auto later = all(right);
#endif
