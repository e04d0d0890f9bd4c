// step_secret.cpp - a secret as a parameter.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
// expect: oche::step(name, f): a Secret is no argument, it would reach the key
#include "pipeline.hpp"

#ifdef REJECT
const auto wrong = step("s", [](Job&, const Secret&) {});
const auto later = all(wrong());
#else
const auto right =
    step("s", [](Job& job) { (void)job.secret("token"); }, {.secrets = {{"vault", "token"}}});
const auto later = all(right());
#endif
