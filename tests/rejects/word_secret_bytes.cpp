// word_secret_bytes.cpp - the bytes of a secret as a word.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Command: a Secret is no word, since everybody on the machine can read a command
// line
#include "pipeline.hpp"

#ifdef REJECT
auto f(const Secret& key);
auto f(const Secret& key) { return run({.argv = {"curl", key}}); }
#else
auto f(const Secret& key);
auto f(const Secret&) { return run({.argv = {"curl"}}); }
#endif
