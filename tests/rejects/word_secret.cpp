// word_secret.cpp - a secret as a word.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::Command: a secret is no word, since everybody on the machine can read a command
// line
#include "pipeline.hpp"

#ifdef REJECT
const Command wrong = {.argv = {"curl", secret("vault", "token")}};
const auto later = run(wrong);
#else
const Command right = {.argv = {"curl"}, .secrets = {{"TOKEN", secret("vault", "token")}}};
const auto later = run(right);
#endif
