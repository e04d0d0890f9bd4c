// shared_step.hpp - a step in a header, as two files of one program share it.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/step.hpp>

inline constexpr auto shared_step =
    oche::step("shared", [](oche::Job&, const std::string& text, int times) -> std::string {
      return text + std::to_string(times);
    });

oche::Term<std::string> from_another_file();
oche::Term<std::string> built_before_main();
