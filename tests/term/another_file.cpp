// another_file.cpp - the other translation unit of two_files.cpp.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "term/shared_step.hpp"

namespace {

// Built while statics are initialised, in whatever order that happens.
const oche::Term<std::string> early = shared_step("early", 3);

}  // namespace

oche::Term<std::string> from_another_file() { return shared_step("there", 2); }
oche::Term<std::string> built_before_main() { return early; }
